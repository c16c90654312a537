// Drills and their frozen plans. Journal, output and locks have files of their own and are put together here.
import type { SelectQueryBuilder, Insertable } from 'kysely';
import type { DrillQuery, DrillRecord, DrillStore, Page } from '../application/stores.ts';
import type { Plan } from '../domain/drill/plan.ts';
import { byChunks, writeChunks } from './chunks.ts';
import { keyBehind, pageOf } from './cursor.ts';
import { DatabaseError } from './database-error.ts';
import { drillLocks } from './drill-lock.store.ts';
import { drillTimes } from './drill-times.store.ts';
import { drillColumns, drillNumber, drillOf, knownDrillNumber } from './drill-rows.ts';
import { journalStore } from './journal.store.ts';
import type { Queries, Scope } from './scope.ts';
import type { DrillTable, Tables } from './tables.ts';
import { readJson, writeJson } from './values.ts';

export function drillStore(scope: Scope): DrillStore {
  return {
    ...journalStore(scope),
    ...drillLocks(scope),
    create: (drill, plan) => scope.atomically((db) => create(db, drill, plan)),
    find: async (id) => (await findMany(scope.db, [id]))[0] ?? null,
    findMany: (ids) => findMany(scope.db, ids),
    plan: async (id) => {
      const row = await scope.db.selectFrom('drill_plan').select('content').where('drill', '=', drillNumber(id)).executeTakeFirst();
      return row === undefined ? null : readJson(row.content);
    },
    page: (query) => scope.consistently((db) => page(db, query)),
    inStates: (states) =>
      byChunks(states, async (chunk) =>
        (await scope.db.selectFrom('drill').selectAll().where('state', 'in', chunk).orderBy('number').execute()).map(drillOf),
      ),
    unclean: async () => {
      // Written out, for a partial index serves no question whose value is only known later.
      const rows = scope.db
        .selectFrom('drill')
        .selectAll()
        .where((eb) => eb('is_unclean', '=', eb.lit(1)))
        .orderBy('number', 'desc');
      return (await rows.execute()).map(drillOf);
    },
    finished: async () => {
      const rows = await scope.db
        .selectFrom('drill')
        .selectAll()
        .where('result', 'is not', null)
        .where('finished_at', 'is not', null)
        .orderBy('finished_at', 'desc')
        .orderBy('number', 'desc')
        .execute();
      return rows.map(drillOf);
    },
    ...drillTimes(scope),
    latestOfServices: async (keys) => new Map(await byChunks(keys, (chunk) => latestOfServices(scope.db, chunk))),
    update: (id, changes) => scope.atomically((db) => update(db, id, changes)),
  };
}

async function create(db: Queries, drill: Omit<DrillRecord, 'id'>, plan: Plan): Promise<DrillRecord> {
  const { last } = await db
    .selectFrom('drill')
    .select((column) => column.fn.max('number').as('last'))
    .$castTo<{ last: number | null }>()
    .executeTakeFirstOrThrow();
  const number = (last ?? 0) + 1;
  const fixed = { number, runbook: drill.runbook, revision: drill.revision, plan_hash: drill.planHash };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all fields of a whole record are given, so no column is left undefined
  const row = { ...drillColumns(drill), ...fixed } as Insertable<DrillTable>;
  const stored = await db.insertInto('drill').values(row).returningAll().executeTakeFirstOrThrow();
  await db
    .insertInto('drill_plan')
    .values({ drill: number, content: writeJson(plan) })
    .execute();
  await indexServices(db, number);
  return drillOf(stored);
}

async function update(db: Queries, id: string, changes: Partial<DrillRecord>): Promise<void> {
  const number = knownDrillNumber(id);
  const columns = drillColumns(changes);
  if (Object.values(columns).every((value) => value === undefined)) return;
  const { numUpdatedRows } = await db.updateTable('drill').set(columns).where('number', '=', number).executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `There is no drill ${id}.`);
  if (columns.services !== undefined || columns.result !== undefined || columns.finished_at !== undefined) await indexServices(db, number);
}

/** Makes the rows by which a drill is found from its services agree with its record. */
async function indexServices(db: Queries, number: number): Promise<void> {
  const { services, result, finished_at } = await db
    .selectFrom('drill')
    .select(['services', 'result', 'finished_at'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const finishedAt = result === null ? null : finished_at;
  await db.deleteFrom('drill_service').where('drill', '=', number).execute();
  const rows = [...new Set(readJson(services))].map((service) => ({ service, drill: number, finished_at: finishedAt }));
  await writeChunks(rows, (chunk) => db.insertInto('drill_service').values(chunk).execute());
}

async function findMany(db: Queries, ids: readonly string[]): Promise<readonly DrillRecord[]> {
  const numbers = ids.map(drillNumber).filter((number) => number !== null);
  return byChunks(numbers, async (chunk) =>
    (await db.selectFrom('drill').selectAll().where('number', 'in', chunk).orderBy('number').execute()).map(drillOf),
  );
}

async function page(db: Queries, query: DrillQuery): Promise<Page<DrillRecord>> {
  if (query.states?.length === 0) return { rows: [], cursors: [], hasNext: false, total: 0 };
  const { total } = await matching(db, query)
    .select((column) => column.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  let slice = matching(db, query)
    .selectAll('drill')
    .orderBy('drill.number', 'desc')
    .limit(query.first + 1);
  if (query.after !== null) slice = slice.where('drill.number', '<', keyBehind(query.after));
  return pageOf(await slice.execute(), { first: query.first, total, key: (row) => row.number, read: drillOf });
}

function matching(db: Queries, { services, runbook, states }: DrillQuery): SelectQueryBuilder<Tables, 'drill', object> {
  let drills: SelectQueryBuilder<Tables, 'drill', object> = db.selectFrom('drill');
  if (services !== null) {
    drills = drills.where('drill.number', 'in', (from) =>
      from.selectFrom('drill_service').select('drill_service.drill').where('drill_service.service', 'in', services),
    );
  }
  if (runbook !== null) drills = drills.where('drill.runbook', '=', runbook);
  if (states !== null) drills = drills.where('drill.state', 'in', states);
  return drills;
}

async function latestOfServices(db: Queries, services: readonly string[]): Promise<readonly (readonly [string, DrillRecord])[]> {
  const ranked = db
    .selectFrom('drill_service')
    .select(({ fn }) => [
      'service as of_service',
      'drill',
      fn
        .agg<number>('row_number')
        .over((over) => over.partitionBy('service').orderBy('finished_at', 'desc').orderBy('drill', 'desc'))
        .as('rank'),
    ])
    .where('service', 'in', services)
    .where('finished_at', 'is not', null);
  const rows = await db
    .selectFrom(ranked.as('ranked'))
    .innerJoin('drill', 'drill.number', 'ranked.drill')
    .selectAll('drill')
    .select('ranked.of_service')
    .where('ranked.rank', '=', 1)
    .execute();
  return rows.map((row) => [row.of_service, drillOf(row)] as const);
}
