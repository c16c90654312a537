// Connects to the hosts of a runbook or of all, verifies their keys, runs nothing, and keeps what was seen.
import { planHosts } from '../domain/drill/plan-hosts.ts';
import type { Host } from '../domain/catalogue/portfolio.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import type { HostCheck } from '../domain/readiness/evidence.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { assessReadiness } from './assess-readiness.ts';

/** How many connections are tried at once: enough to be quick, few enough to spare the network. */
const AT_ONCE = 10;

export async function checkHosts(app: App, actor: Actor | null, runbookKey: string): Promise<Result<readonly HostCheck[]>> {
  const denied = deny(actor, 'hosts.check');
  if (denied !== null) return { ok: false, refusal: denied };
  const { stores } = app.database;
  const found = await stores.runbooks.find(runbookKey);
  if (found === null) return refused('NOT_FOUND', `There is no runbook "${runbookKey}".`, { field: 'runbook' });
  const portfolio = await stores.portfolio.load();
  const hosts = await stores.portfolio.hosts(planHosts((found.approved ?? found.latest).runbook, portfolio));
  return done(await checkAndKeep(app, hosts));
}

/** Checks these hosts and assesses again, since reachability is evidence. */
export async function checkAndKeep(app: App, hosts: readonly Host[]): Promise<readonly HostCheck[]> {
  const checks: HostCheck[] = [];
  for (let start = 0; start < hosts.length; start += AT_ONCE) {
    checks.push(...(await Promise.all(hosts.slice(start, start + AT_ONCE).map((host) => checkHost(app, host)))));
  }
  await app.database.write(async (stores) => {
    for (const check of checks) await stores.readiness.saveHostCheck(check);
  });
  await assessReadiness(app);
  return checks;
}

async function checkHost(app: App, host: Host): Promise<HostCheck> {
  const seen = await app.remote.check(host);
  const at = app.clock();
  if (seen.isReachable) return { host: host.key, at, isReachable: true, isKeyChanged: false, problem: null };
  return { host: host.key, at, isReachable: false, isKeyChanged: seen.stage === 'host-key' && host.hostKeys.length > 0, problem: seen.message };
}
