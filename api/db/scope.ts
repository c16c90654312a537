// Where the statements of a store run: each on its own, or all in the transaction of a write.
import { AsyncLocalStorage } from 'node:async_hooks';
import { sql, type Kysely, type KyselyPlugin, type RawBuilder } from 'kysely';
import { DatabaseError } from './database-error.ts';
import { groupedWrites } from './group-writes.ts';
import type { Tables } from './tables.ts';

export type Queries = Kysely<Tables>;
export type DatabaseKind = 'sqlite' | 'postgres';

export interface Scope {
  readonly db: Queries;
  readonly kind: DatabaseKind;
  /** Several statements that are stored together or not at all; in the transaction of the scope when it has one. */
  atomically<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /** Several reads that see the same committed state. */
  consistently<T>(work: (db: Queries) => Promise<T>): Promise<T>;
}

export interface Transactions {
  /** For statements outside of a write. */
  readonly outside: Scope;
  write<T>(work: (inside: Scope) => Promise<T>): Promise<T>;
}

/** Any number that other users of advisory locks in the same database are unlikely to choose. */
const WRITE_LOCK = 77_853_278;

/**
 * Writes run one after the other. On SQLite there is one connection and `begin immediate`; on PostgreSQL a lock in the database
 * holds between processes too, so that "read, decide, write" needs no second thought on either of them.
 */
export function transactionsOn(kysely: Queries, kind: DatabaseKind): Transactions {
  const open = new AsyncLocalStorage<{ isOpen: boolean }>();
  const inTurn = kind === 'sqlite' ? groupedWrites(kysely) : oneAtATime(kysely);

  const refuseInside = (): void => {
    if (open.getStore()?.isOpen !== true) return;
    throw new DatabaseError('MISUSED', 'Inside a write only the stores that it hands out may be used: others would wait for it for ever.');
  };
  const guard: KyselyPlugin = {
    transformQuery: ({ node }) => {
      refuseInside();
      return node;
    },
    transformResult: async ({ result }) => result,
  };

  const write = async <T>(work: (inside: Scope) => Promise<T>): Promise<T> => {
    refuseInside();
    return inTurn(async (transaction) => {
      if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${WRITE_LOCK})`.execute(transaction);
      const mark = { isOpen: true };
      try {
        return await open.run(mark, () => work(scopeOf(transaction, kind)));
      } finally {
        mark.isOpen = false;
      }
    });
  };

  const consistently = async <T>(work: (db: Queries) => Promise<T>): Promise<T> => {
    refuseInside();
    // SQLite: whoever has the one connection is alone.
    if (kind === 'sqlite') return kysely.connection().execute(work);
    return kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
  };

  return { write, outside: { db: kysely.withPlugin(guard), kind, consistently, atomically: (work) => write((inside) => work(inside.db)) } };
}

function scopeOf(transaction: Queries, kind: DatabaseKind): Scope {
  return { db: transaction, kind, atomically: (work) => work(transaction), consistently: (work) => work(transaction) };
}

/** Waiting here costs no connection, so that readers find one while many writers wait. */
function oneAtATime(kysely: Queries): <T>(job: (transaction: Queries) => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(() => kysely.transaction().execute(job));
    // Whoever asked gets the error; the next in line only needs to know that its turn has come.
    last = result.catch(() => undefined);
    return result;
  };
}

/** The clock of the database, in milliseconds: processes on several machines have no other one in common. */
export function nowIn(kind: DatabaseKind): RawBuilder<number> {
  return kind === 'sqlite'
    ? sql<number>`cast(unixepoch('subsec') * 1000 as integer)`
    : sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
}
