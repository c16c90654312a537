// The engine: a runner for each drill that this process has in hand, woken by what is recorded; drills that nobody has are taken up.
import { setTimeout as delay } from 'node:timers/promises';
import { LeaseLost } from '../application/leases.ts';
import { troubleOf } from '../application/storage-error.ts';
import type { Bus, Clock, DrillEngine, DrillJournal, OwnMachine, RemoteHosts, Seals } from '../application/ports.ts';
import type { Database } from '../application/stores.ts';
import type { JournalEntry } from '../domain/drill/journal.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { DrillRunner } from './drill-runner.ts';
import { reportFault } from './fault.ts';
import { LeaseKeeper, type Held, type LeaseSettings } from './lease-keeper.ts';
import { changedHands, recoverDrill, RESTARTED } from './recover-drill.ts';
import type { EngineLog, Shell } from './shell.ts';

/** When the process is to end, commands that run get this long to end by themselves, so that their result is taken down. */
const STOP_GRACE_MS = 5_000;

/** Between two tries of taking a drill up, when the journal cannot be written. */
const RETRY_PAUSE_MS = 2_000;

export interface DrillEngineOptions {
  readonly journal: DrillJournal;
  readonly database: Database;
  readonly remote: RemoteHosts;
  readonly ownMachine: OwnMachine;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: EngineLog;
  readonly leases: LeaseSettings;
  /** Offers a drill that this process has not in hand to all workers, this one included; it comes back by `take`. */
  readonly handOut?: (drill: string) => void;
  readonly stopGraceMs?: number;
}

