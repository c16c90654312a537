// Freezes and blackout calendars.
import type { Selectable } from 'kysely';
import type { ClosingStore } from '../application/schedule-stores.ts';
import type { BlackoutCalendar, Freeze } from '../domain/schedule/closing.ts';
import { DatabaseError } from './database-error.ts';
import type { Scope } from './scope.ts';
import type { BlackoutCalendarTable, FreezeTable } from './schedule-tables.ts';
import { readJson, writeJson } from './values.ts';

export function freezeStore({ db }: Scope): ClosingStore<Freeze> {
  return {
    create: async (freeze) => {
      const { id, createdAt } = freeze;
      await db
        .insertInto('freeze_window')
        .values({ id, created_at: createdAt, ...freezeColumns(freeze) })
        .execute();
    },
    update: async (freeze) => {
      const { numUpdatedRows } = await db
        .updateTable('freeze_window')
        .set(freezeColumns(freeze))
        .where('id', '=', freeze.id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `There is no freeze ${freeze.id}.`);
    },
    find: async (id) => {
      const row = await db.selectFrom('freeze_window').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : freezeOf(row);
    },
    list: async () => (await db.selectFrom('freeze_window').selectAll().orderBy('created_at').orderBy('id').execute()).map(freezeOf),
  };
}

export function blackoutStore({ db }: Scope): ClosingStore<BlackoutCalendar> {
  return {
    create: async (calendar) => {
      const { id, createdAt } = calendar;
      await db
        .insertInto('blackout_calendar')
        .values({ id, created_at: createdAt, ...calendarColumns(calendar) })
        .execute();
    },
    update: async (calendar) => {
      const { numUpdatedRows } = await db
        .updateTable('blackout_calendar')
        .set(calendarColumns(calendar))
        .where('id', '=', calendar.id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `There is no blackout calendar ${calendar.id}.`);
    },
    find: async (id) => {
      const row = await db.selectFrom('blackout_calendar').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : calendarOf(row);
    },
    list: async () => (await db.selectFrom('blackout_calendar').selectAll().orderBy('created_at').orderBy('id').execute()).map(calendarOf),
  };
}

type FreezeColumns = Omit<Selectable<FreezeTable>, 'id' | 'created_at'>;
type CalendarColumns = Omit<Selectable<BlackoutCalendarTable>, 'id' | 'created_at'>;

function freezeColumns({ title, reason, scope, zone, from, to, owner, endedAt, version }: Freeze): FreezeColumns {
  return { title, reason, scope: writeJson(scope), zone, from_wall: from, to_wall: to, owner, ended_at: endedAt, version };
}

function freezeOf(row: Selectable<FreezeTable>): Freeze {
  const { id, title, reason, zone, owner, version } = row;
  const when = { from: row.from_wall, to: row.to_wall, createdAt: row.created_at, endedAt: row.ended_at };
  return { id, title, reason, scope: readJson(row.scope), zone, owner, version, ...when };
}

function calendarColumns({ title, scope, zone, owner, endedAt, version, text }: BlackoutCalendar): CalendarColumns {
  return { title, scope: writeJson(scope), zone, owner, ended_at: endedAt, version, content: text };
}

function calendarOf(row: Selectable<BlackoutCalendarTable>): BlackoutCalendar {
  const { id, title, zone, owner, version } = row;
  return { id, title, scope: readJson(row.scope), zone, owner, version, text: row.content, createdAt: row.created_at, endedAt: row.ended_at };
}
