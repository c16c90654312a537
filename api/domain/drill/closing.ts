// Whether the end of a drill has begun: from then on its course is not taken up again, short of a reopening.
import type { DrillState } from './state.ts';

/**
 * A step that always runs has started because the drill was ending, or something is undone. What it put back would not be put back
 * again, so nothing that it reverts may run after it.
 */
export function hasClosingBegun(state: DrillState): boolean {
  return state.steps.has('closing');
}
