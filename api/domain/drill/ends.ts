// What still happens at the end of a drill, however it ends: steps marked `always`, and undo that is.
import { asCommandStep } from './command-step.ts';
import { hostsTouched } from './step-summary.ts';
import { isCanaryReadDue } from './canary.ts';
import { isAsking } from './asking.ts';
import { indexOf } from './plan-index.ts';
import { endedBadly, endedWell, isStopped, readySteps } from './order.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';

/** Nothing of the drill itself runs, waits or may start; what is left is to put back what must not stay. */
export function isWorkOver(state: DrillState): boolean {
  if (state.startedAt === null || state.finishedAt !== null || state.run === 'paused' || state.run === 'recovering') return false;
  if (readySteps(state).length > 0 || isCanaryReadDue(state)) return false;
  return state.plan.steps.every((step) => step.isAlways === true || !isOpen(state, step));
}

/** `always` steps that may start: the work is over, and they have something to revert, or are there for every end. */
export function closingSteps(state: DrillState): readonly PlanStep[] {
  if (!isWorkOver(state) || !hasEndedEarly(state)) return [];
  const due = dueAtEnd(state);
  const open = new Set(due.filter((step) => !isEnded(state, step.id)).map(({ id }) => id));
  return due.filter((step) => state.steps[step.id]?.state === 'pending' && !step.needs.some((need) => open.has(need)));
}

/** Every `always` step that belongs to this end has ended. */
export function areClosingStepsOver(state: DrillState): boolean {
  if (!isWorkOver(state) || state.plan.steps.some((step) => isOpen(state, step))) return false;
  return !hasEndedEarly(state) || dueAtEnd(state).every((step) => isEnded(state, step.id));
}

/** A drill that comes to its own end has had its `always` steps in their place. */
function hasEndedEarly(state: DrillState): boolean {
  return state.abort !== null || isStopped(state);
}

function dueAtEnd(state: DrillState): readonly PlanStep[] {
  const { pairsOf } = indexOf(state.plan);
  return state.plan.steps.filter((step) => {
    if (step.isAlways !== true) return false;
    const pairs = pairsOf.get(step.id) ?? [];
    return pairs.length === 0 || pairs.some((pair) => isTouched(state, pair));
  });
}

function isTouched(state: DrillState, step: PlanStep): boolean {
  const command = asCommandStep(step);
  const progress = state.steps[step.id];
  return command !== null && progress !== undefined && hostsTouched(command, progress).length > 0;
}

function isEnded(state: DrillState, id: string): boolean {
  const progress = state.steps[id];
  return endedWell(progress) || endedBadly(progress) || progress?.state === 'undone';
}

/** It runs, waits or is in doubt. After an abort nobody is asked about what is in doubt, unless undo or the end needs to know. */
function isOpen(state: DrillState, step: PlanStep): boolean {
  const progress = state.steps[step.id];
  if (progress === undefined) return false;
  if (progress.attempts.some((attempt) => attempt.state === 'intent' || attempt.state === 'launched')) return true;
  switch (progress.state) {
    case 'intent':
    case 'launched':
    case 'waiting':
    case 'sleeping':
      return true;
    case 'unknown':
      return state.abort === null || step.isAlways === true;
    case 'failed':
    case 'timed-out':
    case 'cancelled':
      return isAsking(state, step);
    case 'pending':
    case 'succeeded':
    case 'warned':
    case 'skipped':
    case 'undone':
      return false;
  }
}
