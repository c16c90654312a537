// How a step has ended, and what that means for those that need it.
import type { PlanStep } from './plan.ts';
import type { StepProgress } from './step-progress.ts';

/** It did what it is there for, or was left out. */
export function endedWell(progress: StepProgress | undefined): boolean {
  return progress?.state === 'succeeded' || progress?.state === 'warned' || progress?.state === 'skipped';
}

export function endedBadly(progress: StepProgress | undefined): boolean {
  return progress?.state === 'failed' || progress?.state === 'timed-out' || progress?.state === 'cancelled';
}

/** Steps that need this one may start: it ended well, or it failed and says that the drill goes on. */
export function letsOthersStart(step: PlanStep, progress: StepProgress | undefined): boolean {
  if (endedWell(progress) || progress?.state === 'undone') return true;
  return endedBadly(progress) && (step.onFailure === 'continue' || step.onFailure === 'warn' || step.onFailure === 'goto');
}
