// The weights of the model, as data: change a number here and in MODEL_VERSION, and nowhere else.
import type { Tier } from '../catalogue/portfolio.ts';
import type { ComponentCode } from './assessment.ts';

/** Points of each component out of 100, as the readiness model sets them. Whole numbers. */
export const COMPONENT_WEIGHTS: Readonly<Record<ComponentCode, number>> = {
  runbooks: 15,
  currency: 10,
  'drill-proof': 25,
  outcome: 15,
  'recovery-time': 15,
  'data-loss': 10,
  reachability: 5,
  people: 5,
};

/** What a point of a service of this tier counts for in the gain of the whole portfolio. */
export const TIER_WEIGHTS: Readonly<Record<Tier, number>> = { 1: 8, 2: 4, 3: 2, 4: 1 };

/** How the last three qualifying drills count, newest first. */
export const OUTCOME_WEIGHTS = [3, 2, 1] as const;

/** A drill that passed with a step retried or skipped by hand, or with cleanup unfinished. */
export const DEVIATION_WORTH = 0.6;

/** What a drill proves by how many levels it lies below the policy's: at least it, one below, further below. */
export const LEVEL_WORTH = { atLeast: 1, oneBelow: 0.4, furtherBelow: 0.2 } as const;

/** How long a connection test of a host counts. */
export const HOST_CHECK_LASTS_MS = 24 * 3_600_000;

/** From here on a loss of points is high, or medium; below, low. A tenth of the score, and half the smallest component. */
export const SEVERITY_POINTS = { high: 10, medium: 2.5 } as const;
