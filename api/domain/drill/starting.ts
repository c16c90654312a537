// Which steps may start now: those whose turn it is, and at the end of the drill those that always run.
import { closingSteps } from './ends.ts';
import { readySteps } from './order.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';
import { isUndoOver, undoingSteps } from './undo.ts';

export function startableSteps(state: DrillState): readonly PlanStep[] {
  return [...readySteps(state), ...undoingSteps(state), ...(isUndoOver(state) ? closingSteps(state) : [])];
}
