// The transaction of a drill's journal: the entries, and all that follows from them, are stored together or not at all.
import type { DrillEvent, JournalEntry } from '../domain/drill/journal.ts';
import { measuredSteps } from '../domain/drill/step-duration.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { refused, type Refusal, type Result } from '../domain/errors.ts';
import { historyOf, rowChanges } from './drill-row.ts';
import type { Hold } from './leases.ts';
import type { Database, TakenLock } from './stores.ts';

export interface Folded {
  readonly after: DrillState;
  readonly entries: readonly JournalEntry[];
  readonly output: ReadonlyMap<number, Uint8Array>;
  /** One for each request. */
  readonly results: readonly Result<JournalEntry>[];
}

/** Unless it is stored, nothing is: a lock that the drill needs is held by another, or the drill is in other hands. */
export type Committed = { readonly kind: 'stored' | 'lost' } | { readonly kind: 'locked'; readonly refusal: Refusal };

export const STORED: Committed = { kind: 'stored' };

/** A start, and a drill that goes on after its end. */
export function takesLocks({ type }: DrillEvent): boolean {
  return type === 'started' || type === 'reopened' || type === 'revert-requested';
}

export interface Commit {
  readonly drill: string;
  readonly before: DrillState;
  readonly folded: Folded;
  readonly hold: Hold | null;
}

export async function commit(database: Database, { drill, before, folded, hold }: Commit): Promise<Committed> {
  const { after, entries, output } = folded;
  return database.write(async (stores) => {
    if (hold !== null && !(await stores.leases.isHeld(hold))) return { kind: 'lost' };
    const started = entries.find(({ event }) => takesLocks(event));
    if (started !== undefined) {
      const taken = await stores.drills.takeLocks(drill, after.plan.locks, started.at);
      if (taken !== null) return { kind: 'locked', refusal: lockedBy(taken) };
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
    return STORED;
  });
}

function lockedBy({ name: lock, heldBy, since, isInHand }: TakenLock): Refusal {
  const [kind, ...rest] = lock.split(':');
  const name = rest.join(':');
  const what = kind === 'host' ? `Host ${name}` : kind === 'service' ? `Service ${name}` : `The lock "${name}"`;
  const at = `${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const aside = isInHand ? '' : ' No process has that drill in hand at the moment; it is taken up again by the next one that can.';
  return refused('LOCKED', `${what} is held by ${heldBy} since ${at} until it ends. Wait for that, or abort it.${aside}`).refusal;
}
