// Whether the point of no return has been passed.
import { stepName } from './command-step.ts';
import { indexOf } from './plan-index.ts';
import type { DrillState } from './state.ts';

/** Name of the step after which nothing is undone, once its command has started; null before. */
export function passedPoint(state: DrillState): string | null {
  const passed = indexOf(state.plan).pointsOfNoReturn.find((step) => {
    return state.steps.get(step.id)?.attempts.some((one) => one.launchedAt !== null || one.state === 'intent' || one.state === 'unknown');
  });
  return passed === undefined ? null : stepName(state.plan, passed.id);
}
