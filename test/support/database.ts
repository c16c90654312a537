// Fresh databases for tests: an SQLite file in a temporary folder, or a database of its own on a real PostgreSQL server.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest';
import { openDatabase, type DatabaseLocation, type StatementRun } from '../../api/db/open-database.ts';
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

/** The same tests for each database; before each of them a new, migrated one is there. */
export function onEachDatabase(title: string, tests: (current: () => TestDatabase) => void): void {
  describe(`${title} on SQLite`, () => {
    tests(eachTestHas(async () => sqliteLocation()));
  });
  describe(`${title} on PostgreSQL`, () => {
    const server = postgresForFile();
    tests(eachTestHas(() => postgresLocation(server())));
  });
}

/** For tests of what stands on the stores: a new, migrated SQLite database before each test. */
export function withSqlite(): () => TestDatabase {
  return eachTestHas(async () => sqliteLocation());
}

interface Place {
  readonly location: DatabaseLocation;
  remove(): Promise<unknown>;
}

function eachTestHas(newPlace: () => Promise<Place>): () => TestDatabase {
  let current: { readonly test: TestDatabase; readonly place: Place } | null = null;
  beforeEach(async () => {
    const place = await newPlace();
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

async function postgresLocation({ url, template }: PostgresTemplate): Promise<Place> {
  const name = newName();
  await onServer(url, `create database ${name} template ${template}`);
  return { location: { kind: 'postgres', url: urlOf(url, name) }, remove: () => onServer(url, `drop database ${name} with (force)`) };
}

function newName(): string {
  return `muster_${randomUUID().replaceAll('-', '')}`;
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

interface PostgresTemplate {
  readonly url: string;
  /** A migrated database; copying it takes a third of the time that migrating does. */
  readonly template: string;
}

/** On the shared server of the test run, or on one for this file. */
function postgresForFile(): () => PostgresTemplate {
  let own: PostgresServer | null = null;
  let ready: PostgresTemplate | null = null;
  beforeAll(async () => {
    // Undefined when nobody provides it, whatever the type says.
    const shared: string | undefined = inject('postgresUrl');
    if (shared === undefined) own = await startPostgres();
    const url = shared ?? own?.url ?? '';
    const template = newName();
    await onServer(url, `create database ${template}`);
    const database = await openDatabase({ kind: 'postgres', url: urlOf(url, template) });
    await database.migrate();
    await database.close();
    ready = { url, template };
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    if (ready !== null) await onServer(ready.url, `drop database ${ready.template}`);
    await own?.stop();
  });
  return () => {
    if (ready === null) throw new Error('PostgreSQL runs only while tests run.');
    return ready;
  };
}
