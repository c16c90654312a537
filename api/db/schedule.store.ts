// Schedules and their occurrences: a row for each due time, inserted once.
import type { Selectable } from 'kysely';
import type { ScheduleStore } from '../application/schedule-stores.ts';
import { WANTED_CAUSES } from '../domain/schedule/schedule.ts';
import { DatabaseError } from './database-error.ts';
import { occurrenceOf, occurrenceRow, scheduleOf, scheduleRow } from './schedule-rows.ts';
import type { Scope } from './scope.ts';
import type { OccurrenceTable } from './schedule-tables.ts';

export function scheduleStore(scope: Scope): ScheduleStore {
  return {
    ...scheduleRecords(scope),
    ...occurrenceChanges(scope),
    ...occurrenceLists(scope),
  };
}

function scheduleRecords({ db }: Scope): Pick<ScheduleStore, 'create' | 'update' | 'find' | 'list'> {
  return {
    create: async (schedule) => {
      await db.insertInto('schedule').values(scheduleRow(schedule)).execute();
    },
    update: async (schedule) => {
      const { id, ...columns } = scheduleRow(schedule);
      const { numUpdatedRows } = await db.updateTable('schedule').set(columns).where('id', '=', id).executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `There is no schedule ${id}.`);
    },
    find: async (id) => {
      const row = await db.selectFrom('schedule').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : scheduleOf(row);
    },
    list: async () => {
      const rows = await db.selectFrom('schedule').selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.map(scheduleOf);
    },
  };
}

function occurrenceChanges({ db }: Scope): Pick<ScheduleStore, 'claim' | 'settle' | 'unplan'> {
  return {
    claim: async (occurrence) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('occurrence')
        .values(occurrenceRow(occurrence))
        .onConflict((conflict) => conflict.columns(['schedule', 'due_at']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    settle: async (schedule, dueAt, { state, drill, cause, reason }) => {
      const { numUpdatedRows } = await db
        .updateTable('occurrence')
        .set({ state, drill, cause, reason })
        .where('schedule', '=', schedule)
        .where('due_at', '=', dueAt)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `Schedule ${schedule} has no occurrence at ${dueAt}.`);
    },
    unplan: async (schedule, dueAt) => {
      await db.deleteFrom('occurrence').where('schedule', '=', schedule).where('due_at', '=', dueAt).where('state', '=', 'planned').execute();
    },
  };
}

type Lists = Pick<ScheduleStore, 'lastDueAt' | 'occurrence' | 'occurrences' | 'inState' | 'missed' | 'between'>;

function occurrenceLists({ db }: Scope): Lists {
  const inState = (state: string): Promise<Selectable<OccurrenceTable>[]> =>
    db.selectFrom('occurrence').selectAll().where('state', '=', state).orderBy('due_at').orderBy('schedule').execute();
  const newestFirst = (schedule: string, first: number) =>
    db.selectFrom('occurrence').selectAll().where('schedule', '=', schedule).orderBy('due_at', 'desc').limit(first);
  return {
    lastDueAt: async (schedule) => (await newestFirst(schedule, 1).where('state', '!=', 'planned').executeTakeFirst())?.due_at ?? null,
    occurrence: async (schedule, dueAt) => {
      const row = await db.selectFrom('occurrence').selectAll().where('schedule', '=', schedule).where('due_at', '=', dueAt).executeTakeFirst();
      return row === undefined ? null : occurrenceOf(row);
    },
    occurrences: async (schedule, first) => (await newestFirst(schedule, first).execute()).map(occurrenceOf),
    inState: async (state) => (await inState(state)).map(occurrenceOf),
    missed: async () => (await inState('missed')).map(occurrenceOf).filter(({ cause }) => cause === null || !WANTED_CAUSES.includes(cause)),
    between: async (fromAt, toAt, first) => {
      const rows = await db
        .selectFrom('occurrence')
        .selectAll()
        .where('due_at', '>=', fromAt)
        .where('due_at', '<', toAt)
        .orderBy('due_at')
        .orderBy('schedule')
        .limit(first)
        .execute();
      return rows.map(occurrenceOf);
    },
  };
}
