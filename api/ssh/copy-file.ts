// Copies one file onto a host, or one file of a host into the output; both ways with its SHA-256.
import { createHash, randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type { RemoteCopy, RemoteOutcome, RemoteSink } from '../application/ports.ts';
import type { CopyAction } from '../domain/runbook/runbook.ts';
import type { Files } from './files.ts';
import { textOf } from './ssh-error.ts';

/** Of a new file, unless the runbook says another: everybody reads, its owner writes. */
const NEW_FILE_MODE = 0o644;
const PERMISSIONS = 0o7777;

export interface Copying extends RemoteCopy {
  readonly files: Files;
  readonly sink: RemoteSink;
  readonly signal: AbortSignal;
}

/** What a host refuses, and a file that is not as it should be, ends with exit code 1 and the reason on stderr. Rejects only when the sink does. */
export async function copyFile(copying: Copying): Promise<RemoteOutcome> {
  const { copy, files, timeoutMs, signal } = copying;
  let stopped: 'timed-out' | 'cancelled' | null = null;
  const stop = (why: 'timed-out' | 'cancelled'): void => {
    stopped ??= why;
    files.giveUp('stopped');
  };
  const timer = setTimeout(() => stop('timed-out'), timeoutMs);
  const cancel = (): void => stop('cancelled');
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  const output = new Output(copying.sink);
  const progress: Progress = { isReplacing: false };
  try {
    await output.launched();
    const seen = copy.type === 'copy-to' ? await put(files, copy, progress) : await fetchFile(files, copy, output);
    await output.say(`sha256 ${seen.sha256}  ${seen.bytes} bytes  ${seen.path}`);
    return { kind: 'exited', exitCode: 0 };
  } catch (error) {
    if (output.fault !== null) throw output.fault;
    if (progress.isReplacing && files.ended !== null) return lost(`the answer whether ${pathOf(copy)} was replaced`);
    if (stopped !== null) return { kind: stopped };
    if (files.ended !== null) return lost('the file had been copied');
    await output.say(`${pathOf(copy)} could not be ${copy.type === 'copy-to' ? 'written' : 'read'}: ${textOf(error)}`);
    return { kind: 'exited', exitCode: 1 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

interface Seen {
  readonly sha256: string;
  readonly bytes: number;
  readonly path: string;
}

interface Progress {
  /** From here on nobody can tell what stands on the host until it has answered. */
  isReplacing: boolean;
}

/** Under another name in the same folder first: whoever reads the file sees the old one or the new one, never half of it. */
async function put(files: Files, copy: Extract<CopyAction, { readonly type: 'copy-to' }>, progress: Progress): Promise<Seen> {
  const bytes = Buffer.from(copy.content, 'utf8');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const there = await files.stat(copy.to);
  if (there?.isDirectory() === true) throw new Error('it is a folder. Give the whole path, with the name of the file');
  const temporary = posix.join(posix.dirname(copy.to), `.muster-${randomUUID()}`);
  try {
    const handle = await files.create(temporary);
    await files.write(handle, bytes);
    await files.setMode(handle, copy.fileMode === null ? modeOf(there) : Number.parseInt(copy.fileMode, 8));
    await files.close(handle);
    const arrived = await hashOf(files, temporary, () => Promise.resolve());
    if (arrived.sha256 !== sha256) throw new Error(`it arrived changed (sha256 ${arrived.sha256}, ${arrived.bytes} bytes)`);
    progress.isReplacing = true;
    await files.replace(temporary, copy.to);
    progress.isReplacing = false;
  } catch (error) {
    await files.removeIfPossible(temporary);
    throw error;
  }
  return { sha256, bytes: bytes.length, path: copy.to };
}

async function fetchFile(files: Files, copy: Extract<CopyAction, { readonly type: 'copy-from' }>, output: Output): Promise<Seen> {
  const there = await files.stat(copy.from);
  // A pipe or a device would never end.
  if (there !== null && !there.isFile()) throw new Error('it is no ordinary file');
  const { sha256, bytes } = await hashOf(files, copy.from, (piece) => output.give(piece));
  return { sha256, bytes, path: copy.from };
}

async function hashOf(
  files: Files,
  path: string,
  onPiece: (piece: Buffer) => Promise<void>,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const handle = await files.openToRead(path);
  const hash = createHash('sha256');
  let bytes = 0;
  for (let piece = await files.read(handle, 0); piece !== null; piece = await files.read(handle, bytes)) {
    hash.update(piece);
    bytes += piece.length;
    await onPiece(piece);
  }
  await files.close(handle);
  return { sha256: hash.digest('hex'), bytes };
}

function modeOf(there: { readonly mode: number } | null): number {
  return there === null ? NEW_FILE_MODE : there.mode & PERMISSIONS;
}

function pathOf(copy: CopyAction): string {
  return copy.type === 'copy-to' ? copy.to : copy.from;
}

function lost(what: string): RemoteOutcome {
  return { kind: 'lost', message: `The connection ended before ${what}.` };
}

/** Tells the fault of a sink from those of the host. */
class Output {
  fault: Error | null = null;
  private readonly offsets = { stdout: 0, stderr: 0 };

  constructor(private readonly sink: RemoteSink) {}

  launched(): Promise<void> {
    return this.guard(this.sink.onLaunched());
  }

  give(bytes: Uint8Array): Promise<void> {
    return this.pass('stdout', bytes);
  }

  say(line: string): Promise<void> {
    return this.pass('stderr', Buffer.from(`${line}\n`));
  }

  private pass(stream: 'stdout' | 'stderr', bytes: Uint8Array): Promise<void> {
    const offset = this.offsets[stream];
    this.offsets[stream] += bytes.length;
    return this.guard(this.sink.onOutput(stream, offset, bytes));
  }

  private async guard(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.fault = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}
