// Gap drill-with-deviations: the latest drill that qualifies passed, but a step had to be retried or skipped by hand.
import { hasPassed } from '../facts.ts';
import type { GapRule } from './gap.ts';
import { passToday } from './pass-today.ts';

export const drillWithDeviationsGap: GapRule = {
  code: 'drill-with-deviations',
  title: 'Drill passed with deviations',
  component: 'outcome',
  find({ facts }) {
    const [latest] = facts.qualifying;
    if (latest === undefined || !hasPassed(latest) || !latest.hasDeviations) return null;
    return {
      reason: `In ${latest.id} a step was retried or skipped by hand.`,
      action: `Change ${latest.runbook} so that no step needs that, and drill it again.`,
      since: latest.finishedAt,
      evidence: [latest.id],
      closing: passToday(facts),
    };
  },
};
