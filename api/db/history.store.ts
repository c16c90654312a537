// The history: one row for each thing that happened, numbered without a hole, never changed.
import type { Selectable } from 'kysely';
import type { HistoryEvent, HistoryStore } from '../application/stores.ts';
import type { Queries, Scope } from './scope.ts';
import type { HistoryTable } from './tables.ts';
import { readJson, writeJson } from './values.ts';

export function historyStore(scope: Scope): HistoryStore {
  return {
    append: (event) => scope.atomically((db) => append(db, event)),
    about: async (subject, first) => {
      const rows = await scope.db.selectFrom('history').selectAll().where('subject', '=', subject).orderBy('position', 'desc').limit(first).execute();
      return rows.map(eventOf);
    },
  };
}

async function append(db: Queries, { at, by, type, subject, data }: HistoryEvent): Promise<void> {
  const last = await db.selectFrom('history').select('position').orderBy('position', 'desc').limit(1).executeTakeFirst();
  const position = (last?.position ?? 0) + 1;
  await db
    .insertInto('history')
    .values({ position, at, actor: by, type, subject, data: writeJson(data) })
    .execute();
}

function eventOf(row: Selectable<HistoryTable>): HistoryEvent & { readonly position: number } {
  return { position: row.position, at: row.at, by: row.actor, type: row.type, subject: row.subject, data: readJson(row.data) };
}
