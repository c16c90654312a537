// Locks of drills on services, hosts and names: all that a drill needs, or none.
import type { DrillStore, TakenLock } from '../application/stores.ts';
import { byChunks, writeChunks } from './chunks.ts';
import { drillId, drillNumber, knownDrillNumber } from './drill-rows.ts';
import { nowIn, type DatabaseKind, type Queries, type Scope } from './scope.ts';

type Parts = 'takeLocks' | 'releaseLocks' | 'lockHolders';

export function drillLocks(scope: Scope): Pick<DrillStore, Parts> {
  return {
    takeLocks: (drill, names, at) => scope.atomically((db) => takeLocks(db, drill, { names, at, kind: scope.kind })),
    releaseLocks: async (drill) => {
      await scope.db.deleteFrom('drill_lock').where('drill', '=', drillNumber(drill)).execute();
    },
    lockHolders: (names) => lockHolders(scope.db, names),
  };
}

/** Locks that the drill holds already are no obstacle. */
async function takeLocks(
  db: Queries,
  drill: string,
  { names, at, kind }: { readonly names: readonly string[]; readonly at: number; readonly kind: DatabaseKind },
): ReturnType<DrillStore['takeLocks']> {
  const number = knownDrillNumber(drill);
  const holders = await lockHolders(db, names);
  for (const name of names) {
    const heldBy = holders.get(name);
    if (heldBy !== undefined && heldBy !== drill) return takenLock(db, { name, heldBy, kind });
  }
  const missing = [...new Set(names)].filter((name) => !holders.has(name)).map((name) => ({ name, drill: number, taken_at: at }));
  await writeChunks(missing, (chunk) => db.insertInto('drill_lock').values(chunk).execute());
  return null;
}

async function takenLock(
  db: Queries,
  { name, heldBy, kind }: { readonly name: string; readonly heldBy: string; readonly kind: DatabaseKind },
): Promise<TakenLock> {
  const row = await db
    .selectFrom('drill_lock')
    .leftJoin('drill_lease', (on) => on.onRef('drill_lease.drill', '=', 'drill_lock.drill').on('expires_at', '>', nowIn(kind)))
    .select(['drill_lock.taken_at', 'drill_lease.fence'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return { name, heldBy, since: row.taken_at, isInHand: row.fence !== null };
}

async function lockHolders(db: Queries, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await byChunks(names, (chunk) => db.selectFrom('drill_lock').select(['name', 'drill']).where('name', 'in', chunk).execute());
  return new Map(rows.map((row) => [row.name, drillId(row.drill)]));
}
