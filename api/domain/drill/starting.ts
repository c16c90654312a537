// Which steps may start now: those whose turn it is, and at the end of the drill those that always run.
import { closingSteps } from './ends.ts';
import { isReady, readySteps } from './order.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';
import { isUndoOver, undoingSteps } from './undo.ts';

export function startableSteps(state: DrillState): readonly PlanStep[] {
  return [...readySteps(state), ...startingAtEnd(state)];
}

/** Whether it is one of them: the others are not looked at for it, while the drill is on its course. */
export function isStartable(state: DrillState, step: PlanStep): boolean {
  return isReady(state, step) || startingAtEnd(state).includes(step);
}

function startingAtEnd(state: DrillState): readonly PlanStep[] {
  return [...undoingSteps(state), ...(isUndoOver(state) ? closingSteps(state) : [])];
}
