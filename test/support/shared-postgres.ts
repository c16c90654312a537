// One PostgreSQL server for all test files of a run; each file makes a database of its own on it.
import type { TestProject } from 'vitest/node';
import { startPostgres, type PostgresServer } from './postgres.ts';

/** Without PostgreSQL on the machine nothing is provided, and the suites that need it fail with what to install. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const server = await started();
  if (server === null) return undefined;
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}

async function started(): Promise<PostgresServer | null> {
  try {
    return await startPostgres();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}
