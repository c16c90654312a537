// An action says how long it should take.
import { isAction, stepsAt } from './lint-rule.ts';
import type { LintRule } from './lint-rule.ts';

export const actionWithoutEstimate: LintRule = {
  code: 'action-without-estimate',
  why: 'Without estimates nobody can see whether a plan keeps the recovery time, before or during a drill.',
  check(runbook) {
    return stepsAt(runbook)
      .filter(({ step }) => isAction(step) && step.estimateMs === null)
      .map(({ step, path }) => ({
        path: [...path, 'id'],
        message: `The action \`${step.id}\` has no estimate.`,
        remedy: 'Add `estimate:` with the time it takes.',
      }));
  },
};
