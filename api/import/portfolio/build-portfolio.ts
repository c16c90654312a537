// From a valid portfolio file to a portfolio: defaults filled in, durations in seconds and days.
import { DEFAULT_POLICIES } from '../../domain/catalogue/default-policies.ts';
import { TIERS } from '../../domain/catalogue/portfolio.ts';
import type { Dependency, Host, Portfolio, Service, TierPolicy } from '../../domain/catalogue/portfolio.ts';
import { parseDuration } from '../../domain/duration.ts';
import type { DependencyEntry, HostEntry, PolicyEntry, PortfolioFile, ServiceEntry } from './portfolio-file.ts';

const SSH_PORT = 22;

/** The account that the steps run as where a host names none. */
const DEFAULT_USER = 'muster';

/** Expects that the file is valid and that its references were checked. */
export function buildPortfolio(file: PortfolioFile): Portfolio {
  return {
    services: file.services.map(serviceOf),
    dependencies: file.services.flatMap(dependenciesOf),
    hosts: (file.hosts ?? []).map(hostOf),
    sites: (file.sites ?? []).map((site) => ({ key: site.key, name: site.name ?? site.key })),
    policies: TIERS.map((tier) => policyOf(DEFAULT_POLICIES[tier], file.policies?.find((policy) => policy.tier === tier) ?? { tier })),
    settings: { esmIsCompanyWide: file.settings?.esmIsCompanyWide ?? false },
  };
}

/** What a service says that it needs; a bare key is a hard dependency. */
export function dependencyOf(from: string, entry: DependencyEntry): Dependency {
  if (typeof entry === 'string') return { from, to: entry, kind: 'hard' };
  return { from, to: entry.service, kind: entry.kind ?? 'hard' };
}

/** A doubled one counts once, and hard wins over soft. */
function dependenciesOf(service: ServiceEntry): readonly Dependency[] {
  const byTarget = new Map<string, Dependency>();
  for (const entry of service.dependsOn ?? []) {
    const edge = dependencyOf(service.key, entry);
    if (byTarget.get(edge.to)?.kind !== 'hard') byTarget.set(edge.to, edge);
  }
  return [...byTarget.values()];
}

function serviceOf(entry: ServiceEntry): Service {
  return {
    key: entry.key,
    name: entry.name,
    description: entry.description ?? null,
    tier: entry.tier,
    operatedBy: entry.operatedBy,
    department: entry.department ?? null,
    supplier: entry.supplier ?? null,
    isCustomerFacing: entry.customerFacing ?? false,
    reachOverride: entry.reach === undefined ? null : { reach: entry.reach.override, note: entry.reach.note },
    owner: entry.owner ?? null,
    deputy: entry.deputy ?? null,
    rtoSeconds: secondsOf(entry.rto),
    rpoSeconds: secondsOf(entry.rpo),
    hasData: entry.hasData ?? true,
    hosts: [...new Set(entry.hosts)],
  };
}

function hostOf(entry: HostEntry): Host {
  return {
    key: entry.key,
    name: entry.name ?? entry.key,
    address: entry.address,
    port: entry.port ?? SSH_PORT,
    user: entry.user ?? DEFAULT_USER,
    site: entry.site ?? null,
    labels: entry.labels ?? {},
    jump: entry.jump ?? null,
    credential: entry.credential ?? null,
    hostKeys: [...new Set(entry.hostKeys)],
    pinned: {},
  };
}

function policyOf(base: TierPolicy, entry: PolicyEntry): TierPolicy {
  return {
    tier: base.tier,
    rtoSeconds: secondsOf(entry.rto) ?? base.rtoSeconds,
    rpoSeconds: secondsOf(entry.rpo) ?? base.rpoSeconds,
    drillEveryDays: daysOf(entry.drillEvery) ?? base.drillEveryDays,
    reviewEveryDays: daysOf(entry.reviewEvery) ?? base.reviewEveryDays,
    level: entry.level ?? base.level,
    scenarios: entry.scenarios ?? base.scenarios,
    approvals: { rehearsal: entry.approvals?.rehearsal ?? base.approvals.rehearsal, failover: entry.approvals?.failover ?? base.approvals.failover },
  };
}

function secondsOf(text: string | undefined): number | null {
  const ms = text === undefined ? null : parseDuration(text);
  return ms === null ? null : ms / 1_000;
}

function daysOf(text: string | undefined): number | null {
  const ms = text === undefined ? null : parseDuration(text);
  return ms === null ? null : ms / 86_400_000;
}
