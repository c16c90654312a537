// Drafts of runbooks: one for each person and runbook, written over at each save.
import type { Selectable } from 'kysely';
import type { Draft, DraftStore } from '../application/stores.ts';
import type { Scope } from './scope.ts';
import type { DraftTable } from './tables.ts';
import { readJson, writeJson } from './values.ts';

/** A runbook that has no key yet; no key is empty. */
const NEW = '';

export function draftStore({ db }: Scope): DraftStore {
  return {
    async find(runbook, account) {
      const row = await db
        .selectFrom('draft')
        .selectAll()
        .where('runbook', '=', runbook ?? NEW)
        .where('account', '=', account)
        .executeTakeFirst();
      return row === undefined ? null : draftOf(row);
    },
    async save(draft) {
      const row = rowOf(draft);
      await db
        .insertInto('draft')
        .values(row)
        .onConflict((conflict) => conflict.columns(['runbook', 'account']).doUpdateSet(row))
        .execute();
    },
    async discard(runbook, account) {
      await db
        .deleteFrom('draft')
        .where('runbook', '=', runbook ?? NEW)
        .where('account', '=', account)
        .execute();
    },
  };
}

function rowOf({ runbook, account, source, files, base, version, savedAt }: Draft): Selectable<DraftTable> {
  return { runbook: runbook ?? NEW, account, source, files: writeJson(files), base, version, saved_at: savedAt };
}

function draftOf(row: Selectable<DraftTable>): Draft {
  return {
    runbook: row.runbook === NEW ? null : row.runbook,
    account: row.account,
    source: row.source,
    files: readJson(row.files),
    base: row.base,
    version: row.version,
    savedAt: row.saved_at,
  };
}
