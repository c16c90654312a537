// Leases of drills: who has one in hand, by the clock of the database, with a fence that rises at each change of hands.
import { sql, type Selectable } from 'kysely';
import type { Holder, Lease, LeaseStore } from '../application/leases.ts';
import { drillId, drillNumber, knownDrillNumber } from './drill-rows.ts';
import { nowIn, type DatabaseKind, type Queries, type Scope } from './scope.ts';
import type { DrillLeaseTable } from './tables.ts';

const UNDER_WAY = ['running', 'paused', 'aborting', 'recovering', 'needs-decision'] as const;
const LET_GO = 0;

export function leaseStore(scope: Scope): LeaseStore {
  const { db, kind } = scope;
  return {
    find: (drill) => find(scope, drillNumber(drill)),
    underWay: () => underWay(scope),
    take: (drill, by) => scope.atomically((queries) => take(queries, { number: knownDrillNumber(drill), by, kind })),
    renew: async (holder, leaseMs) => {
      const rows = await db
        .updateTable('drill_lease')
        .set({ expires_at: sql`${nowIn(kind)} + ${leaseMs}` })
        .where('holder', '=', holder)
        .returning(['drill', 'fence'])
        .execute();
      return new Map(rows.map(({ drill, fence }) => [drillId(drill), fence]));
    },
    letGo: async ({ drill, holder, fence }, isDone) => {
      await db
        .updateTable('drill_lease')
        .set(isDone ? { holder: null, expires_at: LET_GO } : { expires_at: LET_GO })
        .where('drill', '=', drillNumber(drill))
        .where('holder', '=', holder)
        .where('fence', '=', fence)
        .execute();
    },
    isHeld: async ({ drill, holder, fence }) => {
      const row = await db.selectFrom('drill_lease').select(['holder', 'fence']).where('drill', '=', drillNumber(drill)).executeTakeFirst();
      return row?.holder === holder && row.fence === fence;
    },
  };
}

async function find({ db, kind }: Scope, drill: number | null): Promise<Lease | null> {
  const row = await db.selectFrom('drill_lease').selectAll().select(nowIn(kind).as('now')).where('drill', '=', drill).executeTakeFirst();
  return row === undefined ? null : leaseOf(row);
}

async function underWay({ db, kind }: Scope): ReturnType<LeaseStore['underWay']> {
  const drills = await db.selectFrom('drill').select('number').where('state', 'in', UNDER_WAY).orderBy('number').execute();
  if (drills.length === 0) return [];
  const numbers = drills.map(({ number }) => number);
  const rows = await db.selectFrom('drill_lease').selectAll().select(nowIn(kind).as('now')).where('drill', 'in', numbers).execute();
  const leases = new Map(rows.map((row) => [row.drill, leaseOf(row)]));
  return numbers.map((number) => ({ drill: drillId(number), lease: leases.get(number) ?? null }));
}

interface Taking {
  readonly number: number;
  readonly by: Holder & { readonly leaseMs: number };
  readonly kind: DatabaseKind;
}

async function take(db: Queries, { number, by, kind }: Taking): Promise<number> {
  const now = nowIn(kind);
  const row = { holder: by.holder, held_by: by.heldBy, origin: by.origin, taken_at: now, expires_at: sql<number>`${now} + ${by.leaseMs}` };
  const taken = await db
    .insertInto('drill_lease')
    .values({ ...row, drill: number, fence: 1 })
    .onConflict((conflict) => conflict.column('drill').doUpdateSet({ ...row, fence: sql`drill_lease.fence + 1` }))
    .returning('fence')
    .executeTakeFirstOrThrow();
  return taken.fence;
}

function leaseOf(row: Selectable<DrillLeaseTable> & { readonly now: number }): Lease {
  const { fence, holder, held_by: heldBy, origin, taken_at: takenAt, expires_at: expiresAt, now } = row;
  return { fence, holder, heldBy, origin, takenAt, isLetGo: holder === null || expiresAt === LET_GO, isExpired: expiresAt <= now };
}