/** Acts only on drills that it has in hand. Close the remote hosts after `stop`, and the database last. */
export function createDrillEngine(options: DrillEngineOptions): DrillEngine {
  const { database, bus, log, stopGraceMs = STOP_GRACE_MS } = options;
  const stopping = new AbortController();
  const detached = new AbortController();
  const keeper = new LeaseKeeper({ database, log, settings: options.leases, onFree: take, onRenewed: lookAtAll });
  const runners = new Map<string, DrillRunner>();
  const taking = new Map<string, Promise<void>>();
  /** Whoever asks for one of these meanwhile is served at once; only the next try is not planned a second time. */
  const retrying = new Set<string>();
  const untaken = new Set<string>();
  const handOut = options.handOut ?? ((drill: string) => void take(drill));
  const unsubscribe = bus.subscribe('drill', ({ drill, entries, isFromElsewhere }) => {
    if (!entries.some(changesWhatIsDue)) return;
    // Whoever recorded it hands it out.
    if (isFromElsewhere !== true || keeper.held(drill) !== null) wake(drill);
  });
  const unsubscribeBehind = bus.subscribe('behind', () => {
    for (const drill of keeper.drills()) wake(drill);
  });

  return {
    wake,
    take,
    recover: () => keeper.start(),
    async stop() {
      unsubscribe();
      unsubscribeBehind();
      stopping.abort();
      const enough = new AbortController();
      const grace = delay(stopGraceMs, undefined, { signal: enough.signal }).catch(() => undefined); // cut short below
      await Promise.race([Promise.all(taking.values()), grace]);
      const left = [...runners.values()];
      for (const runner of left) runner.stop();
      await Promise.race([Promise.all(left.map((runner) => runner.settled())), grace]);
      enough.abort();
      detached.abort();
      await Promise.all(keeper.stop().map((drill) => letGo(drill, false)));
    },
  };

  function wake(drill: string): void {
    if (stopping.signal.aborted || untaken.has(drill)) return;
    const held = keeper.held(drill);
    if (held === null) handOut(drill);
    else runnerOf(held).wake();
  }

  /** What others stored may have gone unheard: a message that is lost must not let a drill stand still. */
  function lookAtAll(): void {
    if (stopping.signal.aborted) return;
    for (const drill of keeper.drills()) {
      const held = untaken.has(drill) ? null : keeper.held(drill);
      if (held !== null) runnerOf(held).look();
    }
  }

  /** Nothing when another process has it, or when there is nothing to do. Never rejects: what failed is tried again. */
  function take(drill: string): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    if (keeper.held(drill) !== null) {
      wake(drill);
      return Promise.resolve();
    }
    const known = taking.get(drill);
    if (known !== undefined) return known;
    const work = takeUp(drill)
      .catch((error: unknown) => {
        if (troubleOf(error) === null) log.error({ err: error, drill }, 'The drill could not be taken in hand; it is tried again');
        retryLater(drill);
      })
      .finally(() => taking.delete(drill));
    taking.set(drill, work);
    return work;
  }

  function retryLater(drill: string): void {
    if (retrying.has(drill)) return;
    retrying.add(drill);
    void afterPause(stopping.signal, () => {
      retrying.delete(drill);
      return take(drill);
    });
  }

  async function takeUp(drill: string): Promise<void> {
    const state = await options.journal.state(drill);
    if (state === null || state.startedAt === null || state.finishedAt !== null) return;
    const held = await keeper.take(drill);
    if (held === null) return;
    held.lost.addEventListener('abort', () => {
      untaken.delete(drill);
      runners.get(drill)?.leave();
      runners.delete(drill);
    });
    if (held.former !== null || hasOpenAttempt(state)) await recover(held);
    else wake(drill);
  }

  /** Nothing of a drill starts before it has been taken up: until that is written it is tried again, and a person sees the error. */
  async function recover(held: Held): Promise<void> {
    const { drill } = held;
    const shell = shellOf(held);
    untaken.add(drill);
    try {
      await recoverDrill(shell, drill, options.leases.isAlone ? RESTARTED : changedHands(held));
      untaken.delete(drill);
      wake(drill);
    } catch (error) {
      await reportFault(shell, drill, error);
      void afterPause(shell.stopping, () => recover(held));
    }
  }

  function runnerOf(held: Held): DrillRunner {
    const { drill } = held;
    const known = runners.get(drill);
    if (known !== undefined) return known;
    const runner: DrillRunner = new DrillRunner(shellOf(held), drill, () => {
      if (runners.get(drill) === runner) runners.delete(drill);
      void letGoWhenOver(drill);
    });
    runners.set(drill, runner);
    return runner;
  }

  /** Bound to this hold: should the process lose the drill and take it again, what acted for it before records nothing under the new fence. */
  function shellOf(held: Held): Shell {
    const { drill, lost } = held;
    const { remote, ownMachine, seals, clock } = options;
    const holdOf = (): Held | null => (keeper.held(drill) === held ? held : null);
    const journal = options.journal.heldBy({ holdOf, onLost: (hold) => keeper.onLost(hold) });
    const parts = { journal, remote, ownMachine, seals, clock, log };
    return {
      ...parts,
      stopping: AbortSignal.any([stopping.signal, lost]),
      detached: AbortSignal.any([detached.signal, lost]),
      ensureHeld: async () => {
        if (!lost.aborted && !keeper.isSure()) await keeper.renew();
        if (lost.aborted) throw new LeaseLost(drill);
      },
      isHeld: () => !lost.aborted && keeper.isSure(),
    };
  }

  async function letGoWhenOver(drill: string): Promise<void> {
    const state = await options.journal.state(drill).catch(() => null); // then it stays in hand until the process ends
    if (state?.finishedAt != null && !runners.has(drill)) await letGo(drill, true);
  }

  async function letGo(drill: string, isDone: boolean): Promise<void> {
    try {
      await keeper.letGo(drill, isDone);
    } catch (error) {
      log.warn({ err: error, drill }, 'The drill could not be let go of; others take it when the lease is over');
    }
  }
}

/** Nothing when the signal comes first. */
async function afterPause(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const isOver = await delay(RETRY_PAUSE_MS, true, { signal }).catch(() => false);
  if (isOver) await work();
}

function hasOpenAttempt(state: DrillState): boolean {
  return state.steps.all.some(({ attempts }) => attempts.some(({ state: now }) => now === 'intent' || now === 'launched'));
}

function changesWhatIsDue({ event }: JournalEntry): boolean {
  return event.type !== 'output' && event.type !== 'attempt-launched' && event.type !== 'commented';
}
