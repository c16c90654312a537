// Gap drill-aborted: the latest drill that qualifies was aborted.
import type { GapRule } from './gap.ts';
import { passToday } from './pass-today.ts';

export const drillAbortedGap: GapRule = {
  code: 'drill-aborted',
  title: 'Latest drill aborted',
  component: 'outcome',
  find({ facts }) {
    const [latest] = facts.qualifying;
    if (latest?.result !== 'aborted') return null;
    return {
      reason: `${latest.id}, the latest qualifying drill, was aborted and proves nothing.`,
      action: `Clear what made people abort ${latest.id}, and drill ${latest.runbook} again.`,
      since: latest.finishedAt,
      evidence: [latest.id],
      closing: passToday(facts),
    };
  },
};
