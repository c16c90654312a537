// Empty databases for tests: an SQLite file in a temporary folder, or a database on a real PostgreSQL server.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest';
import { openDatabase, type DatabaseLocation, type StatementRun } from '../../api/db/open-database.ts';
import { MIGRATIONS } from '../../api/db/migrations/all-migrations.ts';
import type { Database, Stores } from '../../api/application/stores.ts';
import { startPostgres, type PostgresServer } from './postgres.ts';

/** Making a cluster takes a second or two on an idle machine. */
const START_TIMEOUT_MS = 60_000;

declare module 'vitest' {
  interface ProvidedContext {
    /** Set when one server is shared by the whole test run; see `startPostgres`. */
    postgresUrl: string;
  }
}

/** Closed and removed after the test. */
export interface TestDatabase {
  readonly location: DatabaseLocation;
  readonly database: Database;
  readonly stores: Stores;
  /** What was run since the test began, the migrations included. */
  readonly statements: readonly StatementRun[];
  /** Past the stores, as somebody with a database client would. An SQLite file is let go for that and taken again: no store from before can be used. */
  runSql(statement: string, parameters?: readonly unknown[]): Promise<readonly unknown[]>;
}

/** The same tests for each database; before each of them an empty, migrated one is there. */
export function onEachDatabase(title: string, tests: (current: () => TestDatabase) => void): void {
  describe(`${title} on SQLite`, () => {
    tests(eachTestHas(sqliteLocation));
  });
  describe(`${title} on PostgreSQL`, () => {
    const server = postgresForFile();
    tests(eachTestHas(() => postgresLocation(server())));
  });
}

/** For tests of what stands on the stores: a new, migrated SQLite database before each test. */
export function withSqlite(): () => TestDatabase {
  return eachTestHas(sqliteLocation);
}

interface Place {
  readonly location: DatabaseLocation;
  remove(): Promise<unknown>;
}

function eachTestHas(newPlace: () => Place): () => TestDatabase {
  let current: { readonly test: TestDatabase; readonly place: Place } | null = null;
  beforeEach(async () => {
    const place = newPlace();
    current = { place, test: await openAt(place.location) };
  });
  afterEach(async () => {
    const ended = current;
    current = null;
    await ended?.test.database.close();
    await ended?.place.remove();
  });
  return () => {
    if (current === null) throw new Error('There is a database only while a test runs.');
    return current.test;
  };
}

async function openAt(location: DatabaseLocation): Promise<TestDatabase> {
  const statements: StatementRun[] = [];
  const open = (): Promise<Database> => openDatabase(location, (run) => statements.push(run));
  let database = await open();
  await database.migrate();
  return {
    location,
    statements,
    get database() {
      return database;
    },
    get stores() {
      return database.stores;
    },
    runSql: async (statement, parameters = []) => {
      if (location.kind === 'postgres') return onServer(location.url, statement, parameters);
      await database.close();
      try {
        return onFile(location.file, statement, parameters);
      } finally {
        database = await open();
      }
    },
  };
}

function sqliteLocation(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'muster-sqlite-'));
  return {
    location: { kind: 'sqlite', file: join(folder, 'muster.db') },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function postgresLocation(url: string): Place {
  return { location: { kind: 'postgres', url }, remove: () => onServer(url, emptyAllTables()) };
}

/** A tenth of the time of a new database. As a replica no trigger fires, also not those that keep a log append-only. */
function emptyAllTables(): string {
  const known = MIGRATIONS.map(({ name }) => `'${name}'`).join(', ');
  return `
    set session_replication_role = replica;
    do $$
      declare name text;
      begin
        for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
          execute format('delete from %I', name);
        end loop;
      end
    $$;
    delete from kysely_migration where name not in (${known})`;
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(url: string, statement: string, parameters: readonly unknown[] = []): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(statement, [...parameters])).rows;
  } finally {
    await client.end();
  }
}

function onFile(file: string, statement: string, parameters: readonly unknown[]): readonly unknown[] {
  const client = new BetterSqlite3(file);
  try {
    const prepared = client.prepare(statement);
    if (prepared.reader) return prepared.all(...parameters);
    prepared.run(...parameters);
    return [];
  } finally {
    client.close();
  }
}

/** A migrated database on the shared server of the test run, or on a server for this file. */
function postgresForFile(): () => string {
  let own: PostgresServer | null = null;
  let ready: { readonly server: string; readonly name: string } | null = null;
  beforeAll(async () => {
    // Undefined when nobody provides it, whatever the type says.
    const shared: string | undefined = inject('postgresUrl');
    if (shared === undefined) own = await startPostgres();
    const server = shared ?? own?.url ?? '';
    const name = `muster_${randomUUID().replaceAll('-', '')}`;
    await onServer(server, `create database ${name}`);
    ready = { server, name };
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    if (ready !== null) await onServer(ready.server, `drop database ${ready.name} with (force)`);
    await own?.stop();
  });
  return () => {
    if (ready === null) throw new Error('PostgreSQL runs only while tests run.');
    return urlOf(ready.server, ready.name);
  };
}
