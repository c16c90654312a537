// The SQLite file: one process holds it, every commit is on disk before it counts.
import BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver, type DatabaseConnection } from 'kysely';
import { DatabaseError, driverCodeOf, reasonOf } from './database-error.ts';
import { forgetHolder, noteHolder, readHolder } from './sqlite-holder.ts';
import { keepingStatements } from './kept-statements.ts';
import { translateErrors } from './translate-errors.ts';

/** Long enough for a process that is just ending to let go of the file. */
const BUSY_TIMEOUT_MS = 2_000;

/** What must hold before anything is written, by pragma; SQLite ignores a setting that it cannot honour, hence the check. */
const SETTINGS = [
  { pragma: 'busy_timeout', set: String(BUSY_TIMEOUT_MS), is: BUSY_TIMEOUT_MS },
  { pragma: 'locking_mode', set: 'exclusive', is: 'exclusive' },
  { pragma: 'journal_mode', set: 'wal', is: 'wal' },
  // FULL: a commit is on disk when it returns.
  { pragma: 'synchronous', set: 'full', is: 2 },
  { pragma: 'foreign_keys', set: 'on', is: 1 },
  // `replace` must fire the triggers that keep a log append-only.
  { pragma: 'recursive_triggers', set: 'on', is: 1 },
] as const;

/** Opens the file, or makes it, and holds it until it is closed. Throws a DatabaseError: IN_USE or UNUSABLE. */
export function openSqlite(file: string): SqliteDialect {
  const database = open(file);
  try {
    for (const setting of SETTINGS) {
      database.pragma(`${setting.pragma} = ${setting.set}`);
      const value = database.pragma(setting.pragma, { simple: true });
      if (value !== setting.is) throw new DatabaseError('UNUSABLE', `SQLite does not honour ${setting.pragma} = ${setting.set} for ${file}.`);
    }
    // In exclusive mode the first transaction takes the lock, and it stays.
    database.exec('begin immediate; commit');
    noteHolder(file);
  } catch (error) {
    database.close();
    throw openingError(file, error);
  }
  return new Dialect(database, file);
}

class Dialect extends SqliteDialect {
  readonly #database: BetterSqlite3.Database;
  readonly #file: string;

  constructor(database: BetterSqlite3.Database, file: string) {
    super({ database });
    this.#database = database;
    this.#file = file;
  }

  override createDriver(): SqliteDriver {
    return new Driver(this.#database, this.#file);
  }

  override createAdapter(): SqliteAdapter {
    return new Adapter();
  }
}

class Adapter extends SqliteAdapter {
  /** SQLite rolls back DDL like anything else: migrations run in a transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Driver extends SqliteDriver {
  readonly #database: BetterSqlite3.Database;
  readonly #file: string;

  constructor(database: BetterSqlite3.Database, file: string) {
    super({
      database: keepingStatements(database),
      onCreateConnection: async (connection) => translateErrors(connection, (error) => runningError(file, error)),
    });
    this.#database = database;
    this.#file = file;
  }

  override async destroy(): Promise<void> {
    forgetHolder(this.#file);
    await super.destroy();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk ends the transaction by itself; rolling back again would hide the error that says so. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

function open(file: string): BetterSqlite3.Database {
  try {
    return new BetterSqlite3(file);
  } catch (error) {
    throw openingError(file, error);
  }
}

function openingError(file: string, error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const code = driverCodeOf(error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new DatabaseError(
      'IN_USE',
      `The database ${file} is in use by another process${readHolder(file)}. Stop the other Muster, or give this one its own file.`,
      error,
    );
  if (code === 'SQLITE_NOTADB') return new DatabaseError('UNUSABLE', `The file ${file} is not an SQLite database. Name another file.`, error);
  const advice = 'Check that its folder exists and that Muster may write there.';
  return new DatabaseError('UNUSABLE', `The database ${file} cannot be opened: ${reasonOf(error)}. ${advice}`, error);
}

function runningError(file: string, error: unknown): unknown {
  const code = driverCodeOf(error);
  if (code === 'SQLITE_FULL') return new DatabaseError('DISK_FULL', `The disk that holds the database ${file} is full. Free some space.`, error);
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CORRUPT'))
    return new DatabaseError('NOT_STORED', `The database ${file} failed: ${reasonOf(error)}. Check its disk.`, error);
  return error;
}
