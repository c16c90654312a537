// Schedules and their occurrences: a row for each due time, inserted once.
import type { Selectable } from 'kysely';
import type { ScheduleStore } from '../application/stores.ts';
import { DRILL_MODES } from '../domain/drill/plan.ts';
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import { DatabaseError } from './database-error.ts';
import type { Scope } from './scope.ts';
import type { OccurrenceTable, ScheduleTable } from './tables.ts';
import { flag, oneOf, readJson, writeJson } from './values.ts';

const OCCURRENCE_STATES = ['due', 'started', 'missed'] as const;

export function scheduleStore(scope: Scope): ScheduleStore {
  return {
    ...scheduleRecords(scope),
    ...occurrenceRecords(scope),
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

function occurrenceRecords({ db }: Scope): Pick<ScheduleStore, 'lastDueAt' | 'claim' | 'settle' | 'occurrences' | 'missed'> {
  const newestFirst = (schedule: string, first: number): Promise<Selectable<OccurrenceTable>[]> =>
    db.selectFrom('occurrence').selectAll().where('schedule', '=', schedule).orderBy('due_at', 'desc').limit(first).execute();
  return {
    lastDueAt: async (schedule) => (await newestFirst(schedule, 1))[0]?.due_at ?? null,
    claim: async (occurrence) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('occurrence')
        .values(occurrenceRow(occurrence))
        .onConflict((conflict) => conflict.columns(['schedule', 'due_at']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    settle: async (schedule, dueAt, { state, drill, reason }) => {
      const { numUpdatedRows } = await db
        .updateTable('occurrence')
        .set({ state, drill, reason })
        .where('schedule', '=', schedule)
        .where('due_at', '=', dueAt)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `Schedule ${schedule} has no occurrence at ${dueAt}.`);
    },
    occurrences: async (schedule, first) => (await newestFirst(schedule, first)).map(occurrenceOf),
    missed: async () => {
      const rows = await db.selectFrom('occurrence').selectAll().where('state', '=', 'missed').orderBy('due_at').orderBy('schedule').execute();
      return rows.map(occurrenceOf);
    },
  };
}

function scheduleRow(schedule: Schedule): ScheduleTable {
  return {
    id: schedule.id,
    title: schedule.title,
    runbook: schedule.runbook,
    mode: schedule.mode,
    inputs: writeJson(schedule.inputs),
    cron: schedule.cron,
    zone: schedule.zone,
    grace_ms: schedule.graceMs,
    owner: schedule.owner,
    is_active: flag(schedule.isActive),
    created_at: schedule.createdAt,
  };
}

function scheduleOf(row: Selectable<ScheduleTable>): Schedule {
  return {
    id: row.id,
    title: row.title,
    runbook: row.runbook,
    mode: oneOf(DRILL_MODES, row.mode),
    inputs: readJson(row.inputs),
    cron: row.cron,
    zone: row.zone,
    graceMs: row.grace_ms,
    owner: row.owner,
    isActive: row.is_active === 1,
    createdAt: row.created_at,
  };
}

function occurrenceRow({ schedule, dueAt, state, drill, reason }: Occurrence): OccurrenceTable {
  return { schedule, due_at: dueAt, state, drill, reason };
}

function occurrenceOf(row: Selectable<OccurrenceTable>): Occurrence {
  return { schedule: row.schedule, dueAt: row.due_at, state: oneOf(OCCURRENCE_STATES, row.state), drill: row.drill, reason: row.reason };
}
