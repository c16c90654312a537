// Gap drill-failed: the latest drill that qualifies failed.
import type { GapRule } from './gap.ts';
import { passToday } from './pass-today.ts';

export const drillFailedGap: GapRule = {
  code: 'drill-failed',
  title: 'Latest drill failed',
  component: 'outcome',
  find({ facts }) {
    const [latest] = facts.qualifying;
    if (latest?.result !== 'failed') return null;
    return {
      reason: `${latest.id}, the latest qualifying drill, failed.`,
      action: `Put right what failed in ${latest.id}, and drill ${latest.runbook} again.`,
      since: latest.finishedAt,
      evidence: [latest.id],
      closing: passToday(facts),
    };
  },
};
