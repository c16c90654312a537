// Several processes of Muster over one PostgreSQL database, each with its role and its port, as on several machines.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileApp } from './compiled-app.ts';
import { graphqlClient, type GraphqlClient } from './graphql-client.ts';
import { freePort, launch, prepare, untilOpen } from './muster-process.ts';
import type { MusterContent } from './muster.ts';

export interface FleetOptions extends MusterContent {
  readonly sshKey: string;
  readonly postgresUrl: string;
  readonly leaseSeconds: number;
}

export interface FleetMember {
  readonly port: number;
  readonly pid: number;
  /** A session of this person with this process. */
  as(name: string): GraphqlClient;
  /** Stands still, as a machine does that is out of breath, until it goes on. */
  pause(): void;
  goOn(): void;
  kill(): Promise<void>;
  /** Gives the exit code. */
  terminate(): Promise<number | null>;
  /** All that it has said, its log included. */
  said(): string;
}

export interface MusterFleet {
  readonly folder: string;
  /** Resolves when it is open. */
  start(role: 'all' | 'api' | 'worker'): Promise<FleetMember>;
  /** Ends what still runs. */
  remove(): Promise<void>;
}

export async function musterFleet(options: FleetOptions): Promise<MusterFleet> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-fleet-'));
  compileApp(join(folder, 'app'));
  const key = join(folder, 'ssh_key');
  writeFileSync(key, options.sshKey, { mode: 0o600 });
  const secrets = await prepare({ kind: 'postgres', url: options.postgresUrl }, options);
  const members = new Set<FleetMember>();
  return {
    folder,
    async start(role) {
      const port = await freePort();
      const child = launch(folder, {
        MUSTER_ROLE: role,
        MUSTER_LEASE_SECONDS: String(options.leaseSeconds),
        MUSTER_PORT: String(port),
        MUSTER_DATA: folder,
        MUSTER_DATABASE: options.postgresUrl,
        MUSTER_SSH_KEY: key,
        MUSTER_LOG_LEVEL: 'warn',
      });
      const made = memberOf({ child, port, secrets });
      members.add(made);
      await untilOpen(child);
      return made;
    },
    async remove() {
      for (const member of members) await member.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly secrets: ReadonlyMap<string, string>;
}

function memberOf({ child, port, secrets }: Started): FleetMember {
  const { pid } = child;
  if (pid === undefined) throw new Error('The process could not be started.');
  const clients: GraphqlClient[] = [];
  let said = '';
  const hear = (chunk: Buffer): void => void (said += chunk.toString());
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    for (const client of clients.splice(0)) await client.close();
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return {
    port,
    pid,
    as(name) {
      const secret = secrets.get(name);
      if (secret === undefined) throw new Error(`${name} has no session`);
      const client = graphqlClient(`http://127.0.0.1:${port}`, secret);
      clients.push(client);
      return client;
    },
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    said: () => said,
  };
}
