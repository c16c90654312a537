// Gap runbook-unapproved: a runbook is written where one is needed, and nobody has approved it.
import { scenarioCover } from '../components/runbooks.ts';
import { listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

export const runbookUnapprovedGap: GapRule = {
  code: 'runbook-unapproved',
  title: 'Runbook not approved',
  component: 'runbooks',
  find({ facts }) {
    const { asked, missing } = scenarioCover(facts);
    const isWaiting = (scenario: string): boolean => facts.approved.length === 0 || missing.includes(scenario);
    const waiting = facts.runbooks.filter(
      (runbook) => !facts.approved.some((approved) => approved.key === runbook.key) && isWaiting(runbook.scenario),
    );
    if (waiting.length === 0) return null;
    const gained = missing.filter((scenario) => waiting.some((runbook) => runbook.scenario === scenario));
    const keys = waiting.map((runbook) => runbook.key);
    return {
      reason: `${listOf(keys)} ${keys.length === 1 ? 'is' : 'are'} written but not approved.`,
      action: `Have ${listOf(keys)} read and approved.`,
      since: null,
      evidence: keys,
      closing: {
        kind: 'points',
        shares: asked.length === 0 ? {} : { runbooks: (asked.length - missing.length + gained.length) / asked.length },
        lifts: ['no-approved-runbook'],
      },
    };
  },
};
