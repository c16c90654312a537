// A real PostgreSQL server for tests: a cluster of its own in a temporary folder, on a free port, gone afterwards.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

export interface PostgresServer {
  /** Of the database `postgres`, for a superuser who needs no password. */
  readonly url: string;
  /** Ends the server as an operator does; its data stays. */
  halt(): Promise<void>;
  /** Starts it again, should it not run. Resolves when it answers; throws when it ends instead. */
  goOn(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Where its data lies: memory unless given. */
  readonly folder?: string;
  /** A few megabytes in all, instead of 16 for each file of the log. */
  readonly isSmall?: boolean;
}

/** Where Debian and Ubuntu put them, a folder a version. */
const VERSIONS_FOLDER = '/usr/lib/postgresql';
const START_TIMEOUT_MS = 30_000;
const POLL_EVERY_MS = 50;
const SETTINGS = ['full_page_writes=off', 'max_connections=200'];
/** Megabytes of each file of the log. */
const SMALL_LOG = ['--wal-segsize=1'];
const SMALL_SETTINGS = ['min_wal_size=2MB', 'max_wal_size=1GB', 'wal_recycle=off'];
/** Memory, where it is as fast to wait for the disk as not to: Muster wants a server that does. */
const MEMORY_FOLDER = '/dev/shm';
const MEMORY_NEEDED_BYTES = 1_000_000_000;

/** Throws an error that says what to install when there is no PostgreSQL on this machine. */
export async function startPostgres({ folder: within = fastFolder(), isSmall = false }: PostgresOptions = {}): Promise<PostgresServer> {
  const binaries = findBinaries();
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(within, 'muster-postgres-'));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const owner = user ?? {};
  const clusterOptions = ['--auth=trust', '--username=muster', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8', ...(isSmall ? SMALL_LOG : [])];
  execFileSync(join(binaries, 'initdb'), ['-D', data, ...clusterOptions], { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...SETTINGS, ...(isSmall ? SMALL_SETTINGS : [])];
  const settings = all.flatMap((setting) => ['-c', setting]);
  const url = `postgres://muster@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | null = null;
  const killServer = (): boolean => server?.kill('SIGQUIT') ?? false;
  process.once('exit', killServer);
  const goOn = async (): Promise<void> => {
    if (server === null || !isRunning(server)) {
      server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...settings], { ...owner, cwd: folder, stdio: 'ignore' });
    }
    await untilItAnswers(url, server);
  };
  const halt = async (): Promise<void> => {
    // SIGINT: open connections are cut.
    if (server !== null && isRunning(server) && server.kill('SIGINT')) await once(server, 'exit');
  };
  await goOn();
  return {
    url,
    goOn,
    halt,
    stop: async () => {
      process.off('exit', killServer);
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function fastFolder(): string {
  if (!existsSync(MEMORY_FOLDER)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize > MEMORY_NEEDED_BYTES ? MEMORY_FOLDER : tmpdir();
}

function findBinaries(): string {
  const versions = existsSync(VERSIONS_FOLDER) ? readdirSync(VERSIONS_FOLDER).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folder = versions.map((version) => join(VERSIONS_FOLDER, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (folder === undefined)
    throw new Error(`These tests need PostgreSQL in ${VERSIONS_FOLDER}: apt-get install -y --no-install-recommends postgresql`);
  return folder;
}

/** PostgreSQL refuses to run as root. Null when we are not root. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

function idOfNobody(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP port could be found for PostgreSQL');
  return address.port;
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline)
        throw new Error('PostgreSQL was started for the tests, but does not answer', { cause: error });
      await pause(POLL_EVERY_MS);
    }
  }
}
