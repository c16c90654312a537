// A runbook has somebody who keeps it true.
import type { LintRule } from './lint-rule.ts';

export const missingOwner: LintRule = {
  code: 'missing-owner',
  weight: 'warning',
  title: 'A runbook without an owner',
  why: 'A runbook that nobody keeps true is wrong after the next change of the system. The owner is asked when a review is due and when a drill fails.',
  remedy: 'Add `owner:` with the team or person.',
  bad: '# owner: is not written',
  good: 'owner: payments-duty',
  check({ runbook }) {
    if (runbook.owner !== null) return [];
    return [{ path: ['owner'], at: 'key', message: 'The runbook has no owner.', remedy: 'Add `owner:` with the team or person who keeps it true.' }];
  },
};
