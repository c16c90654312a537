// Runs one command on a test host and gathers what came of it.
import type { RemoteCommand, RemoteHosts, RemoteOutcome, RemoteSink } from '../../api/application/ports.ts';

export interface Gathered {
  readonly outcome: RemoteOutcome;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly launches: number;
}

export interface RunOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Output may be cut in its middle. */
  readonly mayBeCut?: boolean;
  readonly onLaunched?: () => void;
  readonly onOutput?: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => Promise<void>;
}

/** Throws when a chunk does not begin where the one before it ended. */
export async function gather(remote: RemoteHosts, command: Omit<RemoteCommand, 'timeoutMs'>, options: RunOptions = {}): Promise<Gathered> {
  return gatherFrom((sink, signal) => remote.run({ ...command, timeoutMs: options.timeoutMs ?? 10_000 }, sink, signal), options);
}

/** The same for whatever else tells a sink what it does. */
export async function gatherFrom(
  work: (sink: RemoteSink, signal: AbortSignal) => Promise<RemoteOutcome>,
  options: RunOptions = {},
): Promise<Gathered> {
  const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  const offsets = { stdout: 0, stderr: 0 };
  let launches = 0;
  const sink: RemoteSink = {
    async onLaunched() {
      launches += 1;
      options.onLaunched?.();
    },
    async onOutput(stream, offset, bytes) {
      if (offset < offsets[stream] || (offset > offsets[stream] && options.mayBeCut !== true))
        throw new Error(`${stream} goes on at ${offset}, expected ${offsets[stream]}`);
      offsets[stream] = offset + bytes.length;
      chunks[stream].push(Buffer.from(bytes));
      await options.onOutput?.(stream, bytes);
    },
  };
  const outcome = await work(sink, options.signal ?? new AbortController().signal);
  return { outcome, stdout: Buffer.concat(chunks.stdout), stderr: Buffer.concat(chunks.stderr), launches };
}
