// Steps that have failed and wait for a person to choose: retry, skip or abort.
import { endedBadly } from './order.ts';
import { passedPoint } from './passed-point.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';

/** It says `ask`; or `undo`, where undo is not offered any more. */
export function isAsking(state: DrillState, step: PlanStep): boolean {
  if (state.abort !== null || !endedBadly(state.steps[step.id])) return false;
  return step.onFailure === 'ask' || (step.onFailure === 'undo' && passedPoint(state) !== null);
}

export function askingSteps(state: DrillState): readonly PlanStep[] {
  return state.plan.steps.filter((step) => isAsking(state, step));
}

/** The first step whose failure undoes the drill, while undo is still offered. */
export function undoingStep(state: DrillState): PlanStep | null {
  if (state.abort !== null || passedPoint(state) !== null) return null;
  return state.plan.steps.find((step) => step.onFailure === 'undo' && endedBadly(state.steps[step.id])) ?? null;
}
