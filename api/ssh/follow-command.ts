// Follows one command from its first byte to its end: output with back-pressure, timeout, cancelling, and what it came to.
import type { ClientChannel } from 'ssh2';
import type { RemoteOutcome, RemoteSink } from '../application/ports.ts';
import { framed, readHeader } from '../domain/drill/shell-wrapper.ts';
import { noShell } from './no-shell.ts';

/** A child that keeps stdout open holds the channel after the exit: output that is silent this long is taken for complete. */
const EXIT_GRACE_MS = 2_000;
/** A command that is to be ended must have said by then which process group it is. */
const GROUP_WAIT_MS = 5_000;

export interface Followed {
  readonly channel: ClientChannel;
  readonly script: string;
  readonly timeoutMs: number;
  /** Only for the sentence, should sudo refuse. */
  readonly become: string | undefined;
  readonly sink: RemoteSink;
  readonly signal: AbortSignal;
  /** Ends the process group; false when nobody can tell whether it is gone. */
  kill(group: number): Promise<boolean>;
}

/** Of what a shell or sudo says instead of starting the command: enough to recognise it. */
const SAID_MAX = 200;

type Exit = { readonly code: number } | { readonly signal: string };
type Stop = { readonly reason: 'timed-out' | 'cancelled'; readonly isGone: boolean };

/** Rejects only when the sink does; the command is ended then, too. */
export async function followCommand(followed: Followed): Promise<RemoteOutcome> {
  const { channel, script, timeoutMs, signal } = followed;
  const reading = new Reading(followed);
  const stopping = new Stopping(followed, reading);
  const timer = setTimeout(() => stopping.begin('timed-out'), timeoutMs);
  const cancel = (): void => stopping.begin('cancelled');
  signal.addEventListener('abort', cancel);
  channel.end(framed(script));
  if (signal.aborted) cancel();
  try {
    await Promise.race([reading.closed, reading.failed.then(cancel).then(() => stopping.abandoned), stopping.abandoned]);
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    const stopped = await stopping.result();
    await reading.delivered();
    return outcomeOf(reading, stopped, followed.become);
  } finally {
    reading.discard();
    channel.close();
  }
}

/** The incoming side: the header, then output handed on in order, one chunk at a time. */
class Reading {
  group: number | null = null;
  exit: Exit | null = null;
  readonly closed: Promise<void>;
  /** Settled when the sink could not take something. */
  readonly failed: Promise<void>;
  readonly started: Promise<void>;
  /** What came before the marker: a greeting, or why there is no shell. */
  greeting = Buffer.alloc(0);
  /** What came on stderr before it: sudo says there why it refuses. */
  complaint = '';
  private chain: Promise<void> = Promise.resolve();
  private readonly offsets = { stdout: 0, stderr: 0 };
  private pending = 0;
  private isOver = false;
  private quiet: NodeJS.Timeout | null = null;
  private readonly close = Promise.withResolvers<void>();
  private readonly fail = Promise.withResolvers<void>();
  private readonly start = Promise.withResolvers<void>();

  constructor(private readonly followed: Followed) {
    this.closed = this.close.promise;
    this.failed = this.fail.promise;
    this.started = this.start.promise;
    const { channel } = followed;
    channel.on('data', (chunk: Buffer) => this.onStdout(chunk));
    channel.stderr.on('data', (chunk: Buffer) => this.pass('stderr', chunk));
    channel.on('exit', (code: number | null, name?: string) => this.onExit(code, name));
    // ssh2 closes the channel when stdout has been read, with stderr still to come.
    const isRead = new Promise<void>((settle) => channel.stderr.once('end', () => settle()));
    channel.on('close', (code?: number | null, name?: string) => {
      // A host that ends at once sends its answer, its exit code and its end together: the event `exit` is over before we can listen.
      if (code !== undefined) this.onExit(code, name);
      void isRead.then(this.close.resolve);
    });
    // A connection that breaks shows in `close`; without a listener an error would end the process.
    channel.on('error', () => this.close.resolve());
    channel.stderr.on('error', () => this.close.resolve());
  }

