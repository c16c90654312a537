// What a clean pass today would change: the closing that all gaps about drills share.
import { currencyShare } from '../components/currency.ts';
import { outcomeShare, worthOf } from '../components/outcome.ts';
import { levelsBelow } from '../facts.ts';
import type { ServiceFacts } from '../facts.ts';
import type { Closing } from './gap.ts';

/**
 * A drill at the policy's level passes today without deviations: full drill proof, one more clean outcome, no limit that comes from
 * missing, failed or old passes. It runs the first approved runbook of that level, if there is one, in its approved revision.
 */
export function passToday(facts: ServiceFacts): Closing {
  const drilled = facts.approved.find((runbook) => levelsBelow(runbook.level, facts.policy.level) === 0);
  return {
    kind: 'points',
    shares: {
      'drill-proof': 1,
      outcome: outcomeShare([1, ...facts.qualifying.map(worthOf)]),
      currency: currencyShare(facts, { drilled: drilled === undefined ? [] : [drilled.key] }),
    },
    lifts: ['never-passed', 'latest-not-passed', 'pass-overdue'],
  };
}

/** How to ask for a drill at the level that the policy wants. */
export function drillAction(facts: ServiceFacts): string {
  const runbook = facts.approved.find((candidate) => levelsBelow(candidate.level, facts.policy.level) === 0);
  if (runbook !== undefined) return `Drill ${runbook.key} at level ${facts.policy.level}.`;
  return `Have a runbook of level ${facts.policy.level} approved, and drill it.`;
}
