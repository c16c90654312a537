// Whether a step has done what it is for.
import { asCommandStep, findStep } from './command-step.ts';
import { progressOn } from './row-tries.ts';
import { rowsOf } from './rows.ts';
import type { DrillState } from './state.ts';

/** It has succeeded, perhaps with a warning; also where it is undone at every end and has been by now. */
export function isAchieved(state: DrillState, id: string): boolean {
  const progress = state.steps.get(id);
  if (progress?.state === 'succeeded' || progress?.state === 'warned') return true;
  const planStep = findStep(state.plan, id);
  const step = planStep === null ? null : asCommandStep(planStep);
  if (step === null || progress?.state !== 'undone' || !('isUndoAlways' in step) || step.isUndoAlways !== true) return false;
  return rowsOf(step).every((host) => {
    const now = progressOn(step, progress, { host, isUndo: false, isLastTry: true });
    return now.kind === 'ended' && (now.state === 'succeeded' || step.onFailure === 'warn');
  });
}
