// Whether an ended drill may go on from where it stopped, or have undone what it left behind.
import { refused } from '../errors.ts';
import { formatDuration } from '../duration.ts';
import { stepName } from './command-step.ts';
import { isTouched } from './ends.ts';
import { passedPoint } from './passed-point.ts';
import { indexOf } from './plan-index.ts';
import type { PlanStep } from './plan.ts';
import { timeOfDay, type Refused } from './reduce/change.ts';
import { sayLastControl } from './reduce/lateness.ts';
import { badRun } from './reduce/run-refusals.ts';
import type { DrillState } from './state.ts';

/** After a day neither the hosts nor what people remember of them are what the plan was approved for. */
export const REOPEN_WITHIN_MS = 24 * 3_600_000;

/**
 * Null when the drill may go on: it failed or was interrupted, nothing of it has been put back, and not too long ago. It goes on with
 * the plan that was approved; whether its locks can be had is for the caller to see.
 */
export function notReopenable(state: DrillState, at: number): Refused | null {
  if (state.finishedAt === null || state.result === null) return badRun(state);
  if (state.result === 'passed' || state.result === 'late') {
    return refused('BAD_STATE', `The drill came to its end at ${timeOfDay(state.finishedAt)} and passed, so there is nothing to go on with.`);
  }
  if (state.abort?.form === 'undo') return refused('BAD_STATE', 'The drill was undone, so there is nowhere to go on from. Request a new one.');
  const back = putBack(state);
  if (back !== null) {
    return refused('BAD_STATE', `${back} at the end, so the drill cannot go on from where it stopped. Request a new one.`);
  }
  const untilAt = state.finishedAt + REOPEN_WITHIN_MS;
  if (at <= untilAt) return null;
  return refused('BAD_STATE', `The drill ended more than ${formatDuration(REOPEN_WITHIN_MS)} ago, too long to go on from there. Request a new one.`);
}

/** Null when what an ended drill left behind can be undone now. */
export function notRevertible(state: DrillState): Refused | null {
  if (state.finishedAt === null || state.summary === null) return badRun(state);
  if (!state.summary.isUnclean) {
    return refused('CONFLICT', sayLastControl(state, ['undo-accepted', 'revert-requested']) ?? 'This drill left nothing behind.');
  }
  if (state.result === 'passed' || state.result === 'late') {
    return refused('BAD_STATE', 'The drill passed, and what it recovered stays. Put back by hand what should not, then accept that with a reason.');
  }
  const point = passedPoint(state);
  return point === null ? null : refused('BAD_STATE', `${point} is the point of no return and has started, so nothing is undone any more.`);
}

/** `Step 3 “Lock” was put back`: the first thing that the end of the drill reverted, or may have. */
function putBack(state: DrillState): string | null {
  for (const step of state.plan.steps) {
    if (state.steps.get(step.id)?.attempts.some(({ isUndo }) => isUndo)) return `${stepName(state.plan, step.id)} was undone`;
    const reverted = step.isAlways === true && hasRunAtEnd(state, step) ? touchedPair(state, step) : null;
    if (reverted !== null) return `${stepName(state.plan, reverted.id)} was put back by ${stepName(state.plan, step.id)}`;
  }
  return null;
}

function hasRunAtEnd(state: DrillState, step: PlanStep): boolean {
  return state.steps.get(step.id)?.isClosing === true && isTouched(state, step);
}

function touchedPair(state: DrillState, step: PlanStep): PlanStep | null {
  return (indexOf(state.plan).pairsOf.get(step.id) ?? []).find((pair) => isTouched(state, pair)) ?? null;
}
