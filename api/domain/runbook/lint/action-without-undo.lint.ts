// An action says how it is reverted, or that there is no way back.
import { isAction, stepsAt } from './lint-rule.ts';
import type { LintRule } from './lint-rule.ts';

export const actionWithoutUndo: LintRule = {
  code: 'action-without-undo',
  why: 'When a drill is aborted, what has no undo stays changed, and somebody has to find out how to put it back.',
  check(runbook) {
    return stepsAt(runbook)
      .filter(({ step }) => isAction(step) && step.undo === null && !step.isPointOfNoReturn)
      .map(({ step, path }) => ({
        path: [...path, 'id'],
        message: `The action \`${step.id}\` has no undo.`,
        remedy: 'Add `undo:`, or `pointOfNoReturn: true` when there is no way back.',
      }));
  },
};
