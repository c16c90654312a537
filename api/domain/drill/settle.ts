// What follows from every change: whether the run needs a person, and how long people were waited for.
import { launches } from './launches.ts';
import { askingSteps } from './asking.ts';
import { startableSteps } from './starting.ts';
import type { DrillState, RunState } from './state.ts';
import { undoUnknown } from './undo.ts';

/** The same state with its run state and its waiting clock brought up to date. Called once, by the reducer. */
export function settle(state: DrillState): DrillState {
  return countHumanWait({ ...state, run: runStateOf(state) });
}

/** Something runs, sleeps, waits for an answer, or may start now or later. */
export function canGoOn(state: DrillState): boolean {
  const { steps } = state;
  if (steps.has('live') || steps.has('waiting') || steps.has('sleeping')) return true;
  return launches(state).length > 0 || startableSteps(state).length > 0;
}

/** Steps that wait for a decision: nobody can tell what they came to, or they failed and ask; as far as somebody has to say it before the run can end. */
export function unresolvedSteps(state: DrillState): readonly string[] {
  if (state.abort !== null) {
    const closing = state.steps.in('unknown').filter((step) => step.isAlways === true);
    return [...new Set([...undoUnknown(state), ...closing.map(({ id }) => id)])];
  }
  return [...state.steps.in('unknown'), ...askingSteps(state)].map(({ id }) => id);
}

function runStateOf(state: DrillState): RunState {
  if (state.run !== 'running' && state.run !== 'aborting' && state.run !== 'needs-decision') return state.run;
  const isStuck = unresolvedSteps(state).length > 0 && !canGoOn({ ...state, run: 'running' });
  if (isStuck) return 'needs-decision';
  return state.abort === null ? 'running' : 'aborting';
}

/** Paused, undecided or unanswered: one clock for all of them, so that two questions at once are counted once. */
function countHumanWait(state: DrillState): DrillState {
  const isWaiting = isWaitingForPerson(state);
  if (isWaiting === (state.humanWaitSince !== null)) return state;
  if (state.humanWaitSince === null) return { ...state, humanWaitSince: state.lastAt };
  const wait = { fromAt: state.humanWaitSince, untilAt: Math.max(state.humanWaitSince, state.lastAt) };
  const humanWaitMs = state.humanWaitMs + wait.untilAt - wait.fromAt;
  return { ...state, humanWaitMs, humanWaits: [...state.humanWaits, wait], humanWaitSince: null };
}

function isWaitingForPerson(state: DrillState): boolean {
  if (state.run === 'paused' || state.run === 'needs-decision') return true;
  if (state.run !== 'running' && state.run !== 'aborting') return false;
  return state.steps.has('waiting') || askingSteps(state).length > 0;
}
