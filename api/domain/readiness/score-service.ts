// The own score of one service: components, their sum, and the limits that cut it.
import { ALL_COMPONENTS } from './components/all-components.ts';
import type { ServiceFacts } from './facts.ts';
import { cutTenths, heldLimits } from './limits.ts';
import { earnedTenths, possibleTenths } from './points.ts';
import type { Scored } from './view.ts';

/** `number` is the service's in the dependency graph. */
export function scoreService(number: number, facts: ServiceFacts): Scored {
  const findings = new Map(ALL_COMPONENTS.map((rule) => [rule.code, rule.judge(facts)]));
  const possible = possibleTenths(new Set([...findings].flatMap(([code, finding]) => (finding.state === 'not-applicable' ? [] : [code]))));
  const earned = new Map([...possible].map(([code, tenths]) => [code, earnedTenths(tenths, findings.get(code)?.share ?? 0)]));
  const sum = [...earned.values()].reduce((total, tenths) => total + tenths, 0);
  const limits = heldLimits(facts);
  return { number, facts, findings, possible, earned, sum, limits, own: cutTenths(sum, limits) };
}
