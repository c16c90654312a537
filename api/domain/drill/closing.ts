// Whether the end of a drill has begun: from then on its course is not taken up again.
import { endedBadly } from './step-ends.ts';
import type { DrillState } from './state.ts';

/**
 * A step that always runs has started after a failure stopped the drill, or something is undone although nobody aborted. What it put
 * back would not be put back again, so nothing that it reverts may run after it.
 */
export function hasClosingBegun(state: DrillState): boolean {
  const steps = state.plan.steps.flatMap((step) => {
    const progress = state.steps.get(step.id);
    return progress === undefined ? [] : [{ step, progress }];
  });
  if (steps.some(({ progress }) => progress.attempts.some(({ isUndo }) => isUndo))) return true;
  const stops = steps.filter(({ step, progress }) => step.onFailure === 'stop' && step.isAlways !== true && endedBadly(progress));
  const stoppedAt = Math.min(...stops.map(({ progress }) => progress.endedAt ?? Infinity));
  return steps.some(({ step, progress }) => step.isAlways === true && progress.startedAt !== null && progress.startedAt >= stoppedAt);
}
