// Which hosts and sites a runbook takes for lost: read from what it stops, since no key of the head says it.
import type { Runbook, Step, Target } from '../runbook.ts';
import { templateNames } from '../template.ts';
import type { LintPortfolio, LintSubject } from './lint-subject.ts';
import { isAction } from './parts/steps.ts';

export interface LostSide {
  /** The step since which it is gone. */
  readonly since: string;
  /** Names of the targets that are on the lost side. */
  readonly targets: ReadonlySet<string>;
  /** Keys, names and addresses of lost hosts. */
  readonly hosts: ReadonlySet<string>;
  /** Keys and names of lost sites. */
  readonly sites: ReadonlySet<string>;
  /** Inputs that stand for a lost host. */
  readonly inputs: ReadonlySet<string>;
}

const SCENARIOS: ReadonlySet<string> = new Set(['site-loss', 'host-loss']);
const NO_PORTFOLIO: LintPortfolio = { hosts: [], sites: [] };

/**
 * The lost side is where the canary is written, or else the target of the first action of the phase `stop`; null where neither is
 * there or the scenario is another. With site-loss everything at the sites of those hosts is lost with them.
 */
export function lostSideOf({ runbook, context }: LintSubject): LostSide | null {
  if (!SCENARIOS.has(runbook.scenario)) return null;
  const first = firstLost(runbook);
  const target = runbook.targets.find(({ name }) => name === first?.on);
  if (first === null || target === undefined || target.by === 'local') return null;
  const portfolio = context.portfolio ?? NO_PORTFOLIO;
  const ofTarget = hostsOf(target, runbook, portfolio);
  const sites = runbook.scenario === 'site-loss' ? sitesOf(target, ofTarget, portfolio) : new Set<string>();
  const gone = portfolio.hosts.filter(({ key, site }) => ofTarget.includes(key) || (site !== null && sites.has(site)));
  const goneKeys = new Set([...ofTarget, ...gone.map(({ key }) => key)]);
  // Several hosts may share an address, on a practice range for example: it then tells nothing.
  const living = new Set(portfolio.hosts.filter(({ key }) => !goneKeys.has(key)).map(({ address }) => address));
  return {
    since: first.since,
    targets: new Set(
      runbook.targets.filter((one) => one.name === target.name || isGone(one, { runbook, portfolio, goneKeys, sites })).map(({ name }) => name),
    ),
    hosts: new Set([...goneKeys, ...gone.map(({ address }) => address).filter((address) => !living.has(address))]),
    sites: new Set([...sites, ...portfolio.sites.filter(({ key }) => sites.has(key)).map(({ name }) => name)]),
    inputs: new Set(target.by === 'hosts' ? target.hosts.flatMap(templateNames) : []),
  };
}

function firstLost({ canary, steps }: Runbook): { readonly on: string; readonly since: string } | null {
  if (canary !== null && canary.write.on !== canary.read.on) return { on: canary.write.on, since: canary.until };
  const stop = steps.find((step): step is Extract<Step, { readonly on: string }> => step.phase === 'stop' && isAction(step) && 'on' in step);
  return stop === undefined ? null : { on: stop.on, since: stop.id };
}

/** Keys of its hosts: what an input stands for is taken from its default. */
function hostsOf(target: Target, { inputs }: Runbook, portfolio: LintPortfolio): readonly string[] {
  switch (target.by) {
    case 'local':
      return [];
    case 'labels':
      return portfolio.hosts
        .filter(({ labels = {} }) => Object.entries(target.labels).every(([name, value]) => labels[name] === value))
        .map(({ key }) => key);
    case 'hosts':
      return target.hosts.flatMap((host) => {
        const [name] = templateNames(host);
        return name === undefined ? host : (inputs.find((input) => input.name === name)?.default ?? []);
      });
  }
}

function sitesOf(target: Target, hosts: readonly string[], portfolio: LintPortfolio): ReadonlySet<string> {
  const ofHosts = portfolio.hosts.flatMap(({ key, site }) => (hosts.includes(key) && site !== null ? [site] : []));
  return new Set([...ofHosts, ...siteLabel(target)]);
}

function siteLabel(target: Target): readonly string[] {
  const label = target.by === 'labels' ? target.labels['site'] : undefined;
  return label === undefined ? [] : [label];
}

interface Gone {
  readonly runbook: Runbook;
  readonly portfolio: LintPortfolio;
  readonly goneKeys: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
}

function isGone(target: Target, { runbook, portfolio, goneKeys, sites }: Gone): boolean {
  if (siteLabel(target).some((site) => sites.has(site))) return true;
  const hosts = hostsOf(target, runbook, portfolio);
  return hosts.length > 0 && hosts.every((host) => goneKeys.has(host));
}
