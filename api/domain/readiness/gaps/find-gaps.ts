// The gaps of one service: found by the rules, and weighed by what closing each would change.
import type { ComponentCode, Gap, Severity } from '../assessment.ts';
import { gainOfOwn, gainOfRelease } from '../gain.ts';
import type { Gain, GainInput } from '../gain.ts';
import { effectiveOf } from '../inherit.ts';
import { cutTenths } from '../limits.ts';
import type { LimitCode } from '../limits.ts';
import { earnedTenths, pointsOf } from '../points.ts';
import type { PortfolioView, Scored } from '../view.ts';
import { SEVERITY_POINTS } from '../weights.ts';
import { ALL_GAPS } from './all-gaps.ts';
import type { Closing, GapRule } from './gap.ts';

/** Those whose closing helps the portfolio most come first; among equals, the order of the list of rules. */
export function findGaps(scored: Scored, view: PortfolioView, gains: GainInput): readonly Gap[] {
  const gaps = ALL_GAPS.flatMap((rule) => {
    const finding = rule.find(scored, view);
    if (finding === null) return [];
    const { closing, ...rest } = finding;
    const pointsLost = pointsOf(lostTenths(scored, view, closing));
    const gain = gainOfClosing(scored, gains, closing);
    const severity = severityOf({ rule, scored, closing, pointsLost });
    const { code, title, component } = rule;
    return [
      { code, service: scored.facts.service.key, component, severity, title, ...rest, pointsLost, gain: gain.own, portfolioGain: gain.portfolio },
    ];
  });
  return gaps.toSorted((a, b) => b.portfolioGain - a.portfolioGain || b.gain - a.gain || b.pointsLost - a.pointsLost);
}

/** The own score, in tenths, with these components earning at least these shares and these limits gone. */
export function ownWith(scored: Scored, shares: Readonly<Partial<Record<ComponentCode, number>>>, lifts: readonly LimitCode[]): number {
  return cutTenths(sumWith(scored, shares), scored.limits, lifts);
}

function sumWith(scored: Scored, shares: Readonly<Partial<Record<ComponentCode, number>>>): number {
  let sum = 0;
  for (const [code, possible] of scored.possible) {
    sum += Math.max(scored.earned.get(code) ?? 0, earnedTenths(possible, Math.min(1, shares[code] ?? 0)));
  }
  return sum;
}

/** Before limits: the points that closing brings back, or the difference to the own score that a dependency takes away. */
function lostTenths(scored: Scored, view: PortfolioView, closing: Closing): number {
  if (closing.kind === 'points') return sumWith(scored, closing.shares) - scored.sum;
  return closing.kind === 'release' ? scored.own - effectiveOf(view.standing, scored.number) : 0;
}

function gainOfClosing(scored: Scored, gains: GainInput, closing: Closing): Gain {
  if (closing.kind === 'points') return gainOfOwn(gains, scored.number, ownWith(scored, closing.shares, closing.lifts));
  return closing.kind === 'release' ? gainOfRelease(gains, scored.number) : { own: 0, portfolio: 0 };
}

interface Weighed {
  readonly rule: GapRule;
  readonly scored: Scored;
  readonly closing: Closing;
  readonly pointsLost: number;
}

/** Critical is kept for what holds a limit on a service of tier 1 or 2. */
function severityOf({ rule, scored, closing, pointsLost }: Weighed): Severity {
  const holdsLimit = closing.kind === 'points' && scored.limits.some((limit) => closing.lifts.includes(limit.code));
  if (holdsLimit) return scored.facts.service.tier <= 2 ? 'critical' : 'high';
  if (pointsLost >= SEVERITY_POINTS.high) return 'high';
  return pointsLost >= SEVERITY_POINTS.medium ? 'medium' : (rule.leastSeverity ?? 'low');
}
