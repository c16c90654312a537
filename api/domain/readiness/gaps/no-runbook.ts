// Gap no-runbook: a scenario that the policy asks for, or the whole service, has no runbook at all.
import { scenarioCover } from '../components/runbooks.ts';
import { listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

export const noRunbookGap: GapRule = {
  code: 'no-runbook',
  title: 'No runbook',
  component: 'runbooks',
  find({ facts }) {
    const { asked, missing } = scenarioCover(facts);
    const written = new Set(facts.runbooks.map((runbook) => runbook.scenario));
    const unwritten = missing.filter((scenario) => !written.has(scenario));
    if (unwritten.length === 0 && facts.runbooks.length > 0) return null;
    const what = unwritten.length === 0 ? facts.service.name : listOf(unwritten);
    return {
      reason: facts.runbooks.length === 0 ? `No runbook covers ${facts.service.name}.` : `${facts.service.name} has no runbook for ${what}.`,
      action: `Write a runbook for ${what} and have it approved.`,
      since: null,
      evidence: [],
      closing: {
        kind: 'points',
        shares: asked.length === 0 ? {} : { runbooks: (asked.length - missing.length + unwritten.length) / asked.length },
        lifts: ['no-approved-runbook'],
      },
    };
  },
};
