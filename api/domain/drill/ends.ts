// What still happens at the end of a drill, however it ends: steps marked `always`, and undo that is.
import { asCommandStep } from './command-step.ts';
import { rowTally } from './row-tally.ts';
import { isCanaryReadDue } from './canary.ts';
import { askingSteps } from './asking.ts';
import { indexOf } from './plan-index.ts';
import { isStopped, readySteps } from './order.ts';
import { endedBadly, endedWell } from './step-ends.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';

/** Nothing of the drill itself runs, waits or may start; what is left is to put back what must not stay. */
export function isWorkOver(state: DrillState): boolean {
  if (state.startedAt === null || state.finishedAt !== null || state.run === 'paused' || state.run === 'recovering') return false;
  if (readySteps(state).length > 0 || isCanaryReadDue(state)) return false;
  return openSteps(state).every((step) => step.isAlways === true);
}

/** `always` steps that may start: the work is over, and they have something to revert, or are there for every end. */
export function closingSteps(state: DrillState): readonly PlanStep[] {
  if (!hasEndedEarly(state) || !isWorkOver(state)) return [];
  const due = dueAtEnd(state);
  const open = new Set(due.filter((step) => !isEnded(state, step.id)).map(({ id }) => id));
  return due.filter((step) => state.steps.get(step.id)?.state === 'pending' && !step.needs.some((need) => open.has(need)));
}

/** For a step about to start: it is one that always runs, and it is the end that starts it, not its place in the course. */
export function startsAtEnd(state: DrillState, step: PlanStep): boolean {
  return step.isAlways === true && state.steps.get(step.id)?.state === 'pending' && hasEndedEarly(state);
}

/** Every `always` step that belongs to this end has ended. */
export function areClosingStepsOver(state: DrillState): boolean {
  if (!isWorkOver(state) || openSteps(state).length > 0) return false;
  return !hasEndedEarly(state) || dueAtEnd(state).every((step) => isEnded(state, step.id));
}

/** A drill that comes to its own end has had its `always` steps in their place. */
function hasEndedEarly(state: DrillState): boolean {
  return state.abort !== null || isStopped(state);
}

function dueAtEnd(state: DrillState): readonly PlanStep[] {
  const { always, pairsOf } = indexOf(state.plan);
  return always.filter((step) => {
    const pairs = pairsOf.get(step.id) ?? [];
    return pairs.length === 0 || pairs.some((pair) => isTouched(state, pair));
  });
}

/** Its command has started on some row, or may have. */
export function isTouched(state: DrillState, step: PlanStep): boolean {
  const command = asCommandStep(step);
  const attempts = state.steps.get(step.id)?.attempts ?? [];
  return command !== null && attempts.length > 0 && rowTally(command, attempts).lists.touched.length > 0;
}

function isEnded(state: DrillState, id: string): boolean {
  const progress = state.steps.get(id);
  return endedWell(progress) || endedBadly(progress) || progress?.state === 'undone';
}

/** They run, wait or are in doubt. After an abort nobody is asked about what is in doubt, unless undo or the end needs to know. */
function openSteps(state: DrillState): readonly PlanStep[] {
  const { steps, abort } = state;
  const doubtful = steps.in('unknown').filter((step) => abort === null || step.isAlways === true);
  return [...steps.in('live'), ...steps.in('going'), ...steps.in('waiting'), ...steps.in('sleeping'), ...doubtful, ...askingSteps(state)];
}
