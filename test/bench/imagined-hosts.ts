// Hosts that are nowhere: their commands print a line now and then, and succeed. For benches of what the app itself needs.
import type { RemoteCommand, RemoteHosts, RemoteOutcome, RemoteSink } from '../../api/application/ports.ts';
import { setTimeout as delay } from 'node:timers/promises';

export interface Imagined {
  readonly lines: number;
  readonly everyMs: number;
  /** Of each line. */
  readonly bytes: number;
}

export function imaginedHosts({ lines, everyMs, bytes }: Imagined): RemoteHosts {
  const line = Buffer.alloc(bytes, 'x');
  const run = async (_: RemoteCommand, sink: RemoteSink): Promise<RemoteOutcome> => {
    await sink.onLaunched();
    for (let index = 0; index < lines; index += 1) {
      // Hosts do not speak at the same instant.
      await delay(everyMs * (0.5 + Math.random()));
      await sink.onOutput('stdout', index * bytes, line);
    }
    return { kind: 'exited', exitCode: 0 };
  };
  return {
    run,
    runDurably: run,
    resume: run,
    forget: () => undefined,
    copy: () => Promise.reject(new Error('Nothing is copied in a bench.')),
    check: () => Promise.reject(new Error('Nothing is checked in a bench.')),
    close: () => Promise.resolve(),
  };
}
