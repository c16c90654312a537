// Gap drill-overdue: the last pass that qualifies is older than the policy's drill period.
import { nextDrillDueAt } from '../facts.ts';
import { dayOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';
import { drillAction, passToday } from './pass-today.ts';

export const drillOverdueGap: GapRule = {
  code: 'drill-overdue',
  title: 'Drill overdue',
  component: 'drill-proof',
  find({ facts }) {
    const dueAt = nextDrillDueAt(facts);
    if (facts.lastPass === null || dueAt === null || dueAt >= facts.asOf) return null;
    return {
      reason: `The last pass, ${facts.lastPass.id}, is of ${dayOf(facts.lastPass.finishedAt)}; a drill every ${facts.policy.drillEveryDays} days is asked for.`,
      action: drillAction(facts),
      since: dueAt,
      evidence: [facts.lastPass.id],
      closing: passToday(facts),
    };
  },
};
