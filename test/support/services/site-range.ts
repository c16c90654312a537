// The two sites with their services, and Muster as a whole beside them: what tests of the shipped runbooks drill on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actorFrom } from '../../../api/application/sessions.ts';
import type { Actor } from '../../../api/application/access.ts';
import type { App } from '../../../api/application/app.ts';
import { composeMuster, type Muster } from '../../../api/compose.ts';
import { loadConfig, type Config } from '../../../api/config.ts';
import { startSites, type Sites, type SitesOptions } from '../../../api/demo/range/sites/sites.ts';
import { loadRunbooks } from '../../../api/load-runbooks.ts';
import { createLog } from '../../../api/log.ts';
import { RangeClient } from '../../api/demo/range-client.ts';
import { fillMuster } from '../muster.ts';

export interface SiteRange {
  readonly app: App;
  /** Three coordinators: one asks and starts, the others answer. */
  readonly people: readonly [Actor, Actor, Actor];
  /** Where the service of a host listens. */
  port(host: string): number;
  /** Runs a script on a host over SSH and gives what it printed, trimmed; throws when it fails. */
  get(host: string, script: string): Promise<string>;
  stop(): Promise<void>;
}

export interface SiteRangeOptions extends Omit<SitesOptions, 'folder'> {
  /** Folders of runbooks, one after the other; all of their runbooks are approved. */
  readonly runbooks?: readonly string[];
}

const SHIPPED = new URL('../../../runbooks', import.meta.url).pathname;
const PEOPLE = ['anna', 'ben', 'cleo'] as const;
/** The services that the shipped runbooks recover. */
const SERVICES = ['online-banking', 'customer-records', 'public-website', 'single-sign-on'];

export async function startSiteRange({ runbooks = [SHIPPED], ...options }: SiteRangeOptions = {}): Promise<SiteRange> {
  // Two folders: the account of the hosts must get into the one, and nobody into the other.
  const [folder, own] = [mkdtempSync(join(tmpdir(), 'muster-sites-')), mkdtempSync(join(tmpdir(), 'muster-sites-app-'))];
  const stops: (() => Promise<void> | void)[] = [folder, own].map((one) => () => rmSync(one, { recursive: true, force: true }));
  const stop = async (): Promise<void> => {
    for (const one of stops.toReversed()) await one();
  };
  try {
    const sites = await startSites({ folder, ...options });
    stops.push(() => sites.stop());
    const muster = await composeBeside(own, sites);
    stops.push(() => muster.stop());
    await fill(muster.app, sites, runbooks);
    const opened = await muster.open(1);
    if (opened.kind === 'refused') throw new Error(opened.reason);
    const ssh = new RangeClient(sites);
    stops.push(() => ssh.close());
    const people = await Promise.all([actor(muster.app, 'anna'), actor(muster.app, 'ben'), actor(muster.app, 'cleo')]);
    return { app: muster.app, people, port: (host) => known(sites, host).servicePort, get: (host, script) => ssh.get(host, script), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function composeBeside(folder: string, sites: Sites): Promise<Muster> {
  const parts = { log: createLog('warn'), version: '0.0.0-test', isDemo: false, sshKey: sites.clientKey };
  return composeMuster({ ...parts, config: configOf(folder), webFolder: join(folder, 'web') });
}

async function fill(app: App, sites: Sites, folders: readonly string[]): Promise<void> {
  await fillMuster(app, { portfolio: portfolioOf(sites), people: Object.fromEntries(PEOPLE.map((name) => [name, ['coordinator']])) });
  for (const folder of folders) {
    for (const { hash } of await loadRunbooks(app, folder, createLog('warn'))) {
      await app.database.write((stores) => stores.runbooks.approve(hash, app.clock(), 'cleo'));
    }
  }
}

/** Runbooks ask services on loopback, where these sites are. */
function configOf(folder: string): Config {
  const loaded = loadConfig({ MUSTER_DATA: join(folder, 'data'), MUSTER_HTTP_ALLOW: '127.0.0.1' });
  if ('problems' in loaded) throw new Error(loaded.problems.join('\n'));
  return { ...loaded.config, port: 0 };
}

function portfolioOf({ hosts }: Sites): string {
  const lines = hosts.map(
    ({ key, address, port, user, hostKey, site }) =>
      `  - { key: ${key}, address: ${address}, port: ${port}, user: ${user}, site: ${site}, labels: { role: ${key.replace(/-.*/, '')} }, hostKeys: ["${hostKey}"] }`,
  );
  const services = SERVICES.map((key) => `  - { key: ${key}, name: ${key}, tier: 1, operatedBy: it }`);
  return ['sites: [{ key: hamburg }, { key: munich }]', ...(lines.length === 0 ? [] : ['hosts:', ...lines]), 'services:', ...services, ''].join('\n');
}

function known({ hosts }: Sites, key: string): Sites['hosts'][number] {
  const host = hosts.find((candidate) => candidate.key === key);
  if (host === undefined) throw new Error(`there is no host ${key}`);
  return host;
}

async function actor(app: App, name: string): Promise<Actor> {
  const account = await app.database.stores.accounts.find(name);
  if (account === null) throw new Error(`there is no account ${name}`);
  return actorFrom(account);
}
