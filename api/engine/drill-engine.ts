// The engine: a runner for each drill under way, woken by what is recorded, taken up again after a restart.
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus, Clock, DrillEngine, DrillJournal, OwnMachine, RemoteHosts, Seals } from '../application/ports.ts';
import type { Database } from '../application/stores.ts';
import type { JournalEntry } from '../domain/drill/journal.ts';
import { reportFault } from './fault.ts';
import { DrillRunner } from './drill-runner.ts';
import { recoverDrill } from './recover-drill.ts';
import type { EngineLog, Shell } from './shell.ts';

/** When the process is to end, commands that run get this long to end by themselves, so that their result is taken down. */
const STOP_GRACE_MS = 5_000;

/** Between two tries of taking a drill up, when the journal cannot be written. */
const RECOVER_PAUSE_MS = 5_000;

export interface DrillEngineOptions {
  readonly journal: DrillJournal;
  readonly database: Database;
  readonly remote: RemoteHosts;
  readonly ownMachine: OwnMachine;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: EngineLog;
  readonly stopGraceMs?: number;
}

/** Acts only on drills that are woken, or found by `recover`. Close the remote hosts after `stop`, and the database last. */
export function createDrillEngine(options: DrillEngineOptions): DrillEngine {
  const { database, bus, stopGraceMs = STOP_GRACE_MS } = options;
  const stopping = new AbortController();
  const detached = new AbortController();
  const { journal, remote, ownMachine, seals, clock, log } = options;
  const shell: Shell = { journal, remote, ownMachine, seals, clock, log, stopping: stopping.signal, detached: detached.signal };
  const runners = new Map<string, DrillRunner>();
  const untaken = new Set<string>();
  const unsubscribe = bus.subscribe('drill', ({ drill, entries }) => {
    if (entries.some(changesWhatIsDue)) wake(drill);
  });

  return {
    wake,
    async recover() {
      const found = await database.stores.drills.inStates(['running', 'paused', 'aborting', 'recovering', 'needs-decision']);
      await Promise.all(found.map(({ id }) => takeUp(id)));
    },
    async stop() {
      unsubscribe();
      stopping.abort();
      const left = [...runners.values()];
      for (const runner of left) runner.stop();
      const enough = new AbortController();
      const grace = delay(stopGraceMs, undefined, { signal: enough.signal }).catch(() => undefined); // cut short below
      await Promise.race([Promise.all(left.map((runner) => runner.settled())), grace]);
      enough.abort();
      detached.abort();
    },
  };

  /** Nothing of a drill starts before it has been taken up: until that is written it is tried again, and a person sees the error. */
  async function takeUp(drill: string): Promise<void> {
    untaken.add(drill);
    try {
      await recoverDrill(shell, drill);
      untaken.delete(drill);
      wake(drill);
    } catch (error) {
      await reportFault(shell, drill, error);
      void delay(RECOVER_PAUSE_MS, undefined, { signal: stopping.signal }).then(
        () => takeUp(drill),
        () => undefined, // the engine stops
      );
    }
  }

  function wake(drill: string): void {
    if (stopping.signal.aborted || untaken.has(drill)) return;
    const known = runners.get(drill);
    const runner = known ?? new DrillRunner(shell, drill, () => runners.delete(drill));
    if (known === undefined) runners.set(drill, runner);
    runner.wake();
  }
}

function changesWhatIsDue({ event }: JournalEntry): boolean {
  return event.type !== 'output' && event.type !== 'attempt-launched' && event.type !== 'commented';
}
