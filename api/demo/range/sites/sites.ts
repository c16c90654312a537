// Two sites with real services on them, for drilling the shipped runbooks: PostgreSQL, Redis, nginx, BIND and backups, reached over SSH.
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbedded } from '../embedded-server.ts';
import { findSshd, startOpenSsh } from '../openssh-server.ts';
import { claimRange, releaseRange } from '../range-owner.ts';
import { endProcesses } from '../range-processes.ts';
import type { RangeHost } from '../range.ts';
import { stopNameServer } from './dns-service.ts';
import { stopCluster } from './postgres-service.ts';
import { missingPackages } from './programs.ts';
import { stopRedis } from './redis-service.ts';
import { openSiteFolder, type HostPlace, type SiteFolder, type SiteHost } from './site-folder.ts';
import { SITE_HOSTS, ZONE_TTL, type SiteHostPlan } from './site-hosts.ts';
import { startServices } from './start-services.ts';
import { stopNginx } from './web-service.ts';

export interface Sites {
  readonly hosts: readonly (RangeHost & { readonly site: string; readonly servicePort: number })[];
  /** Private key that may log in to all hosts. */
  readonly clientKey: string;
  stop(): Promise<void>;
}

export interface SitesOptions {
  /** Everything is kept in here. */
  readonly folder: string;
  /** Only these; all of them unless given. */
  readonly only?: readonly string[];
  /** More hosts, with nothing on them. */
  readonly plain?: readonly string[];
  /** Tries first the ports that runbooks name by default. */
  readonly hasKnownPorts?: boolean;
  /** File of the private key that may log in; made when it is missing. One of their own unless given. */
  readonly clientKeyPath?: string;
  /** How long resolvers may keep the name of a new range. */
  readonly nameTtlSeconds?: number;
}

/** Packages that must be installed before `startSites` can start these hosts. */
export function missingForSites(only?: readonly string[]): readonly string[] {
  return missingPackages(chosen(only).map(({ service }) => service));
}

/** Starts the hosts with their services as their disks hold them. Throws when programs are missing or a service does not start. */
export async function startSites(options: SitesOptions): Promise<Sites> {
  const { folder: given, only, plain = [] } = options;
  const missing = missingForSites(only);
  if (missing.length > 0) throw new Error(`These hosts need programs that are not installed: apt-get install ${missing.join(' ')}`);
  mkdirSync(given, { recursive: true, mode: 0o711 });
  const path = realpathSync(given);
  claimRange(path);
  const stops: (() => Promise<void>)[] = [async () => endProcesses(path), async () => releaseRange(path)];
  const stop = async (): Promise<void> => {
    for (const one of stops) await one();
  };
  try {
    await endProcesses(path);
    const plans: readonly SiteHostPlan[] = [...chosen(only), ...plain.map(plainHost)];
    await stopLeftOver(path, plans);
    const clientKeyPath = options.clientKeyPath ?? join(path, 'client-key');
    const folder = await openSiteFolder({ path, plans, clientKeyPath, hasKnownPorts: options.hasKnownPorts ?? false });
    stops.unshift(async () => void (await Promise.all(folder.hosts.map(stopService))));
    await startServices(folder, options.nameTtlSeconds ?? ZONE_TTL);
    const sshd = findSshd();
    const servers = sshd === null ? await startEmbedded(folder) : await startOpenSsh(folder, sshd);
    stops.unshift(() => servers.stop());
    return { hosts: folder.hosts.map((host) => seen(folder, host)), clientKey: folder.clientKey.private, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function chosen(only: readonly string[] | undefined): readonly SiteHostPlan[] {
  return only === undefined ? SITE_HOSTS : SITE_HOSTS.filter(({ key }) => only.includes(key));
}

function plainHost(key: string): SiteHostPlan {
  return { key, site: 'munich', service: 'plain' };
}

function seen({ user }: SiteFolder, host: SiteHost): Sites['hosts'][number] {
  const { key, site, sshPort, hostKey, port } = host;
  return { key, address: '127.0.0.1', port: sshPort, user, hostKey: hostKey.fingerprint, site, servicePort: port };
}

/** What a killed run left: some servers write over the mark by which the range finds its processes. Before ports are chosen, so that they are free. */
async function stopLeftOver(path: string, plans: readonly SiteHostPlan[]): Promise<void> {
  const known = plans.map(({ key, service }) => ({ service, home: join(path, key), enter: join(path, `${key}.enter`) }));
  await Promise.all(known.filter(({ enter }) => existsSync(enter)).map(stopService));
}

async function stopService(host: HostPlace & Pick<SiteHost, 'service'>): Promise<void> {
  switch (host.service) {
    case 'postgres':
    case 'restore':
      return stopCluster(host);
    case 'redis':
      return stopRedis(host);
    case 'web':
    case 'edge':
      return stopNginx(host);
    case 'dns':
      return stopNameServer(host);
    case 'database-client':
    case 'plain':
      return;
    default:
      return host.service satisfies never;
  }
}
