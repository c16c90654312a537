// Runbook revisions: content stored once under its hash, approvals added to it.
import type { Selectable } from 'kysely';
import type { RunbookStore } from '../application/stores.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import { DatabaseError } from './database-error.ts';
import type { Queries, Scope } from './scope.ts';
import type { RevisionTable } from './tables.ts';
import { readJson, writeJson } from './values.ts';

interface Standing {
  readonly latest: Revision;
  readonly approved: Revision | null;
}

export function runbookStore(scope: Scope): RunbookStore {
  return {
    add: (revision) => scope.atomically((db) => add(db, revision)),
    approve: (hash, at, by) => scope.atomically((db) => approve(db, { hash, at, by })),
    revision: (hash) => byHash(scope.db, hash),
    revisionByNumber: async (key, number) => {
      const row = await scope.db.selectFrom('revision').selectAll().where('runbook', '=', key).where('number', '=', number).executeTakeFirst();
      return row === undefined ? null : revisionOf(row);
    },
    revisions: async (key) => {
      const rows = await scope.db.selectFrom('revision').selectAll().where('runbook', '=', key).orderBy('number').execute();
      return rows.map(revisionOf);
    },
    list: () => standings(scope.db, null),
    awaitingApproval: () => awaitingApproval(scope.db),
    find: async (key) => (await standings(scope.db, key))[0] ?? null,
  };
}

async function add(db: Queries, revision: Parameters<RunbookStore['add']>[0]): ReturnType<RunbookStore['add']> {
  const known = await byHash(db, revision.hash);
  if (known !== null) return { revision: known, isNew: false };
  const runbook = revision.runbook.key;
  const { last } = await db
    .selectFrom('revision')
    .select((column) => column.fn.max('number').as('last'))
    .where('runbook', '=', runbook)
    .$castTo<{ last: number | null }>()
    .executeTakeFirstOrThrow();
  const row: Selectable<RevisionTable> = {
    hash: revision.hash,
    runbook,
    number: (last ?? 0) + 1,
    content: writeJson(revision.runbook),
    source: revision.source,
    created_at: revision.createdAt,
    created_by: revision.createdBy,
    approved_at: null,
    approved_by: null,
  };
  await db.insertInto('revision').values(row).execute();
  return { revision: revisionOf(row), isNew: true };
}

/** The first approval is the one that counts. */
async function approve(db: Queries, approval: { readonly hash: string; readonly at: number; readonly by: string }): Promise<void> {
  if ((await byHash(db, approval.hash)) === null) throw new DatabaseError('NOT_FOUND', `There is no revision ${approval.hash} to approve.`);
  await db
    .updateTable('revision')
    .set({ approved_at: approval.at, approved_by: approval.by })
    .where('hash', '=', approval.hash)
    .where('approved_at', 'is', null)
    .execute();
}

async function byHash(db: Queries, hash: string): Promise<Revision | null> {
  const row = await db.selectFrom('revision').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row === undefined ? null : revisionOf(row);
}

/** Which revision of each runbook is the newest and which the newest approved, and then those rows: one statement. Null for all runbooks. */
async function standings(db: Queries, key: string | null): Promise<readonly Standing[]> {
  let numbers = db
    .selectFrom('revision')
    .select(({ fn, eb }) => [
      'runbook as key',
      fn.max('number').as('latest'),
      fn.max(eb.case().when('approved_at', 'is not', null).then(eb.ref('number')).end()).as('approved'),
    ])
    .groupBy('runbook');
  if (key !== null) numbers = numbers.where('runbook', '=', key);
  const rows = await db
    .selectFrom(numbers.as('newest'))
    .innerJoin('revision', 'revision.runbook', 'newest.key')
    .selectAll('revision')
    .where((eb) => eb.or([eb('revision.number', '=', eb.ref('newest.latest')), eb('revision.number', '=', eb.ref('newest.approved'))]))
    .orderBy('revision.runbook')
    .orderBy('revision.number')
    .execute();
  return [...Map.groupBy(rows.map(revisionOf), (revision) => revision.runbook.key).values()].flatMap(standingOf);
}

async function awaitingApproval(db: Queries): Promise<readonly Revision[]> {
  const rows = await db
    .selectFrom('revision')
    .selectAll()
    .where('approved_at', 'is', null)
    .where((eb) => {
      const newer = eb.selectFrom('revision as newer').select('newer.number').whereRef('newer.runbook', '=', 'revision.runbook');
      return eb.not(eb.exists(newer.whereRef('newer.number', '>', 'revision.number')));
    })
    .orderBy('revision.runbook')
    .execute();
  return rows.map(revisionOf);
}

/** Of one runbook, ascending: one row when the newest is approved or none is, else the newest approved one and then the newest. */
function standingOf(revisions: readonly Revision[]): readonly Standing[] {
  const latest = revisions.at(-1);
  if (latest === undefined) return [];
  return [{ latest, approved: revisions.findLast((revision) => revision.approvedAt !== null) ?? null }];
}

function revisionOf(row: Selectable<RevisionTable>): Revision {
  return {
    hash: row.hash,
    number: row.number,
    runbook: readJson(row.content),
    source: row.source,
    createdAt: row.created_at,
    createdBy: row.created_by,
    approvedAt: row.approved_at,
    approvedBy: row.approved_by,
  };
}
