// Accounts of people, and the sessions in which they are signed in.
import type { Selectable } from 'kysely';
import type { Account, AccountStore } from '../application/stores.ts';
import { byChunks } from './chunks.ts';
import { DatabaseError } from './database-error.ts';
import type { Queries, Scope } from './scope.ts';
import type { AccountTable } from './tables.ts';
import { flag, readJson, writeJson } from './values.ts';

export function accountStore({ db }: Scope): AccountStore {
  return { ...accounts(db), ...sessions(db) };
}

type SessionParts = 'addSession' | 'findSession' | 'touchSession' | 'endSession' | 'endSessionsBefore';

function accounts(db: Queries): Omit<AccountStore, SessionParts> {
  const findMany = (names: readonly string[]): Promise<readonly Account[]> =>
    byChunks(names, async (chunk) =>
      (await db.selectFrom('account').selectAll().where('name', 'in', chunk).orderBy('name').execute()).map(accountOf),
    );
  return {
    count: async () => {
      const { total } = await db
        .selectFrom('account')
        .select((column) => column.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return total;
    },
    create: async (account) => {
      await db.insertInto('account').values(accountRow(account)).execute();
    },
    find: async (name) => (await findMany([name]))[0] ?? null,
    findMany,
    setPassword: async (name, passwordHash) => {
      const { numUpdatedRows } = await db
        .updateTable('account')
        .set({ password_hash: passwordHash })
        .where('name', '=', name)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new DatabaseError('NOT_FOUND', `There is no account ${name}.`);
    },
  };
}

function sessions(db: Queries): Pick<AccountStore, SessionParts> {
  return {
    addSession: async ({ idHash, account, createdAt, lastSeenAt }) => {
      await db.insertInto('session').values({ id_hash: idHash, account, created_at: createdAt, last_seen_at: lastSeenAt }).execute();
    },
    findSession: async (idHash) => {
      const row = await db.selectFrom('session').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
      if (row === undefined) return null;
      return { idHash: row.id_hash, account: row.account, createdAt: row.created_at, lastSeenAt: row.last_seen_at };
    },
    // A session that was ended meanwhile stays ended.
    touchSession: async (idHash, at) => {
      await db.updateTable('session').set({ last_seen_at: at }).where('id_hash', '=', idHash).execute();
    },
    endSession: async (idHash) => {
      await db.deleteFrom('session').where('id_hash', '=', idHash).execute();
    },
    endSessionsBefore: async (createdBefore, lastSeenBefore) => {
      await db
        .deleteFrom('session')
        .where((is) => is.or([is('created_at', '<', createdBefore), is('last_seen_at', '<', lastSeenBefore)]))
        .execute();
    },
  };
}

function accountRow(account: Account): AccountTable {
  return {
    name: account.name,
    display_name: account.displayName,
    roles: writeJson(account.roles),
    password_hash: account.passwordHash,
    is_disabled: flag(account.isDisabled),
    created_at: account.createdAt,
  };
}

function accountOf(row: Selectable<AccountTable>): Account {
  return {
    name: row.name,
    displayName: row.display_name,
    roles: readJson(row.roles),
    passwordHash: row.password_hash,
    isDisabled: row.is_disabled === 1,
    createdAt: row.created_at,
  };
}
