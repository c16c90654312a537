// Runs shell text on the app's own machine, with the wrapper that hosts get: its own process group, ended as a whole.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { OwnMachine, RemoteOutcome, RemoteSink } from '../application/ports.ts';
import { checkRunner, framed, killText, readHeader, runText } from '../domain/drill/shell-wrapper.ts';
import { Deadline, Report } from './report.ts';

/** A child that keeps the output open outlives its parent: output that is silent this long is taken for complete. */
const EXIT_GRACE_MS = 2_000;
/** A command that is to be ended must have said by then which process group it is. */
const GROUP_WAIT_MS = 5_000;
/** What a command may see of the app's own environment: its settings carry passwords. */
const PASSED_ON: readonly string[] = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

type Command = Parameters<OwnMachine['run']>[0];

/** Rejects only when the sink does; the command is ended then, too. */
export async function runLocally(command: Command, sink: RemoteSink, signal: AbortSignal): Promise<RemoteOutcome> {
  if (signal.aborted) return { kind: 'cancelled' };
  const runner = checkRunner(command);
  if (!runner.ok) return { kind: 'not-started', stage: 'channel', message: runner.refusal.message };
  const child = start(runText(command));
  const deadline = new Deadline(command.timeoutMs, signal);
  const following = new Following(child, new Report(sink));
  const kill = async (): Promise<boolean> => {
    await following.begun();
    return end(following.group, command.become);
  };
  // Without a look at it, a failure to start the shell that ends it would end the app.
  const killed = new Promise<boolean>((settle, fail) => deadline.signal.addEventListener('abort', () => void kill().then(settle, fail)));
  killed.catch(() => undefined);
  child.stdin.on('error', () => undefined); // a shell that ends before it has read all of its script says so by its exit
  child.stdin.end(framed(command.script));
  try {
    const exit = await Promise.race([following.exited(), killed.then(grace)]);
    // A command that has said nothing and ended is gone, too.
    const isGone = deadline.stopped === null || (await killed) || (exit !== null && following.group === null);
    if (deadline.stopped !== null)
      return isGone ? { kind: deadline.stopped } : { kind: 'lost', message: 'It was to be ended, and whether it is gone could not be found out.' };
    if (exit === null || following.group === null) return { kind: 'not-started', stage: 'channel', message: notStarted(command, following.said) };
    return exit.code === null ? { kind: 'signalled', signal: exit.signal ?? 'unknown' } : { kind: 'exited', exitCode: exit.code };
  } catch (error) {
    await end(following.group, command.become);
    throw error;
  } finally {
    deadline.clear();
    following.leave();
  }
}

function start(text: string): ChildProcessWithoutNullStreams {
  const env = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  // Detached: it leads a process group of its own, as under sshd, and a signal to the app does not reach it.
  const child = spawn('/bin/sh', ['-c', text], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  // When the app is to end it does not wait for the command, which goes on as one on a host does.
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) if ('unref' in handle && typeof handle.unref === 'function') handle.unref();
  return child;
}

/** For the end of a command that was ended, and the last of its output. */
function grace(): Promise<null> {
  return new Promise((settle) => setTimeout(() => settle(null), EXIT_GRACE_MS));
}

/** False when nobody can tell whether the group is gone. */
function end(group: number | null, become: string | undefined): Promise<boolean> {
  if (group === null) return Promise.resolve(false);
  const killer = spawn('/bin/sh', ['-c', killText(group, { become })], { stdio: 'ignore' });
  return new Promise((settle, fail) => {
    killer.once('error', fail);
    killer.once('exit', (code) => settle(code === 0));
  });
}

function notStarted({ become }: Command, said: string): string {
  const quoted = said.trim() === '' ? '.' : `, and said: "${said.trim()}".`;
  return become === undefined
    ? `The shell of the app's own machine ended without starting the command${quoted}`
    : `The command was to run as ${become} on the app's own machine, and was not started${quoted} Allow it in sudoers, for the app's user and without a password.`;
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Output in order, one chunk at a time: a pipe that is not read holds the command back. */
class Following {
  group: number | null = null;
  /** What came on stderr before the command began. */
  said = '';
  private header: Buffer | null = Buffer.alloc(0);
  private readonly start = Promise.withResolvers<void>();
  private lastAt = performance.now();
  private readonly streams: Promise<unknown>;

  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly report: Report,
  ) {
    this.streams = Promise.all([
      this.drain(child.stdout, (chunk) => this.onStdout(chunk)),
      this.drain(child.stderr, (chunk) => this.onStderr(chunk)),
    ]);
    this.streams.catch(() => undefined); // told by `exited`
  }

  /** Settles when it has ended and its output is taken. */
  async exited(): Promise<Exit> {
    const exit = this.exit();
    await exit;
    await Promise.race([this.streams, this.quiet()]);
    return exit;
  }

  /** Settles once the group is known, or will not be. */
  async begun(): Promise<void> {
    const enough = new Promise<void>((settle) => setTimeout(settle, GROUP_WAIT_MS).unref());
    await Promise.race([this.start.promise, this.streams.catch(() => undefined), enough]);
  }

  leave(): void {
    this.child.stdout.destroy();
    this.child.stderr.destroy();
  }

  private exit(): Promise<Exit> {
    return new Promise((settle, fail) => {
      this.child.once('exit', (code, signal) => settle({ code, signal }));
      this.child.once('error', fail);
      this.streams.catch(fail);
    });
  }

  private async quiet(): Promise<void> {
    for (let left = EXIT_GRACE_MS; left > 0; left = this.lastAt + EXIT_GRACE_MS - performance.now()) {
      await new Promise((settle) => setTimeout(settle, left).unref());
    }
  }

  private async drain(stream: Readable, take: (chunk: Buffer) => Promise<void>): Promise<void> {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      this.lastAt = Number.POSITIVE_INFINITY; // being taken: not quiet, however long that lasts
      await take(chunk);
      this.lastAt = performance.now();
    }
  }

  private async onStdout(chunk: Buffer): Promise<void> {
    if (this.header === null) return this.report.give('stdout', chunk);
    this.header = Buffer.concat([this.header, chunk]);
    const header = readHeader(this.header);
    if (header.kind !== 'found') return;
    this.header = null;
    this.group = header.group;
    this.start.resolve();
    await this.report.launched();
    await this.report.give('stdout', header.rest);
  }

  private async onStderr(chunk: Buffer): Promise<void> {
    if (this.group === null) this.said = (this.said + chunk.toString('utf8')).slice(0, 200);
    await this.report.give('stderr', chunk);
  }
}
