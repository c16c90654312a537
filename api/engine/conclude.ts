// What a remote outcome means for an attempt: the rule of at most once is kept here.
import type { HttpResponse, RemoteOutcome } from '../application/ports.ts';
import { isRepeatable, type CommandStep } from '../domain/drill/command-step.ts';
import type { AttemptOutcome, AttemptRef, DrillEvent } from '../domain/drill/journal.ts';
import { judge, type Judgement } from '../domain/drill/judge.ts';
import { formatDuration } from '../domain/duration.ts';
import type { Capture, Expectation } from '../domain/runbook/runbook.ts';
import type { SecretMask } from './secret-mask.ts';

export type AttemptEnded = Extract<DrillEvent, { readonly type: 'attempt-ended' }>;

/** An undo is judged by its exit code alone. */
const UNDO_EXPECT: Expectation = { exitCodes: [0], stdout: null, stderr: null };

export interface Concluded {
  readonly ref: AttemptRef;
  readonly step: CommandStep;
  readonly timeoutMs: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly mask: SecretMask;
}

export function conclude(outcome: RemoteOutcome, about: Concluded): AttemptEnded {
  switch (outcome.kind) {
    case 'exited':
      return judged(outcome, about);
    case 'signalled':
      return ended(about.ref, 'failed', { signal: outcome.signal, reason: `It was ended on the host by ${outcome.signal}.` });
    case 'timed-out':
      return ended(about.ref, 'timed-out', { reason: `It did not end within ${formatDuration(about.timeoutMs)} and was ended.` });
    case 'cancelled':
      return ended(about.ref, 'cancelled', { reason: 'It was ended because the drill was aborted.' });
    case 'not-started':
      return ended(about.ref, 'failed', { reason: `It did not start: ${about.mask.inText(outcome.message)}` });
    case 'void':
      return ended(about.ref, 'not-started', { reason: about.mask.inText(outcome.message) });
    case 'lost':
      return lost(about.step, about.ref, about.mask.inText(outcome.message));
  }
}

/** Nobody can tell whether it ran. What may be repeated is cancelled, and starts anew; for all else a person has to say. */
export function lost(step: CommandStep, ref: AttemptRef, why: string): AttemptEnded {
  return isRepeatable(step, ref.isUndo)
    ? ended(ref, 'cancelled', { reason: why })
    : ended(ref, 'unknown', { reason: `${why} Nobody can tell whether it ran to its end.` });
}

export function ended(
  ref: AttemptRef,
  outcome: AttemptOutcome,
  more: Partial<Pick<AttemptEnded, 'exitCode' | 'signal' | 'reason' | 'captured'>>,
): AttemptEnded {
  return { type: 'attempt-ended', ...ref, outcome, exitCode: null, signal: null, reason: null, captured: {}, ...more };
}

function judged({ exitCode, response }: Exited, about: Concluded): AttemptEnded {
  const { ref, step, stdout, stderr, mask } = about;
  const isAction = step.action !== undefined && !ref.isUndo;
  // An action has no exit code of its own: a failure says why in its last line.
  if (isAction && exitCode !== 0) return ended(ref, 'failed', { reason: mask.inText(lastLine(stderr)) });
  const result = { exitCode, stdout, stderr, ...(response === undefined ? {} : { response }) };
  const { reason, captured } = judgement(about, result);
  const shown =
    reason === null ? null : reasonWithout(mask, judgement(about, { ...result, stdout: mask.inText(stdout), stderr: mask.inText(stderr) }));
  return ended(ref, reason === null ? 'succeeded' : 'failed', { exitCode: isAction ? null : exitCode, reason: shown, captured });
}

interface Exited {
  readonly exitCode: number;
  readonly response?: HttpResponse;
}

function judgement({ ref, step }: Concluded, result: Parameters<typeof judge>[2]): Judgement {
  const expect = ref.isUndo ? UNDO_EXPECT : step.expect;
  const captures: readonly Capture[] = ref.isUndo ? [] : step.captures;
  return judge(expect, captures, result);
}

/** A sentence quotes output and cuts it short: half a secret value could not be found in it any more, so the masked output is judged again. */
function reasonWithout(mask: SecretMask, { reason }: Judgement): string {
  return mask.inText(reason ?? 'The output is not as expected; it holds a secret value and is not shown here.');
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
