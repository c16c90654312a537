// The only way a drill changes: the reducer is asked, the entry is committed with all that follows from it, then subscribers are told.
import type { AttemptRef, DrillEvent, JournalEntry } from '../domain/drill/journal.ts';
import { measuredSteps } from '../domain/drill/step-duration.ts';
import { apply, initialState } from '../domain/drill/reduce.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import { historyOf, rowChanges } from './drill-row.ts';
import type { Bus, Clock, DrillJournal } from './ports.ts';
import type { Database, Stores } from './stores.ts';

/** Journal entries read at a time when a state is rebuilt. */
const PAGE = 1_000;
/** Ended drills kept in memory for readers; those under way are always kept. */
const ENDED_KEPT = 50;

interface Outside {
  readonly database: Database;
  readonly clock: Clock;
  readonly bus: Bus;
}

interface Wanted {
  readonly by: string | null;
  readonly event: DrillEvent;
  readonly output: Uint8Array | null;
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
 */
export function createDrillJournal(outside: Outside): DrillJournal {
  const desks = new Map<string, Desk>();

  return {
    record(drill, by, ...[event, output]: readonly [DrillEvent, Uint8Array?]) {
      return new Promise((settle, fail) => {
        const desk = deskOf(drill);
        desk.queue.push({ by, event, output: output ?? null, settle, fail });
        if (!desk.isWorking) void work(desk);
      });
    },
    storedOutput: (drill, ref) => storedOutput(outside.database.stores, drill, ref),
    async state(drill) {
      const desk = desks.get(drill);
      if (desk?.state) return desk.state;
      const state = await rebuild(outside.database.stores, drill);
      // A commit may have overtaken the reading: what it left counts, and nothing older is put in its place.
      const current = desks.get(drill);
      if (current?.state) return current.state;
      if (state !== null && current === undefined) deskOf(drill).state = state;
      return state;
    },
  };

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
    const before = desk.state ?? (await rebuild(outside.database.stores, desk.drill));
    if (before === null) {
      for (const wanted of batch) wanted.settle(refused('NOT_FOUND', `There is no drill ${desk.drill}. Look it up in the list of drills.`));
      return;
    }
    const folded = fold(before, batch, outside.clock);
    const locked = folded.entries.length === 0 ? null : await commit(outside.database, { drill: desk.drill, before, folded });
    if (locked !== null) {
      for (const wanted of batch) wanted.settle({ ok: false, refusal: locked });
      return;
    }
    desk.state = folded.after;
    for (const [index, wanted] of batch.entries()) wanted.settle(folded.results[index] ?? refused('INTERNAL', 'The entry got lost.'));
    if (folded.entries.length > 0) outside.bus.publish('drill', { drill: desk.drill, entries: folded.entries });
  }
}

/** A start can be refused for a lock when its entry is made already, so it shares its commit with nothing. */
function nextBatch(queue: Wanted[]): readonly Wanted[] {
  const start = queue.findIndex((wanted) => wanted.event.type === 'started');
  return queue.splice(0, start < 0 ? queue.length : Math.max(1, start));
}

interface Folded {
  readonly after: DrillState;
  readonly entries: readonly JournalEntry[];
  readonly output: ReadonlyMap<number, Uint8Array>;
  /** One for each request. */
  readonly results: readonly Result<JournalEntry>[];
}

function fold(before: DrillState, batch: readonly Wanted[], clock: Clock): Folded {
  let after = before;
  const entries: JournalEntry[] = [];
  const output = new Map<number, Uint8Array>();
  const results = batch.map(({ by, event, output: bytes }): Result<JournalEntry> => {
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

/** Null when all is written; the refusal when a lock that the drill needs is held by another, and then nothing is. */
async function commit(database: Database, change: { drill: string; before: DrillState; folded: Folded }): Promise<Refusal | null> {
  const { drill, before, folded } = change;
  const { after, entries, output } = folded;
  return database.write(async (stores) => {
    const started = entries.find((entry) => entry.event.type === 'started');
    if (started !== undefined) {
      const taken = await stores.drills.takeLocks(drill, after.plan.locks, started.at);
      if (taken !== null) return lockedBy(taken);
    }
    await stores.drills.append(drill, entries, output);
    const changes = rowChanges(before, after);
    if (changes !== null) await stores.drills.update(drill, changes);
    if (entries.some(({ event }) => event.type === 'finished' || event.type === 'rejected' || event.type === 'expired')) {
      await stores.drills.releaseLocks(drill);
    }
    if (entries.some(({ event }) => event.type === 'finished')) {
      await stores.durations.save(drill, after.finishedAt ?? after.lastAt, measuredSteps(after));
    }
    for (const entry of entries) {
      const event = historyOf(drill, after, entry);
      if (event !== null) await stores.history.append(event);
    }
    return null;
  });
}

function lockedBy(taken: { readonly name: string; readonly heldBy: string }): Refusal {
  const [kind, ...rest] = taken.name.split(':');
  const name = rest.join(':');
  const what = kind === 'host' ? `Host ${name}` : kind === 'service' ? `Service ${name}` : `The lock "${name}"`;
  return refused('LOCKED', `${what} is held by ${taken.heldBy} until it ends. Wait for that, or abort it.`).refusal;
}

async function rebuild(stores: Stores, drill: string): Promise<DrillState | null> {
  const [record, plan] = await Promise.all([stores.drills.find(drill), stores.drills.plan(drill)]);
  if (record === null || plan === null) return null;
  let state = initialState(plan, record.planHash);
  for (;;) {
    const page = await stores.drills.journal(drill, state.seq, PAGE);
    for (const entry of page) {
      const next = apply(state, entry);
      if (!next.ok) throw new Error(`The journal of ${drill} does not add up at entry ${entry.seq}: ${next.refusal.message}`);
      state = next.value;
    }
    if (page.length < PAGE) return state;
  }
}

async function storedOutput(stores: Stores, drill: string, ref: AttemptRef): Promise<Readonly<Record<'stdout' | 'stderr', number>>> {
  const stored = { stdout: 0, stderr: 0 };
  for (let after = 0; ;) {
    const page = await stores.drills.output({ drill, step: ref.step, host: ref.host, after, limit: PAGE, isFromEnd: false });
    for (const { attempt, isUndo, stream, offset, bytes } of page) {
      if (attempt === ref.attempt && isUndo === ref.isUndo) stored[stream] = Math.max(stored[stream], offset + bytes.length);
    }
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE) return stored;
  }
}

function forgetOldest(desks: Map<string, Desk>): void {
  const ended = [...desks.values()].filter(
    (desk) => !desk.isWorking && desk.queue.length === 0 && (desk.state === null || desk.state.finishedAt !== null),
  );
  for (const desk of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) desks.delete(desk.drill);
}
