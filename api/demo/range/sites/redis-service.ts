// Redis on two sites: a primary and a replica.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from './programs.ts';
import { onHost, writeEnter, writeOnHost, writeProgram, type HostPlace, type SiteHost } from './site-folder.ts';

/** What the cache holds at the beginning. */
const KEYS = 200;

export interface RedisPair {
  readonly folder: string;
  readonly hosts: readonly [SiteHost, SiteHost];
}

/** Starts both in the roles that their settings hold; a new pair begins with the first as the primary. */
export async function startRedisPair({ folder, hosts: [first, second] }: RedisPair): Promise<void> {
  const isNew = !existsSync(settingsOf(first));
  prepare(folder, { host: first, other: second, role: isNew ? 'primary' : roleOf(first) });
  prepare(folder, { host: second, other: first, role: isNew ? 'replica' : roleOf(second) });
  for (const host of [first, second]) await onHost(host, 'redis-server redis.conf');
  if (isNew) await onHost(first, `redis-cli eval "for n = 1, ${KEYS} do redis.call('set', 'session:' .. n, 'open') end" 0`);
}

export async function stopRedis(host: HostPlace): Promise<void> {
  if (existsSync(settingsOf(host))) await onHost(host, 'redis-cli shutdown nosave now >stop.log 2>&1 || true');
}

function prepare(folder: string, { host, other, role }: { host: SiteHost; other: SiteHost; role: 'primary' | 'replica' }): void {
  writeEnter(folder, host, {});
  writeProgram(host, 'redis-cli', [programPath('redis-cli'), '-p', String(host.port)]);
  const settings = [
    `port ${host.port}`,
    'bind 127.0.0.1',
    'daemonize yes',
    `dir ${JSON.stringify(host.home)}`,
    'pidfile redis.pid',
    'logfile redis.log',
    'appendonly yes',
    'save ""',
    // The range finds its processes by what they were started with.
    'set-proc-title no',
    'repl-diskless-sync-delay 0',
    'repl-ping-replica-period 1',
    ...(role === 'replica' ? [`replicaof 127.0.0.1 ${other.port}`] : []),
  ];
  writeOnHost(host, 'redis.conf', `${settings.join('\n')}\n`);
}

function settingsOf(host: HostPlace): string {
  return join(host.home, 'redis.conf');
}

/** As its settings say, which Redis keeps in step with its role when it is told to. */
function roleOf(host: SiteHost): 'primary' | 'replica' {
  return /^replicaof /m.test(readFileSync(settingsOf(host), 'utf8')) ? 'replica' : 'primary';
}
