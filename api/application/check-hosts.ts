// Connects to the hosts of a runbook or of all, verifies their keys, runs nothing, and keeps what was seen.
import { hostProblems, planHostOf, type HostsByKey } from '../domain/drill/plan-host.ts';
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

export async function checkOneHost(app: App, actor: Actor | null, key: string): Promise<Result<HostCheck>> {
  const denied = deny(actor, 'hosts.check');
  if (denied !== null) return { ok: false, refusal: denied };
  const [check] = await checkAndKeep(app, await app.database.stores.portfolio.hosts([key]));
  return check === undefined ? refused('NOT_FOUND', `There is no host "${key}".`, { field: 'host' }) : done(check);
}

/** Checks these hosts, each on its way through the portfolio, and assesses again, since reachability is evidence. */
export async function checkAndKeep(app: App, hosts: readonly Host[]): Promise<readonly HostCheck[]> {
  const portfolio = await app.database.stores.portfolio.load();
  const byKey = new Map([...portfolio.hosts, ...hosts].map((host) => [host.key, host]));
  const checks: HostCheck[] = [];
  for (let start = 0; start < hosts.length; start += AT_ONCE) {
    checks.push(...(await Promise.all(hosts.slice(start, start + AT_ONCE).map(({ key }) => checkHost(app, key, byKey)))));
  }
  await app.database.write(async (stores) => {
    for (const check of checks) await stores.readiness.saveHostCheck(check);
  });
  await assessReadiness(app);
  return checks;
}

async function checkHost(app: App, key: string, byKey: HostsByKey): Promise<HostCheck> {
  const host = planHostOf(key, byKey);
  if (host === null) {
    const problem = hostProblems(key, byKey, null).map(({ message, remedy }) => `${message} ${remedy}`);
    return { host: key, at: app.clock(), isReachable: false, isKeyChanged: false, problem: problem.join(' ') };
  }
  const seen = await app.remote.check(host);
  const at = app.clock();
  if (seen.isReachable) return { host: key, at, isReachable: true, isKeyChanged: false, problem: null, roundTripMs: seen.roundTripMs };
  const isOwnKey = seen.stage === 'host-key' && seen.hop === undefined;
  const more = {
    ...(seen.hop === undefined ? {} : { hop: seen.hop }),
    ...(isOwnKey && seen.offeredKey !== null ? { offeredKey: seen.offeredKey } : {}),
  };
  return { host: key, at, isReachable: false, isKeyChanged: isOwnKey && host.hostKeys.length > 0, problem: seen.message, ...more };
}
