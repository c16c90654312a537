// The instants at which the server is killed: before and after everything that it writes down, and every step of what it does on a host.
import type { RemoteHosts, RemoteOutcome, RemoteSink } from '../../api/application/ports.ts';
import type { Database } from '../../api/application/stores.ts';
import type { DrillEvent } from '../../api/domain/drill/journal.ts';

/** Events of the journal; each is killed at twice: written and not committed, and committed. */
const WRITTEN = ['started', 'attempt-intended', 'attempt-launched', 'output', 'attempt-ended', 'finished', 'recovering', 'recovered'] as const;

/** What it does on a host, in this order. */
const DONE = [
  'before the host is asked',
  'when the host has started it',
  'when output has come',
  'when output was handed on',
  'when it has ended',
  'before it is forgotten',
  'after it was forgotten',
  'before it is looked for again',
  'when it was found again',
] as const;

export type Boundary = (typeof DONE)[number] | `${(typeof WRITTEN)[number]}: ${'written' | 'committed'}`;

export const BOUNDARIES: readonly Boundary[] = [...WRITTEN.flatMap((type) => [`${type}: written`, `${type}: committed`] as const), ...DONE];

/** Those that a server passes only when it takes a drill up again: it is killed once before, in the middle of a command. */
export const OF_RECOVERY: ReadonlySet<Boundary> = new Set<Boundary>([
  'recovering: written',
  'recovering: committed',
  'recovered: written',
  'recovered: committed',
  'before it is looked for again',
  'when it was found again',
]);

/** Called at every boundary that is passed. */
export type Pass = (boundary: Boundary) => void;

export function watchDatabase(database: Database, pass: Pass): Database {
  return {
    ...database,
    async write(work) {
      const types = new Set<DrillEvent['type']>();
      const result = await database.write((stores) =>
        work({
          ...stores,
          drills: {
            ...stores.drills,
            async append(drill, entries, output) {
              await stores.drills.append(drill, entries, output);
              for (const { event } of entries) types.add(event.type);
              for (const type of WRITTEN) if (types.has(type)) pass(`${type}: written`);
            },
          },
        }),
      );
      for (const type of WRITTEN) if (types.has(type)) pass(`${type}: committed`);
      return result;
    },
  };
}

export function watchHosts(remote: RemoteHosts, pass: Pass): RemoteHosts {
  const around = async (sink: RemoteSink, work: (sink: RemoteSink) => Promise<RemoteOutcome>): Promise<RemoteOutcome> => {
    const outcome = await work({
      ...sink,
      async onLaunched() {
        pass('when the host has started it');
        await sink.onLaunched();
      },
      async onOutput(...output) {
        pass('when output has come');
        await sink.onOutput(...output);
        pass('when output was handed on');
      },
    });
    pass('when it has ended');
    return outcome;
  };
  return {
    ...remote,
    runDurably(command, sink, signal) {
      pass('before the host is asked');
      return around(sink, (own) => remote.runDurably(command, own, signal));
    },
    resume(command, sink, signal) {
      pass('before it is looked for again');
      return around(
        {
          ...sink,
          async onLaunched() {
            pass('when it was found again');
            await sink.onLaunched();
          },
        },
        (own) => remote.resume(command, own, signal),
      );
    },
    forget(host, id) {
      pass('before it is forgotten');
      remote.forget(host, id);
      pass('after it was forgotten');
    },
  };
}
