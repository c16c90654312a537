// An action says how it is reverted, or that there is no way back.
import type { LintRule } from './lint-rule.ts';
import { isAction } from './parts/steps.ts';

export const actionWithoutUndo: LintRule = {
  code: 'action-without-undo',
  weight: 'warning',
  title: 'An action without an undo',
  why: `When a drill is aborted, what has no undo stays changed, and somebody has to find out how to put it back. Steps that are the undo of another
one need none, nor do those that run \`always\`.`,
  remedy: 'Add `undo:` with what puts it back, or `pointOfNoReturn: true` when there is no way back.',
  bad: `steps:
  - id: stop-db
    title: The database stops
    run: systemctl stop postgresql
    on: db
    timeout: 1m
    estimate: 10s`,
  good: `steps:
  - id: stop-db
    title: The database stops
    run: systemctl stop postgresql
    on: db
    undo: systemctl start postgresql
    timeout: 1m
    estimate: 10s`,
  check({ steps, runbook }) {
    const undoing = new Set(runbook.steps.flatMap((step) => ('undoStep' in step && step.undoStep !== undefined ? [step.undoStep] : [])));
    return steps
      .filter(({ step }) => isAction(step) && step.undo === null && step.undoStep === undefined && !step.isPointOfNoReturn)
      .filter(({ step }) => !undoing.has(step.id) && step.isAlways !== true)
      .map(({ step, path, by }) => ({
        path: [...path, 'id'],
        message: `${by} is an action and has no undo.`,
        remedy:
          step.kind === 'http'
            ? 'Add `undo: {step: …}` with the step that puts it back, or `pointOfNoReturn: true` when there is no way back.'
            : 'Add `undo:`, or `pointOfNoReturn: true` when there is no way back.',
      }));
  },
};
