// Small portfolios and evidence for tests: everything proven and in order, unless a test says otherwise.
import { DEFAULT_POLICIES } from '../../../../api/domain/catalogue/default-policies.ts';
import { TIERS } from '../../../../api/domain/catalogue/portfolio.ts';
import type { Dependency, Portfolio, Service, TierPolicy } from '../../../../api/domain/catalogue/portfolio.ts';
import { assess } from '../../../../api/domain/readiness/assess.ts';
import type { Gap, ServiceAssessment } from '../../../../api/domain/readiness/assessment.ts';
import type { DrillEvidence, Evidence, HostCheck, RunbookEvidence, ScheduleEvidence } from '../../../../api/domain/readiness/evidence.ts';

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;
export const AS_OF = Date.UTC(2026, 5, 1);

export function daysAgo(days: number): number {
  return AS_OF - days * DAY_MS;
}

/** Tier 1 with an RTO of 30 min and an RPO of 60 s; owner and deputy named. */
export function service(key: string, changes: Partial<Service> = {}): Service {
  return {
    key,
    name: key.toUpperCase(),
    description: null,
    tier: 1,
    operatedBy: 'it',
    department: null,
    supplier: null,
    isCustomerFacing: false,
    reachOverride: null,
    owner: 'owner',
    deputy: 'deputy',
    rtoSeconds: 1_800,
    rpoSeconds: 60,
    hasData: true,
    hosts: [],
    ...changes,
  };
}

export function hard(from: string, to: string): Dependency {
  return { from, to, kind: 'hard' };
}

export function soft(from: string, to: string): Dependency {
  return { from, to, kind: 'soft' };
}

export function policies(changes: Partial<TierPolicy> = {}): readonly TierPolicy[] {
  return TIERS.map((tier) => ({ ...DEFAULT_POLICIES[tier], ...changes }));
}

export function portfolio(services: readonly Service[], dependencies: readonly Dependency[] = [], changes: Partial<Portfolio> = {}): Portfolio {
  return { services, dependencies, hosts: [], sites: [], policies: policies(), settings: { esmIsCompanyWide: false }, ...changes };
}

/** Approved and reviewed 20 days ago, targeting one host. */
export function runbook(services: string, changes: Partial<RunbookEvidence> = {}): RunbookEvidence {
  return {
    key: `recover-${services}`,
    services: [services],
    scenario: 'site-loss',
    level: 'full',
    approvedRevision: 'rev-1',
    approvedAt: daysAgo(20),
    reviewedAt: daysAgo(20),
    hosts: ['host-1'],
    ...changes,
  };
}

/** Passed in full 10 days ago, in 20 min and with 30 s of data lost; two people did the manual step. */
export function drill(services: string, changes: Partial<DrillEvidence> = {}): DrillEvidence {
  return {
    id: 'DR-1',
    runbook: `recover-${services}`,
    revision: 'rev-1',
    services: [services],
    level: 'full',
    result: 'passed',
    hasDeviations: false,
    isUnclean: false,
    finishedAt: daysAgo(10),
    recoveryMs: 20 * MINUTE_MS,
    dataLossMs: 30_000,
    manualSteps: [{ step: 'call', title: 'call', people: ['ann', 'ben'] }],
    ...changes,
  };
}

export function check(host: string, changes: Partial<HostCheck> = {}): HostCheck {
  return { host, at: AS_OF - MINUTE_MS, isReachable: true, isKeyChanged: false, problem: null, ...changes };
}

export function schedule(services: string, changes: Partial<ScheduleEvidence> = {}): ScheduleEvidence {
  return {
    id: `sc-${services}`,
    runbook: `recover-${services}`,
    services: [services],
    isActive: true,
    nextDueAt: AS_OF + DAY_MS,
    missedAt: [],
    ...changes,
  };
}

/** Everything proven for these services. */
export function provenEvidence(keys: readonly string[], changes: Partial<Evidence> = {}): Evidence {
  return {
    runbooks: keys.map((key) => runbook(key)),
    drills: keys.map((key) => drill(key, { id: `DR-${key}` })),
    hostChecks: [check('host-1')],
    schedules: keys.map((key) => schedule(key)),
    ...changes,
  };
}

/** One service `a` with everything proven, but for what is given. */
export function assessOne(
  changes: Partial<Evidence> = {},
  of: { readonly service?: Partial<Service>; readonly policy?: Partial<TierPolicy> } = {},
): ServiceAssessment {
  return only(portfolio([service('a', of.service)], [], { policies: policies(of.policy) }), provenEvidence(['a'], changes), 'a');
}

export function only(of: Portfolio, evidence: Evidence, key: string): ServiceAssessment {
  const found = assess(of, evidence, AS_OF).services.find((item) => item.service === key);
  if (found === undefined) throw new Error(`${key} was not assessed.`);
  return found;
}

export function gapOf(assessment: ServiceAssessment, code: string): Gap | undefined {
  return assessment.gaps.find((gap) => gap.code === code);
}
