// Preflights: one of each kind for a due time, begun by whoever stores its row.
import type { Selectable } from 'kysely';
import type { PreflightStore } from '../application/schedule-stores.ts';
import { isPreflightOk, PREFLIGHT_KINDS, type Preflight } from '../domain/schedule/preflight.ts';
import { DatabaseError } from './database-error.ts';
import type { Scope } from './scope.ts';
import type { PreflightTable } from './schedule-tables.ts';
import { flag, oneOf, readJson, writeJson } from './values.ts';

export function preflightStore({ db }: Scope): PreflightStore {
  return {
    begin: async ({ schedule, dueAt, kind, begunAt }, staleBefore) => {
      const fresh = { begun_at: begunAt, ended_at: null, is_ok: null, problems: writeJson([]) };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('preflight')
        .values({ schedule, due_at: dueAt, kind, ...fresh })
        .onConflict((conflict) => {
          const again = conflict.columns(['schedule', 'due_at', 'kind']).doUpdateSet(fresh);
          // What a person asks for may be asked for again at any time.
          return kind === 'asked' ? again : again.where('preflight.ended_at', 'is', null).where('preflight.begun_at', '<', staleBefore);
        })
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    end: async ({ schedule, dueAt, kind, endedAt, problems }) => {
      const { numUpdatedRows } = await db
        .updateTable('preflight')
        .set({ ended_at: endedAt, is_ok: flag(isPreflightOk(problems)), problems: writeJson(problems) })
        .where('schedule', '=', schedule)
        .where('due_at', '=', dueAt)
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `No preflight of ${schedule} at ${dueAt} was begun.`);
    },
    of: async (schedule, dueAt) => {
      const rows = await db
        .selectFrom('preflight')
        .selectAll()
        .where('schedule', '=', schedule)
        .where('due_at', '=', dueAt)
        .orderBy('begun_at', 'desc')
        .orderBy('kind')
        .execute();
      return rows.map(preflightOf);
    },
    ahead: async (after) => {
      const ended = db.selectFrom('preflight').selectAll().where('due_at', '>', after).where('ended_at', 'is not', null);
      return (await ended.orderBy('begun_at', 'desc').orderBy('kind').execute()).map(preflightOf);
    },
  };
}

function preflightOf(row: Selectable<PreflightTable>): Preflight {
  const { schedule, due_at, kind, begun_at, ended_at, problems } = row;
  return { schedule, dueAt: due_at, kind: oneOf(PREFLIGHT_KINDS, kind), begunAt: begun_at, endedAt: ended_at, problems: readJson(problems) };
}
