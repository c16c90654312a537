// What an action tells about itself: output with running offsets, and one of the few ways in which it ends.
import type { HttpResponse, RemoteOutcome, RemoteSink } from '../application/ports.ts';

export class Report {
  /** The sink could not take something: that is no fault of the action. */
  hasFailed = false;
  private readonly offsets = { stdout: 0, stderr: 0 };

  constructor(private readonly sink: RemoteSink) {}

  launched(): Promise<void> {
    return this.guard(this.sink.onLaunched());
  }

  give(stream: 'stdout' | 'stderr', bytes: Uint8Array): Promise<void> {
    const offset = this.offsets[stream];
    this.offsets[stream] += bytes.length;
    return bytes.length === 0 ? Promise.resolve() : this.guard(this.sink.onOutput(stream, offset, bytes));
  }

  line(stream: 'stdout' | 'stderr', text: string): Promise<void> {
    return this.give(stream, Buffer.from(`${text}\n`));
  }

  /** It was certain that it did not work out; the reason is the last line. */
  async failed(reason: string, response?: HttpResponse): Promise<RemoteOutcome> {
    await this.line('stderr', reason);
    return { kind: 'exited', exitCode: 1, ...(response === undefined ? {} : { response }) };
  }

  private async guard(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.hasFailed = true;
      throw error;
    }
  }
}

/** How the system names what went wrong, and what that means. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const known = code === null ? undefined : MEANINGS[code];
  return known ?? (code === null || error.message.includes(code) ? error.message : `${error.message} (${code})`);
}

const MEANINGS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such name (ENOTFOUND)',
  ENODATA: 'the name has no such record (ENODATA)',
  EAI_AGAIN: 'the name server did not answer (EAI_AGAIN)',
  ETIMEOUT: 'the name server did not answer in time (ETIMEOUT)',
  ESERVFAIL: 'the name server could not answer (ESERVFAIL)',
  EREFUSED: 'the name server refused to answer (EREFUSED)',
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ECONNRESET: 'the other side broke the connection off (ECONNRESET)',
  EHOSTUNREACH: 'there is no way to this host (EHOSTUNREACH)',
  ENETUNREACH: 'there is no way to this network (ENETUNREACH)',
  ETIMEDOUT: 'it did not answer in time (ETIMEDOUT)',
};

/** Races a piece of work against the time and a person's abort. */
export class Deadline {
  stopped: 'timed-out' | 'cancelled' | null = null;
  readonly signal: AbortSignal;
  private readonly timer: NodeJS.Timeout;
  private readonly abort = new AbortController();

  constructor(
    timeoutMs: number,
    private readonly outer: AbortSignal,
  ) {
    this.signal = this.abort.signal;
    // A process that is to end does not wait for it.
    this.timer = setTimeout(() => this.stop('timed-out'), timeoutMs).unref();
    outer.addEventListener('abort', this.cancel);
    if (outer.aborted) this.cancel();
  }

  clear(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener('abort', this.cancel);
  }

  private readonly cancel = (): void => this.stop('cancelled');

  private stop(why: 'timed-out' | 'cancelled'): void {
    this.stopped ??= why;
    this.abort.abort();
  }
}
