// Gap runbook-review-overdue: an approved runbook was not looked at within the policy's review period.
import { currencyOf, currencyShare, reviewDueAt } from '../components/currency.ts';
import { countOf, dayOf, listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

export const runbookReviewOverdueGap: GapRule = {
  code: 'runbook-review-overdue',
  title: 'Runbook review overdue',
  component: 'currency',
  find({ facts }) {
    const { overdue } = currencyOf(facts);
    if (overdue.length === 0) return null;
    const keys = overdue.map((runbook) => runbook.key);
    const dueAt = overdue.flatMap((runbook) => reviewDueAt(runbook, facts) ?? []);
    const since = dueAt.length === 0 ? null : Math.min(...dueAt);
    const when = since === null ? 'was never reviewed' : `was due for review on ${dayOf(since)}`;
    return {
      reason: keys.length === 1 ? `${listOf(keys)} ${when}.` : `${countOf(keys.length, 'runbook')} are overdue for review: ${listOf(keys)}.`,
      action: `Review ${listOf(keys)}.`,
      since,
      evidence: keys,
      closing: { kind: 'points', shares: { currency: currencyShare(facts, { reviewed: keys }) }, lifts: [] },
    };
  },
};
