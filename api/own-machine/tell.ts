// Sends a message of a runbook to a channel; the message is the output, so the drill's own record has it.
import type { RemoteOutcome } from '../application/ports.ts';
import type { NotifyAction } from '../domain/runbook/runbook.ts';
import { ending, type Errand } from './http.ts';
import { Deadline } from './report.ts';

/** Null when the message was taken, or else why it was not: a sentence without secrets of the channel. */
export type Post = (channel: string, message: string, signal: AbortSignal) => Promise<string | null>;

/** Rejects only when the sink does. A message may arrive although its time was up. */
export async function tell(
  { channel, message }: NotifyAction,
  { timeoutMs, report, signal }: Omit<Errand, 'places'>,
  post: Post,
): Promise<RemoteOutcome> {
  const deadline = new Deadline(timeoutMs, signal);
  try {
    await report.launched();
    await report.line('stdout', message);
    const refusal = await ending(post(channel, message, deadline.signal), deadline.signal);
    return refusal === null ? { kind: 'exited', exitCode: 0 } : await report.failed(refusal);
  } catch (error) {
    if (deadline.stopped !== null && !report.hasFailed) return { kind: deadline.stopped };
    throw error;
  } finally {
    deadline.clear();
  }
}
