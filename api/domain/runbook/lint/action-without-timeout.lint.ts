// An action says how long it may take.
import { durationText } from './fix/duration-text.ts';
import { addKey, fixOf } from './fix/edit-yaml.ts';
import type { LintRule } from './lint-rule.ts';
import { isAction } from './parts/steps.ts';

export const actionWithoutTimeout: LintRule = {
  code: 'action-without-timeout',
  weight: 'warning',
  title: 'An action without a timeout',
  why: 'An action that hangs uses up the recovery time until a general timeout ends it. A timeout in `defaults` counts.',
  remedy: 'Add `timeout:` to the step, or to `defaults` for all steps. The fix writes down what holds already.',
  bad: `steps:
  - id: stop-db
    title: The database stops
    run: systemctl stop postgresql
    on: db
    undo: systemctl start postgresql
    estimate: 10s`,
  good: `steps:
  - id: stop-db
    title: The database stops
    run: systemctl stop postgresql
    on: db
    undo: systemctl start postgresql
    timeout: 1m
    estimate: 10s`,
  check({ steps, places }) {
    if (places.of(['defaults', 'timeout']) !== null) return [];
    return steps
      .filter(({ step, path }) => isAction(step) && places.of([...path, 'timeout']) === null)
      .map(({ step, path, by }) => {
        const value = durationText(step.timeoutMs);
        return {
          path: [...path, 'id'],
          message: `${by} is an action and has no timeout.`,
          remedy: 'Add `timeout:`, or a default for all steps.',
          ...fixOf(
            `Add \`timeout: ${value}\`, which holds now`,
            addKey(places, path, { key: 'timeout', value, after: ['estimate', 'undo', 'on', step.kind, 'title', 'id'] }),
          ),
        };
      });
  },
};
