// The only way a drill changes: the reducer is asked, the entry is committed with all that follows from it, then subscribers are told.
import type { DrillEvent, JournalEntry } from '../domain/drill/journal.ts';
import { apply } from '../domain/drill/reduce.ts';
import { repeated } from '../domain/drill/repeated.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import { commit, STORED, takesLocks, type Commit, type Committed, type Folded } from './journal-commit.ts';
import { LeaseLost, type Hold } from './leases.ts';
import { isAnswerLost, wasStored } from './lost-answer.ts';
import type { Bus, Clock, DrillJournal, Holds } from './ports.ts';
import { rebuild, replay, storedOutput } from './read-journal.ts';
import type { Database } from './stores.ts';

/** Ended drills kept in memory for readers; those under way are always kept. */
const ENDED_KEPT = 50;
/** Each try follows what another process has just stored: so often in a row means that something else is wrong. */
const MOST_TRIES = 20;

interface Outside {
  readonly database: Database;
  readonly clock: Clock;
  readonly bus: Bus;
  /** Whether other processes write to the same database: then what is known here is looked up again each time. */
  readonly isShared?: boolean;
}

interface Wanted {
  readonly by: string | null;
  readonly event: DrillEvent;
  readonly output: Uint8Array | null;
  /** By what right the engine writes; null for people. */
  readonly hold: Hold | null;
  readonly lost: (hold: Hold) => void;
  readonly settle: (result: Result<JournalEntry>) => void;
  readonly fail: (error: unknown) => void;
}

/** One drill: its state while it is known, and what waits to be recorded. */
interface Desk {
  readonly drill: string;
  state: DrillState | null;
  readonly queue: Wanted[];
  isWorking: boolean;
}

/**
 * `record` works through the requests of a drill in the order in which they came; those that come while a commit is under way share
 * the next one. It rejects when the database could not be written: then nothing has changed, and nobody was told.
 * Where another process was quicker (the sequence is the guard), its entries are read and the reducer decides again. Where the answer to a
 * commit was lost, the engine waits until the database can say what became of it; people are told at once that it cannot be reached.
 */
export function createDrillJournal(outside: Outside): DrillJournal {
  const desks = new Map<string, Desk>();

  return {
    ...journalFor(null),
    heldBy: (holds) => ({ ...journalFor(holds), heldBy: refuseTwice }),
  };

  function journalFor(holds: Holds | null): Omit<DrillJournal, 'heldBy'> {
    return {
      record(drill, by, ...[event, output]: readonly [DrillEvent, Uint8Array?]) {
        return new Promise((settle, fail) => {
          const hold = holds?.holdOf(drill) ?? null;
          if (holds !== null && hold === null) return fail(new LeaseLost(drill));
          const desk = deskOf(drill);
          desk.queue.push({ by, event, output: output ?? null, hold, lost: (gone) => holds?.onLost(gone), settle, fail });
          if (!desk.isWorking) void work(desk);
        });
      },
      storedOutput: (drill, ref) => storedOutput(outside.database.stores, drill, ref),
      state,
    };
  }

  async function state(drill: string): Promise<DrillState | null> {
    const known = desks.get(drill)?.state ?? null;
    if (known !== null && outside.isShared !== true) return known;
    const read = known === null ? await rebuild(outside.database.stores, drill) : await replay(outside.database.stores, drill, known);
    // A commit may have overtaken the reading: what it left counts, and nothing older is put in its place.
    const current = desks.get(drill);
    if (current?.state && current.state.seq >= (read?.seq ?? 0)) return current.state;
    if (read !== null && (current === undefined || known !== null)) deskOf(drill).state = read;
    return read;
  }

  function deskOf(drill: string): Desk {
    const known = desks.get(drill);
    if (known !== undefined) return known;
    forgetOldest(desks);
    const desk: Desk = { drill, state: null, queue: [], isWorking: false };
    desks.set(drill, desk);
    return desk;
  }

  async function work(desk: Desk): Promise<void> {
    desk.isWorking = true;
    await new Promise<void>((settle) => setImmediate(settle)); // what has come in by now shares the commit
    for (let batch = nextBatch(desk.queue); batch.length > 0; batch = nextBatch(desk.queue)) {
      try {
        await recordBatch(desk, batch);
      } catch (error) {
        desk.state = null; // what is on disk counts, so it is read again
        for (const wanted of batch) wanted.fail(error);
      }
    }
    desk.isWorking = false;
  }

  async function recordBatch(desk: Desk, batch: readonly Wanted[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await recordOn(desk, batch);
      } catch (error) {
        if (!isOvertaken(error) || tries === MOST_TRIES) throw error;
        const { stores } = outside.database;
        desk.state = desk.state === null ? null : await replay(stores, desk.drill, desk.state);
      }
    }
  }

  async function recordOn(desk: Desk, batch: readonly Wanted[]): Promise<void> {
    const before = desk.state ?? (await rebuild(outside.database.stores, desk.drill));
    if (before === null) {
      for (const wanted of batch) wanted.settle(refused('NOT_FOUND', `There is no drill ${desk.drill}. Look it up in the list of drills.`));
      return;
    }
    desk.state = before;
    const folded = fold(before, batch, outside.clock);
    const hold = oldestHold(batch);
    const committed = folded.entries.length === 0 ? STORED : await store({ desk, batch }, { drill: desk.drill, before, folded, hold });
    switch (committed.kind) {
      case 'locked':
        for (const wanted of batch) wanted.settle({ ok: false, refusal: committed.refusal });
        return;
      case 'lost':
        for (const wanted of batch) if (wanted.hold?.fence === hold?.fence) failLost(wanted);
        // People have acted all the same: without the others, in their order.
        desk.queue.unshift(...batch.filter((wanted) => wanted.hold?.fence !== hold?.fence));
        return;
      case 'stored':
        if (desk.state === null || desk.state.seq < folded.after.seq) desk.state = folded.after;
        for (const [index, wanted] of batch.entries()) wanted.settle(folded.results[index] ?? refused('INTERNAL', 'The entry got lost.'));
        if (folded.entries.length > 0) outside.bus.publish('drill', { drill: desk.drill, entries: folded.entries });
    }
  }

  async function store({ desk, batch }: { readonly desk: Desk; readonly batch: readonly Wanted[] }, change: Commit): Promise<Committed> {
    try {
      return await commit(outside.database, change);
    } catch (error) {
      if (!isAnswerLost(error)) throw error;
      const onWaiting = (): void => {
        for (const wanted of [...batch, ...takePeople(desk.queue)]) if (wanted.hold === null) wanted.fail(error);
      };
      if (await wasStored(outside.database, { drill: desk.drill, entries: change.folded.entries, onWaiting })) return STORED;
      throw error;
    }
  }
}

