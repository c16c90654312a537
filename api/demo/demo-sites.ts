// The two sites with real services, for `npm run demo -- --all`: started when their programs are there, and registered beside the ledger's hosts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../application/app.ts';
import { approveRevision } from '../application/approve-revision.ts';
import { applyPortfolio } from '../application/import-portfolio.ts';
import { demoActor, COORDINATOR } from './demo-accounts.ts';
import { pinRangeHosts } from './demo-data.ts';
import { missingForSites, startSites, type Sites } from './range/sites/sites.ts';

export interface DemoSitesOptions {
  readonly dataFolder: string;
  /** The key that logs in to the ledger's hosts too: Muster has one. */
  readonly clientKeyPath: string;
  readonly say: (line: string) => void;
}

/** Null, with a line that says why, when they cannot be started: the rest of the demo does without. */
export async function startDemoSites({ dataFolder, clientKeyPath, say }: DemoSitesOptions): Promise<Sites | null> {
  const missing = missingForSites();
  if (missing.length > 0) {
    say(`The two sites need programs that are not installed; on Debian: apt-get install ${missing.join(' ')}. The demo goes on without them.`);
    return null;
  }
  const { folder, remove } = sitesFolder(dataFolder);
  try {
    const sites = await startSites({ folder, clientKeyPath, hasKnownPorts: true });
    say(`Two sites: ${sites.hosts.length} hosts with PostgreSQL, Redis, nginx, BIND and backups on loopback.`);
    const stop = async (): Promise<void> => {
      await sites.stop();
      remove();
    };
    return { ...sites, stop };
  } catch (error) {
    remove();
    say(`The two sites could not be started: ${error instanceof Error ? error.message : String(error)} The demo goes on without them.`);
    return null;
  }
}

/** Kept with the demo's data. Where that is root's, the account of the hosts must not get into it: then they have a folder of their own for this time. */
function sitesFolder(dataFolder: string): { readonly folder: string; readonly remove: () => void } {
  if (process.getuid?.() !== 0) return { folder: join(dataFolder, 'sites'), remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'muster-demo-sites-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Adds the hosts to the portfolio, vouches for their keys, and approves the runbooks that move what runs on them. */
export async function registerSites(app: App, sites: Sites): Promise<void> {
  const stored = await app.database.stores.portfolio.load();
  const others = stored.hosts.filter(({ key }) => !sites.hosts.some((host) => host.key === key));
  const added = sites.hosts.map(({ key, address, port, user, site, hostKey }) => ({
    key,
    name: key,
    address,
    port,
    user,
    site,
    labels: {},
    jump: null,
    credential: null,
    hostKeys: [hostKey],
    pinned: {},
  }));
  const applied = await applyPortfolio(app, null, { portfolio: { ...stored, hosts: [...others, ...added] }, problems: [] });
  if (!applied.ok) throw new Error(applied.refusal.message);
  await pinRangeHosts(app, sites.hosts);
  const coordinator = await demoActor(app, COORDINATOR);
  for (const { latest } of await app.database.stores.runbooks.list()) {
    if (latest.approvedAt !== null) continue;
    const approved = await approveRevision(app, coordinator, latest.hash);
    if (!approved.ok) throw new Error(approved.refusal.message);
  }
}
