// Which steps may start: what `needs` and failures allow.
import type { PlanStep } from './plan.ts';
import type { DrillState, StepProgress } from './state.ts';

/** It did what it is there for, or was left out. */
export function endedWell(progress: StepProgress | undefined): boolean {
  return progress?.state === 'succeeded' || progress?.state === 'warned' || progress?.state === 'skipped';
}

export function endedBadly(progress: StepProgress | undefined): boolean {
  return progress?.state === 'failed' || progress?.state === 'timed-out' || progress?.state === 'cancelled';
}

/** Steps that need this one may start: it ended well, or it failed and says `onFailure: continue`. */
export function letsOthersStart(step: PlanStep, progress: StepProgress | undefined): boolean {
  return endedWell(progress) || (endedBadly(progress) && step.onFailure !== 'stop');
}

/** A step that stops the drill has failed: nothing new starts until a person retries or skips it. */
export function isStopped(state: DrillState): boolean {
  return state.plan.steps.some((step) => step.onFailure === 'stop' && endedBadly(state.steps[step.id]));
}

/** Steps that have not started and whose needs are met, in plan order; none while the drill is stopped or aborted. */
export function startableSteps(state: DrillState): readonly PlanStep[] {
  if (state.abort !== null || isStopped(state)) return [];
  return state.plan.steps.filter((step) => state.steps[step.id]?.state === 'pending' && areNeedsMet(state, step));
}

export function areNeedsMet(state: DrillState, step: PlanStep): boolean {
  return step.needs.every((id) => {
    const needed = state.plan.steps.find((one) => one.id === id);
    return needed !== undefined && letsOthersStart(needed, state.steps[id]);
  });
}

/** Ids of all steps that need this one, directly or through others. */
export function dependentsOf(state: DrillState, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const step of state.plan.steps) {
      if (!step.needs.includes(next) || found.has(step.id)) continue;
      found.add(step.id);
      open.push(step.id);
    }
  }
  return found;
}

/** Muster runs nothing in this step: a dry run only shows it, and a check of the plan runs no step at all. */
export function skipReason(state: DrillState, step: PlanStep): string | null {
  if (state.plan.mode === 'check') return 'A check runs no steps.';
  return step.isShownOnly
    ? 'A dry run shows this step and does not run it: it changes something, waits for a person, or judges what was not done.'
    : null;
}