/** What people asked for leaves the queue; what the engine has to record stays. */
function takePeople(queue: Wanted[]): readonly Wanted[] {
  const people = queue.filter(({ hold }) => hold === null);
  queue.splice(0, queue.length, ...queue.filter(({ hold }) => hold !== null));
  return people;
}

/** The one that was lost, should any be: a drill has one holder, and its fence only rises. */
function oldestHold(batch: readonly Wanted[]): Hold | null {
  const holds = batch.flatMap(({ hold }) => (hold === null ? [] : [hold]));
  return holds.toSorted((a, b) => a.fence - b.fence)[0] ?? null;
}

function failLost({ hold, lost, fail }: Wanted): void {
  if (hold === null) return;
  lost(hold);
  fail(new LeaseLost(hold.drill));
}

function refuseTwice(): never {
  throw new Error('A journal of what is held is not made from another one.');
}

/** The store says so of a seq that is taken. */
function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'JOURNAL_ORDER';
}

/** A start can be refused for a lock when its entry is made already, so it shares its commit with nothing. */
function nextBatch(queue: Wanted[]): readonly Wanted[] {
  const start = queue.findIndex(({ event }) => takesLocks(event));
  return queue.splice(0, start < 0 ? queue.length : Math.max(1, start));
}

function fold(before: DrillState, batch: readonly Wanted[], clock: Clock): Folded {
  let after = before;
  const entries: JournalEntry[] = [];
  const output = new Map<number, Uint8Array>();
  const results = batch.map(({ by, event, output: bytes }): Result<JournalEntry> => {
    const known = repeated(after, by, event);
    if (known !== null) return known;
    // The clock of a machine can step back; a journal never does.
    const entry = { seq: after.seq + 1, at: Math.max(clock(), after.lastAt), by, event };
    const next = apply(after, entry);
    if (!next.ok) return next;
    after = next.value;
    entries.push(entry);
    if (bytes !== null) output.set(entry.seq, bytes);
    return done(entry);
  });
  return { after, entries, output, results };
}

function forgetOldest(desks: Map<string, Desk>): void {
  const ended = [...desks.values()].filter(
    (desk) => !desk.isWorking && desk.queue.length === 0 && (desk.state === null || desk.state.finishedAt !== null),
  );
  for (const desk of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) desks.delete(desk.drill);
}
