// Muster as a process of its own, as `npm start` runs it: started, killed and started again over the same folder.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSession } from '../../api/application/sessions.ts';
import { openDatabase, type DatabaseLocation } from '../../api/db/open-database.ts';
import { argon2Passwords } from '../../api/passwords/argon2.ts';
import { compileApp } from './compiled-app.ts';
import { graphqlClient, type GraphqlClient } from './graphql-client.ts';
import { fillMuster, type MusterContent } from './muster.ts';

export interface ProcessOptions extends MusterContent {
  readonly sshKey: string;
  /** An SQLite file in the folder unless given; an empty database. */
  readonly postgresUrl?: string;
  /** Where the SQLite file is, if not in the folder of the process. */
  readonly databaseFolder?: string;
}

/** How a server that did not open ended. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

export interface MusterProcess {
  readonly folder: string;
  readonly port: number;
  readonly location: DatabaseLocation;
  /** Resolves when it is open. Throws with what it said when it ends instead. */
  start(): Promise<void>;
  /** For one that is not to open. */
  startsInVain(env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** As a power cut does. Resolves when it is gone. */
  kill(): Promise<void>;
  /** As an operator does; gives the exit code. */
  terminate(): Promise<number | null>;
  as(name: string): GraphqlClient;
  remove(): Promise<void>;
}

/** Sessions are made with the database, one for each person: a running server alone holds it. */
export async function musterProcess(options: ProcessOptions): Promise<MusterProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-process-'));
  compileApp(join(folder, 'app'));
  const key = join(folder, 'ssh_key');
  writeFileSync(key, options.sshKey, { mode: 0o600 });
  const location = locationOf(options.databaseFolder ?? folder, options.postgresUrl);
  const secrets = await prepare(location, options);
  const port = await freePort();
  const database = location.kind === 'sqlite' ? location.file : location.url;
  const settings = { MUSTER_PORT: String(port), MUSTER_DATA: folder, MUSTER_DATABASE: database, MUSTER_SSH_KEY: key, MUSTER_LOG_LEVEL: 'warn' };
  const clients: GraphqlClient[] = [];
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    child = null;
    for (const client of clients.splice(0)) await client.close();
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    ending.kill(signal);
    await once(ending, 'exit');
    return ending.exitCode;
  };
  return {
    folder,
    port,
    location,
    async start() {
      const started = launch(folder, settings);
      child = started;
      await untilOpen(started);
    },
    startsInVain: (env = {}) => untilEnded(launch(folder, { ...settings, ...env })),
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    as(name) {
      const secret = secrets.get(name);
      if (secret === undefined) throw new Error(`${name} has no session`);
      const client = graphqlClient(`http://127.0.0.1:${port}`, secret);
      clients.push(client);
      return client;
    },
    async remove() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

function locationOf(folder: string, postgresUrl: string | undefined): DatabaseLocation {
  return postgresUrl === undefined ? { kind: 'sqlite', file: join(folder, 'muster.db') } : { kind: 'postgres', url: postgresUrl };
}

/** Migrates and fills the database; gives a session for each person. */
export async function prepare(location: DatabaseLocation, content: MusterContent): Promise<ReadonlyMap<string, string>> {
  const database = await openDatabase(location);
  try {
    await database.migrate();
    await fillMuster({ database, clock: Date.now, passwords: argon2Passwords() }, content);
    const secrets = new Map<string, string>();
    for (const name of Object.keys(content.people ?? {})) {
      secrets.set(name, await database.write((stores) => startSession(stores, name, Date.now())));
    }
    return secrets;
  } finally {
    await database.close();
  }
}

/** `folder` holds the compiled app as `app`. */
export function launch(folder: string, settings: Readonly<Record<string, string>>): ChildProcess {
  const app = join(folder, 'app');
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NODE_COMPILE_CACHE: join(app, 'cache'),
    MUSTER_RUNBOOKS: join(folder, 'no-runbooks'),
    ...settings,
  };
  return spawn(process.execPath, [join(app, 'api', 'main.js')], { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function untilOpen(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said.push(chunk.toString());
      if (said.join('').includes('Muster is open at')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code, signal) => reject(new Error(`Muster ended (${code ?? signal}): ${said.join('')}`)));
  });
}

async function untilEnded(child: ChildProcess): Promise<Ended> {
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, said: said.join('') };
}
