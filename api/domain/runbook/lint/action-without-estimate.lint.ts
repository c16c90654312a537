// An action says how long it should take.
import { addKey, fixOf } from './fix/edit-yaml.ts';
import type { LintRule } from './lint-rule.ts';
import { isAction } from './parts/steps.ts';

/** Somewhere to begin: most actions take seconds, and after three runs the median takes its place. */
const FIRST_GUESS = '30s';

export const actionWithoutEstimate: LintRule = {
  code: 'action-without-estimate',
  weight: 'warning',
  title: 'An action without an estimate',
  why: 'Without estimates nobody can see whether a plan keeps the recovery time, before or during a drill. After three runs the median takes the place of the estimate.',
  remedy: 'Add `estimate:` with the time it takes. The fix begins with 30 seconds: correct it.',
  bad: `steps:
  - id: stop-db
    title: The database stops
    run: systemctl stop postgresql
    on: db
    undo: systemctl start postgresql
    timeout: 1m`,
  good: `steps:
  - id: stop-db
    title: The database stops
    run: systemctl stop postgresql
    on: db
    undo: systemctl start postgresql
    timeout: 1m
    estimate: 10s`,
  check({ steps, places }) {
    return steps
      .filter(({ step, isVariant }) => isAction(step) && step.estimateMs === null && !isVariant)
      .map(({ step, path, by }) => ({
        path: [...path, 'id'],
        message: `${by} is an action and has no estimate.`,
        remedy: 'Add `estimate:` with the time it takes.',
        ...fixOf(
          `Add \`estimate: ${FIRST_GUESS}\`, to be corrected`,
          addKey(places, path, { key: 'estimate', value: FIRST_GUESS, after: ['timeout', 'undo', 'on', step.kind, 'title', 'id'] }),
        ),
      }));
  },
};
