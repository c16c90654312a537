// From shares to points. All sums are made in whole tenths of a point, so that what is shown adds up exactly.
import { COMPONENT_CODES } from './assessment.ts';
import type { ComponentCode } from './assessment.ts';
import { COMPONENT_WEIGHTS } from './weights.ts';

/** 100 points, in tenths. */
const FULL_TENTHS = 1_000;

/** Keeps `0.29 x 100` from being rounded down to 28: far below a tenth, far above floating-point error. */
const ROUNDING_SLACK = 1e-6;

/**
 * What each applicable component can earn, in tenths, scaled to 100 points in all. What division leaves over goes to those with the
 * largest remainders, the earlier component first among equals, so the sum is exact.
 */
export function possibleTenths(applicable: ReadonlySet<ComponentCode>): ReadonlyMap<ComponentCode, number> {
  const codes = COMPONENT_CODES.filter((code) => applicable.has(code));
  const total = codes.reduce((sum, code) => sum + COMPONENT_WEIGHTS[code], 0);
  const tenths = new Map(codes.map((code) => [code, Math.floor((COMPONENT_WEIGHTS[code] * FULL_TENTHS) / total)]));
  const remainder = (code: ComponentCode): number => (COMPONENT_WEIGHTS[code] * FULL_TENTHS) % total;
  const leftOver = FULL_TENTHS - [...tenths.values()].reduce((sum, value) => sum + value, 0);
  const luckiest = codes.toSorted((a, b) => remainder(b) - remainder(a)).slice(0, Math.max(0, leftOver));
  for (const code of luckiest) tenths.set(code, (tenths.get(code) ?? 0) + 1);
  return tenths;
}

/** Rounded down to a tenth: only a full share earns full points. `share` is 0..1. */
export function earnedTenths(possible: number, share: number): number {
  return Math.min(possible, Math.floor(possible * share + ROUNDING_SLACK));
}

/** Tenths as points with one decimal. */
export function pointsOf(tenths: number): number {
  return tenths / 10;
}
