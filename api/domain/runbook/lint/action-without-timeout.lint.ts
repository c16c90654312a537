// An action says how long it may take.
import { isAction, stepsAt } from './lint-rule.ts';
import type { LintRule } from './lint-rule.ts';

export const actionWithoutTimeout: LintRule = {
  code: 'action-without-timeout',
  why: 'An action that hangs uses up the recovery time until a general timeout ends it.',
  check(runbook, places) {
    if (places.of(['defaults', 'timeout']) !== null) return [];
    return stepsAt(runbook)
      .filter(({ step, path }) => isAction(step) && places.of([...path, 'timeout']) === null)
      .map(({ step, path }) => ({
        path: [...path, 'id'],
        message: `The action \`${step.id}\` has no timeout.`,
        remedy: 'Add `timeout:`, or a default for all steps.',
      }));
  },
};
