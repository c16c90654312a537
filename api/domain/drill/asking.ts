// Steps that have failed and wait for a person to choose: retry, skip or abort.
import { failedSteps } from './order.ts';
import { endedBadly } from './step-ends.ts';
import { passedPoint } from './passed-point.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';

/** It says `ask`; or `undo`, where undo is not offered any more. */
export function isAsking(state: DrillState, step: PlanStep): boolean {
  if (state.abort !== null || !endedBadly(state.steps.get(step.id))) return false;
  return step.onFailure === 'ask' || (step.onFailure === 'undo' && passedPoint(state) !== null);
}

export function askingSteps(state: DrillState): readonly PlanStep[] {
  return failedSteps(state).filter((step) => isAsking(state, step));
}

/** The first step whose failure undoes the drill, while undo is still offered. */
export function undoingStep(state: DrillState): PlanStep | null {
  const undoing = state.abort === null ? failedSteps(state).find((step) => step.onFailure === 'undo') : undefined;
  return undoing === undefined || passedPoint(state) !== null ? null : undoing;
}
