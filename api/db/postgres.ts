// The PostgreSQL server: a pool of connections with limits, big integers as numbers.
import { Pool, types, DatabaseError as ServerError } from 'pg';
import { PostgresDialect, PostgresDriver, type DatabaseConnection } from 'kysely';
import { DatabaseError, driverCodeOf, reasonOf } from './database-error.ts';
import { translateErrors } from './translate-errors.ts';

/** Writers wait outside of the pool, so these serve readers; a server allows 100 in all unless told otherwise. */
const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** No statement of ours comes near; one that hangs must not hold a request for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A process that stalls inside a write loses it, or nobody else could write any more. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

/** PostgreSQL's type number of `bigint`, which the driver would hand on as text. */
const BIGINT_OID = 20;

/** The dialect for the server at `url`; nothing is connected yet. `ownName` is what this process is called there. */
export function openPostgres(url: string, ownName: string): PostgresDialect {
  const pool = new Pool({
    connectionString: url,
    application_name: ownName,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
  });
  // A connection that breaks while nobody uses it is replaced at the next statement, which speaks up when that fails.
  pool.on('error', () => undefined);
  // The same for one that is in use: the statement fails, and without this the process would end as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Dialect(pool, placeOf(url));
}

class Dialect extends PostgresDialect {
  readonly #pool: Pool;
  readonly #place: string;

  constructor(pool: Pool, place: string) {
    super({ pool });
    this.#pool = pool;
    this.#place = place;
  }

  override createDriver(): PostgresDriver {
    return new Driver(this.#pool, this.#place);
  }
}

class Driver extends PostgresDriver {
  readonly #place: string;

  constructor(pool: Pool, place: string) {
    super({ pool, onCreateConnection: async (connection) => translateErrors(connection, (error) => runningError(place, error)) });
    this.#place = place;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return await super.acquireConnection();
    } catch (error) {
      throw unreachable(this.#place, error);
    }
  }
}

/** Counts and instants are far below 2^53. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === BIGINT_OID ? Number : types.getTypeParser(oid, format);

/** `muster at db.example.org:5432`: what may be shown; the password may not. */
function placeOf(url: string): string {
  if (!URL.canParse(url))
    throw new DatabaseError('UNUSABLE', 'The address of the PostgreSQL database must look like postgres://user@host:5432/name.');
  const { hostname, port, pathname } = new URL(url);
  return `${decodeURIComponent(pathname.slice(1))} at ${hostname}:${port || '5432'}`;
}

function unreachable(place: string, error: unknown): DatabaseError {
  const advice = 'Check that the server runs and that address, name and password are right.';
  return new DatabaseError('UNREACHABLE', `The PostgreSQL database ${place} cannot be reached: ${reasonOf(error)}. ${advice}`, error);
}

/** Its own words for a statement that took too long, and for a connection that was ended because its write stood still. */
const STATEMENT_TIMEOUT = '57014';
const IDLE_IN_TRANSACTION = '25P03';

/** SQLSTATE: 53100 disk full. Its classes: 08 connection, 57P shutdown, 53 out of resources, 58 system error; a broken socket has no SQLSTATE. */
function runningError(place: string, error: unknown): unknown {
  const code = driverCodeOf(error);
  if (code === '53100') return new DatabaseError('DISK_FULL', `The disk of the PostgreSQL database ${place} is full. Free some space.`, error);
  if (code.startsWith('53') || code.startsWith('58') || code === STATEMENT_TIMEOUT)
    return new DatabaseError('NOT_STORED', `The PostgreSQL database ${place} failed: ${reasonOf(error)}. Check its disk and limits.`, error);
  if (code.startsWith('08') || code.startsWith('57P') || code === IDLE_IN_TRANSACTION || !(error instanceof ServerError))
    return unreachable(place, error);
  // Whatever the reason, it has ended the connection.
  return error.severity === 'FATAL' || error.severity === 'PANIC' ? unreachable(place, error) : error;
}