  /** Settled once the sink has taken all that came; rejects with what the sink threw. */
  async delivered(): Promise<void> {
    if (this.quiet !== null) clearTimeout(this.quiet);
    await this.chain;
  }

  /** What still comes is dropped: the channel cannot close before it is read. */
  discard(): void {
    this.isOver = true;
    this.followed.channel.resume();
    this.followed.channel.stderr.resume();
  }

  private onStdout(chunk: Buffer): void {
    if (this.isOver) return;
    if (this.group !== null) {
      this.pass('stdout', chunk);
      return;
    }
    this.greeting = Buffer.concat([this.greeting, chunk]);
    const header = readHeader(this.greeting);
    if (header.kind === 'none') this.close.resolve();
    if (header.kind !== 'found') return;
    this.group = header.group;
    this.enqueue(() => this.followed.sink.onLaunched());
    this.start.resolve();
    if (header.rest.length > 0) this.pass('stdout', header.rest);
  }

  private pass(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    if (this.isOver) return;
    if (this.group === null) this.complaint = (this.complaint + chunk.toString('utf8')).slice(0, SAID_MAX);
    const source = stream === 'stdout' ? this.followed.channel : this.followed.channel.stderr;
    const offset = this.offsets[stream];
    this.offsets[stream] += chunk.length;
    source.pause();
    this.pending += 1;
    this.enqueue(async () => {
      await this.followed.sink.onOutput(stream, offset, chunk);
      this.pending -= 1;
      source.resume();
      this.awaitQuiet();
    });
  }

  private enqueue(work: () => Promise<void>): void {
    this.chain = this.chain.then(work);
    this.chain.catch(() => this.fail.resolve());
  }

  private onExit(code: number | null, name?: string): void {
    this.exit ??= code === null ? { signal: name ?? 'unknown' } : { code };
    this.awaitQuiet();
  }

  private awaitQuiet(): void {
    if (this.exit === null) return;
    if (this.quiet !== null) clearTimeout(this.quiet);
    if (this.pending === 0) this.quiet = setTimeout(() => this.close.resolve(), EXIT_GRACE_MS);
  }
}

/** The ending by force: asked for once, the first reason counts. */
class Stopping {
  /** Settled when the command was ended, or could not be, and waiting for its channel is of no use any more. */
  readonly abandoned: Promise<void>;
  private running: Promise<Stop> | null = null;
  private readonly give = Promise.withResolvers<void>();

  constructor(
    private readonly followed: Followed,
    private readonly reading: Reading,
  ) {
    this.abandoned = this.give.promise;
  }

  begin(reason: Stop['reason']): void {
    this.running ??= this.end(reason);
  }

  /** Null when the command ended by itself. */
  async result(): Promise<Stop | null> {
    return this.running;
  }

  private async end(reason: Stop['reason']): Promise<Stop> {
    const timeout = new Promise<void>((settle) => setTimeout(settle, GROUP_WAIT_MS).unref());
    await Promise.race([this.reading.started, this.reading.closed, timeout]);
    const isGone = this.reading.group !== null && (await this.followed.kill(this.reading.group));
    // Its own end is on the way: a moment for it, and for the last of the output.
    await Promise.race([this.reading.closed, new Promise<void>((settle) => setTimeout(settle, EXIT_GRACE_MS).unref())]);
    this.give.resolve();
    return { reason, isGone };
  }
}

function outcomeOf(reading: Reading, stopped: Stop | null, become: string | undefined): RemoteOutcome {
  const { exit, group } = reading;
  if (stopped !== null && (stopped.isGone || exit !== null)) return { kind: stopped.reason };
  if (stopped !== null) return { kind: 'lost', message: `It was to be ended (${stopped.reason}), and whether it is gone could not be found out.` };
  if (exit === null) return { kind: 'lost', message: 'The connection ended before the command did.' };
  if (group === null) return { kind: 'not-started', stage: 'channel', message: noShell(saidBy(reading), become) };
  return 'code' in exit ? { kind: 'exited', exitCode: exit.code } : { kind: 'signalled', signal: exit.signal };
}

function saidBy({ greeting, complaint }: Reading): string {
  return (complaint.trim() === '' ? greeting.toString('utf8') : complaint).trim().slice(0, SAID_MAX);
}
