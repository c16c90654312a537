// An empty database on a PostgreSQL server: that of the test run, or one of its own.
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { startPostgres } from '../../support/postgres.ts';

export interface EmptyPostgres {
  readonly postgresUrl: string;
  remove(): Promise<void>;
}

/** `shared` is the server's URL when there is one. */
export async function emptyPostgres(shared: string | undefined): Promise<EmptyPostgres> {
  const own = shared === undefined ? await startPostgres() : null;
  const server = shared ?? own?.url ?? '';
  const name = `muster_${randomUUID().replaceAll('-', '')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    postgresUrl: url.href,
    async remove() {
      await run(server, `drop database ${name} with (force)`);
      await own?.stop();
    },
  };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
