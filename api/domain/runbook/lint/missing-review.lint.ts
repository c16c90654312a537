// A runbook is read again now and then.
import { addKey, fixOf } from './fix/edit-yaml.ts';
import type { LintRule } from './lint-rule.ts';

/** Twice a year: what most policies ask for at the highest tiers. */
const FIRST_GUESS = '{ every: 180d }';

export const missingReview: LintRule = {
  code: 'missing-review',
  weight: 'advice',
  title: 'A runbook that is never read again',
  why: 'Systems change and runbooks do not follow by themselves. With `review` the app tells the owner when it is time to read it again; whether it is overdue is told there and not by the lint, which knows no date.',
  remedy: 'Add `review: {every: 180d, last: …}` with the day when it was read last. The fix begins with every 180 days: adjust it.',
  bad: '# review: is not written',
  good: 'review: { every: 180d, last: 2026-10-01 }',
  check({ runbook, places }) {
    if (runbook.review !== null) return [];
    const edit = addKey(places, [], { key: 'review', value: FIRST_GUESS, after: ['owner', 'level', 'scenario', 'title', 'runbook'] });
    return [
      {
        path: ['review'],
        at: 'key',
        message: 'The runbook does not say how often it is read again.',
        remedy: 'Add `review: {every: 180d, last: …}`.',
        ...fixOf(`Add \`review: ${FIRST_GUESS}\`, to be adjusted`, edit),
      },
    ];
  },
};
