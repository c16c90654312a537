// Connects to the hosts of a plan as its drill will, and says what would keep it from logging in.
import type { PlanHost } from '../domain/drill/plan.ts';
import type { HostCheck } from '../domain/readiness/evidence.ts';
import type { PreflightProblem } from '../domain/schedule/preflight.ts';
import type { App } from './app.ts';
import type { RemoteCheck, SshStage } from './ports.ts';

/** How many connections are tried at once: enough to be quick, few enough to spare the network. */
const AT_ONCE = 10;

type CheckingApp = Pick<App, 'database' | 'remote' | 'clock'>;

/** Keeps what was seen of each host, as evidence of whether it can be reached. */
export async function checkPlanHosts(app: CheckingApp, hosts: readonly PlanHost[]): Promise<readonly PreflightProblem[]> {
  const problems: PreflightProblem[] = [];
  for (let start = 0; start < hosts.length; start += AT_ONCE) {
    const seen = await Promise.all(
      hosts.slice(start, start + AT_ONCE).map(async (host) => ({ host, check: await app.remote.check(host), at: app.clock() })),
    );
    await app.database.write(async ({ readiness, portfolio }) => {
      const known = new Set((await portfolio.hosts(seen.map(({ host }) => host.key))).map(({ key }) => key));
      for (const one of seen) if (known.has(one.host.key)) await readiness.saveHostCheck(hostCheck(one));
    });
    problems.push(...seen.flatMap(({ host, check }) => (check.isReachable ? [] : [problemOf(host, check)])));
  }
  return problems;
}

function hostCheck({ host, check, at }: { host: PlanHost; check: RemoteCheck; at: number }): HostCheck {
  if (check.isReachable) return { host: host.key, at, isReachable: true, isKeyChanged: false, problem: null };
  return { host: host.key, at, isReachable: false, isKeyChanged: check.stage === 'host-key' && host.hostKeys.length > 0, problem: check.message };
}

const REMEDIES: Readonly<Record<SshStage, { readonly code: string; readonly remedy: string }>> = {
  dns: { code: 'host-unreachable', remedy: 'Correct its address in the portfolio, or the name service.' },
  tcp: { code: 'host-unreachable', remedy: 'Start it, or open the way to its SSH port.' },
  'key-exchange': { code: 'host-unreachable', remedy: 'See what its SSH server offers and logs.' },
  'host-key': { code: 'host-key-differs', remedy: 'Find out why its key is another one. Pin the new key only when that is explained.' },
  authentication: { code: 'login-refused', remedy: 'Let the key of Muster in for that user, or correct the user.' },
  channel: { code: 'no-session', remedy: 'Raise the number of sessions that its SSH server allows.' },
};

function problemOf({ key }: PlanHost, check: Extract<RemoteCheck, { isReachable: false }>): PreflightProblem {
  const { code, remedy } = REMEDIES[check.stage];
  return { code, severity: 'error', message: `${key}: ${check.message}`, remedy, host: key };
}
