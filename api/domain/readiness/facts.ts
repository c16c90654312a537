// What is known about one service at one instant: the evidence cut to the service and to `asOf`, newest first.
import { policyOf } from '../catalogue/default-policies.ts';
import { compareKeys } from '../catalogue/key-order.ts';
import { objectiveOf } from '../catalogue/objective.ts';
import type { Objective } from '../catalogue/objective.ts';
import { LEVELS } from '../catalogue/portfolio.ts';
import type { DrillLevel, Portfolio, Service, TierPolicy } from '../catalogue/portfolio.ts';
import type { DrillEvidence, Evidence, HostCheck, RunbookEvidence, ScheduleEvidence } from './evidence.ts';

export const DAY_MS = 86_400_000;

export type ApprovedRunbook = RunbookEvidence & { readonly approvedRevision: string };

export interface ServiceFacts {
  readonly service: Service;
  readonly policy: TierPolicy;
  readonly objective: Objective;
  readonly asOf: number;
  /** All runbooks that cover the service, in key order. */
  readonly runbooks: readonly RunbookEvidence[];
  readonly approved: readonly ApprovedRunbook[];
  /** Finished drills that cover the service, newest first. */
  readonly drills: readonly DrillEvidence[];
  /** Those whose level is at least the policy's. */
  readonly qualifying: readonly DrillEvidence[];
  /** The latest qualifying drill that passed: what is proven rests on it. */
  readonly lastPass: DrillEvidence | null;
  /** Latest connection test by host. */
  readonly checks: ReadonlyMap<string, HostCheck>;
  readonly schedules: readonly ScheduleEvidence[];
}

/** Facts of each service of the portfolio, by key. What happened after `asOf` is left out. Linear in the evidence, sorting apart. */
export function gatherFacts(portfolio: Portfolio, evidence: Evidence, asOf: number): ReadonlyMap<string, ServiceFacts> {
  const runbooks = byService(evidence.runbooks.toSorted((a, b) => compareKeys(a.key, b.key)));
  const drills = byService(evidence.drills.filter((drill) => drill.finishedAt <= asOf).toSorted(newestFirst));
  const schedules = byService(evidence.schedules.toSorted((a, b) => compareKeys(a.id, b.id)));
  const checks = latestChecks(evidence.hostChecks, asOf);
  const facts = new Map<string, ServiceFacts>();
  for (const service of portfolio.services) {
    const policy = policyOf(portfolio.policies, service.tier);
    const own = drills.get(service.key) ?? [];
    const qualifying = own.filter((drill) => levelsBelow(drill.level, policy.level) === 0);
    const covering = runbooks.get(service.key) ?? [];
    facts.set(service.key, {
      service,
      policy,
      objective: objectiveOf(service, policy),
      asOf,
      runbooks: covering,
      approved: covering.filter((runbook): runbook is ApprovedRunbook => isApproved(runbook, asOf)),
      drills: own,
      qualifying,
      lastPass: qualifying.find(hasPassed) ?? null,
      checks,
      schedules: schedules.get(service.key) ?? [],
    });
  }
  return facts;
}

/** `late` is a pass: every step passed; that an objective was missed shows in the recovery time. */
export function hasPassed(drill: DrillEvidence): boolean {
  return drill.result === 'passed' || drill.result === 'late';
}

/** By how many levels a drill stays below the one asked for; 0 when it is at least that. */
export function levelsBelow(level: DrillLevel, asked: DrillLevel): number {
  return Math.max(0, LEVELS.indexOf(asked) - LEVELS.indexOf(level));
}

/** How long a pass counts in full. */
export function drillPeriodMs(facts: ServiceFacts): number {
  return facts.policy.drillEveryDays * DAY_MS;
}

/** When the next drill is due by the policy; null when none that qualifies ever passed. */
export function nextDrillDueAt(facts: ServiceFacts): number | null {
  return facts.lastPass === null ? null : facts.lastPass.finishedAt + drillPeriodMs(facts);
}

/** The hosts that the approved runbooks of the service target, in key order. */
export function targetHosts(facts: ServiceFacts): readonly string[] {
  return [...new Set(facts.approved.flatMap((runbook) => runbook.hosts))].toSorted(compareKeys);
}

function isApproved(runbook: RunbookEvidence, asOf: number): boolean {
  return runbook.approvedRevision !== null && (runbook.approvedAt === null || runbook.approvedAt <= asOf);
}

function newestFirst(a: DrillEvidence, b: DrillEvidence): number {
  return b.finishedAt - a.finishedAt || compareKeys(b.id, a.id);
}

function latestChecks(checks: readonly HostCheck[], asOf: number): ReadonlyMap<string, HostCheck> {
  const latest = new Map<string, HostCheck>();
  for (const check of checks) {
    const known = latest.get(check.host);
    if (check.at <= asOf && (known === undefined || known.at < check.at)) latest.set(check.host, check);
  }
  return latest;
}

function byService<T extends { readonly services: readonly string[] }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const item of items) {
    for (const service of new Set(item.services)) {
      const list = lists.get(service);
      if (list === undefined) lists.set(service, [item]);
      else list.push(item);
    }
  }
  return lists;
}
