// Which steps may start: what `needs` and failures allow.
import { indexOf } from './plan-index.ts';
import type { PlanStep } from './plan.ts';
import { remember } from './remember.ts';
import type { DrillState, StepProgress } from './state.ts';

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

/** In plan order. */
export const failedSteps = remember((state): readonly PlanStep[] => state.plan.steps.filter((step) => endedBadly(state.steps[step.id])));

/** A step that stops the drill has failed: nothing new starts until a person retries or skips it. */
export function isStopped(state: DrillState): boolean {
  return failedSteps(state).some((step) => step.onFailure === 'stop');
}

/** Steps that have not started and whose needs are met, in plan order; none while the drill is stopped or aborted. */
export const readySteps = remember((state): readonly PlanStep[] => {
  if (state.abort !== null || isStopped(state)) return [];
  return state.plan.steps.filter((step) => state.steps[step.id]?.state === 'pending' && areNeedsMet(state, step));
});

export function areNeedsMet(state: DrillState, step: PlanStep): boolean {
  const { stepOf } = indexOf(state.plan);
  return step.needs.every((id) => {
    const needed = stepOf.get(id);
    return needed !== undefined && letsOthersStart(needed, state.steps[id]);
  });
}

/** Ids of all steps that need this one, directly or through others. */
export function dependentsOf({ plan }: Pick<DrillState, 'plan'>, id: string): ReadonlySet<string> {
  const { needing } = indexOf(plan);
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const step of needing.get(next) ?? []) {
      if (found.has(step.id)) continue;
      found.add(step.id);
      open.push(step.id);
    }
  }
  return found;
}

export interface LeftOut {
  readonly step: PlanStep;
  /** The step that failed and goes on elsewhere. */
  readonly because: PlanStep;
}

/**
 * Steps that a failure passes over on its way to where it goes on: they need the failed step, and are neither the goal nor behind it.
 * What always runs is never passed over.
 */
export function passedOver(state: DrillState): readonly LeftOut[] {
  if (state.abort !== null) return [];
  const { stepOf } = indexOf(state.plan);
  return failedSteps(state).flatMap((because) => {
    if (because.goTo === undefined || because.onFailure !== 'goto') return [];
    const afterGoal = dependentsOf(state, because.goTo);
    return [...dependentsOf(state, because.id)].flatMap((id): readonly LeftOut[] => {
      const step = stepOf.get(id);
      const isPassed =
        step !== undefined && step.isAlways !== true && id !== because.goTo && !afterGoal.has(id) && state.steps[id]?.state === 'pending';
      return isPassed ? [{ step, because }] : [];
    });
  });
}
