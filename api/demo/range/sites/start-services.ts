// Starts what runs on the hosts, one kind of service beside the other.
import { startBackups } from './backup-service.ts';
import { prepareDatabaseClient } from './database-client.ts';
import { startNameServer } from './dns-service.ts';
import { startPostgres } from './postgres-service.ts';
import { startRedisPair } from './redis-service.ts';
import type { SiteFolder, SiteHost } from './site-folder.ts';
import type { SiteService } from './site-hosts.ts';
import { startWebTier } from './web-service.ts';

/** Of what is in the folder: a pair of caches is started when both are there. */
export async function startServices({ path: folder, hosts }: SiteFolder, nameTtlSeconds: number): Promise<void> {
  const of = (service: SiteService): readonly SiteHost[] => hosts.filter((host) => host.service === service);
  await Promise.all([
    startDatabases(folder, of),
    startCaches(folder, of),
    startWeb(folder, of),
    ...of('dns').map((host) => startNameServer({ folder, host, nameTtlSeconds })),
  ]);
}

type HostsOf = (service: SiteService) => readonly SiteHost[];

async function startDatabases(folder: string, of: HostsOf): Promise<void> {
  const servers = of('postgres');
  const [first, second] = servers;
  if (first === undefined) return;
  for (const host of of('database-client')) prepareDatabaseClient({ folder, host, servers });
  await startPostgres({ folder, first, second: second ?? null });
  for (const restore of of('restore')) await startBackups({ folder, source: first, restore });
}

async function startCaches(folder: string, of: HostsOf): Promise<void> {
  const [first, second] = of('redis');
  if (first !== undefined && second !== undefined) await startRedisPair({ folder, hosts: [first, second] });
}

async function startWeb(folder: string, of: HostsOf): Promise<void> {
  const [edge] = of('edge');
  if (edge !== undefined) await startWebTier({ folder, servers: of('web'), edge });
}
