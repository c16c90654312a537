// The policy of each tier where a portfolio names none: a sensible start, meant to be changed.
import type { Tier, TierPolicy } from './portfolio.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Four eyes: one person other than the requester approves before anything runs that changes a host. */
const FOUR_EYES = { rehearsal: 1, failover: 1 } as const;

/** Quarterly full drills for what hurts at once, yearly table-top talks for what can wait. */
export const DEFAULT_POLICIES: Readonly<Record<Tier, TierPolicy>> = {
  1: {
    tier: 1,
    rtoSeconds: HOUR_SECONDS,
    rpoSeconds: 5 * MINUTE_SECONDS,
    drillEveryDays: 90,
    reviewEveryDays: 180,
    level: 'full',
    scenarios: ['site-loss'],
    approvals: FOUR_EYES,
  },
  2: {
    tier: 2,
    rtoSeconds: 4 * HOUR_SECONDS,
    rpoSeconds: 15 * MINUTE_SECONDS,
    drillEveryDays: 180,
    reviewEveryDays: 180,
    level: 'full',
    scenarios: ['site-loss'],
    approvals: FOUR_EYES,
  },
  3: {
    tier: 3,
    rtoSeconds: DAY_SECONDS,
    rpoSeconds: 4 * HOUR_SECONDS,
    drillEveryDays: 365,
    reviewEveryDays: 365,
    level: 'partial',
    scenarios: ['site-loss'],
    approvals: FOUR_EYES,
  },
  4: {
    tier: 4,
    rtoSeconds: 3 * DAY_SECONDS,
    rpoSeconds: DAY_SECONDS,
    drillEveryDays: 365,
    reviewEveryDays: 365,
    level: 'tabletop',
    scenarios: ['site-loss'],
    approvals: FOUR_EYES,
  },
};

/** The policy of a tier: the portfolio's own, or the default where it names none. */
export function policyOf(policies: readonly TierPolicy[], tier: Tier): TierPolicy {
  return policies.find((policy) => policy.tier === tier) ?? DEFAULT_POLICIES[tier];
}
