// The limits that cut a score, whatever its components add up to. To extend, add a line to the list.
import { formatDuration } from '../duration.ts';
import type { ComponentCode } from './assessment.ts';
import { provenRecoveryMs } from './components/recovery-time.ts';
import { hasPassed, nextDrillDueAt } from './facts.ts';
import type { ServiceFacts } from './facts.ts';
import { dayOf } from './phrase.ts';

export const LIMIT_CODES = ['no-approved-runbook', 'never-passed', 'latest-not-passed', 'pass-overdue', 'rto-missed'] as const;
export type LimitCode = (typeof LIMIT_CODES)[number];

export interface HeldLimit {
  readonly code: LimitCode;
  /** No score above it, in points. */
  readonly at: number;
  readonly reason: string;
}

interface LimitRule {
  readonly code: LimitCode;
  readonly at: number;
  /** Components that could not earn all their points while this limit holds: when one does, the limit is gone. */
  readonly liftedBy: readonly ComponentCode[];
  /** Why it holds; null when it does not. */
  holds(facts: ServiceFacts): string | null;
}

/** Overdue passes limit only what hurts at once. */
const LOWEST_TIER_LIMITED_BY_AGE = 2;

/** Lowest first. */
const LIMITS: readonly LimitRule[] = [
  {
    code: 'no-approved-runbook',
    at: 0,
    liftedBy: ['runbooks'],
    holds: (facts) => (facts.approved.length > 0 ? null : 'No approved runbook covers it.'),
  },
  {
    code: 'never-passed',
    at: 39,
    liftedBy: ['drill-proof', 'outcome'],
    holds: (facts) => (facts.lastPass === null ? `No drill at level ${facts.policy.level} or above ever passed.` : null),
  },
  {
    code: 'latest-not-passed',
    at: 49,
    liftedBy: ['outcome'],
    holds(facts) {
      const [latest] = facts.qualifying;
      if (latest === undefined || hasPassed(latest)) return null;
      return `Its latest qualifying drill, ${latest.id}, ${latest.result === 'aborted' ? 'was aborted' : 'failed'}.`;
    },
  },
  {
    code: 'pass-overdue',
    at: 69,
    liftedBy: ['drill-proof'],
    holds(facts) {
      const dueAt = nextDrillDueAt(facts);
      if (facts.service.tier > LOWEST_TIER_LIMITED_BY_AGE || dueAt === null || dueAt >= facts.asOf) return null;
      return `Its last pass is older than ${facts.policy.drillEveryDays} days: a drill was due on ${dayOf(dueAt)}.`;
    },
  },
  {
    code: 'rto-missed',
    at: 84,
    liftedBy: ['recovery-time'],
    holds(facts) {
      const provenMs = provenRecoveryMs(facts);
      const rtoMs = facts.objective.rtoSeconds * 1_000;
      if (provenMs === null || provenMs <= rtoMs) return null;
      return `Its proven recovery time of ${formatDuration(provenMs)} is above its RTO of ${formatDuration(rtoMs)}.`;
    },
  },
];

/** The limits that hold for a service, lowest first. */
export function heldLimits(facts: ServiceFacts): readonly HeldLimit[] {
  return LIMITS.flatMap((rule) => {
    const reason = rule.holds(facts);
    return reason === null ? [] : [{ code: rule.code, at: rule.at, reason }];
  });
}

/** The limits that cannot hold once this component earns all its points. */
export function limitsLiftedBy(component: ComponentCode): readonly LimitCode[] {
  return LIMITS.filter((rule) => rule.liftedBy.includes(component)).map((rule) => rule.code);
}

/** A sum in tenths of a point, cut to the lowest limit that holds and is not lifted. */
export function cutTenths(sumTenths: number, held: readonly HeldLimit[], lifted: readonly LimitCode[] = []): number {
  const lowest = held.find((limit) => !lifted.includes(limit.code));
  return lowest === undefined ? sumTenths : Math.min(sumTenths, lowest.at * 10);
}
