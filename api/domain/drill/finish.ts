// When a run is over, and what it came to.
import { isAchieved } from './achieved.ts';
import { undoingStep } from './asking.ts';
import { isCanaryReadDue } from './canary.ts';
import type { DrillResult, DrillSummary } from './journal.ts';
import { endedBadly } from './step-ends.ts';
import { canGoOn, unresolvedSteps } from './settle.ts';
import type { DrillState } from './state.ts';
import { leftBehind } from './undo.ts';

export interface DrillEnd {
  readonly result: DrillResult;
  readonly summary: DrillSummary;
}

/**
 * Null while something runs, may start, or waits for a person. A paused drill does not end. One that was reopened is judged at its new
 * end like any other, with deviations; one that was reverted keeps the result and the measures that it had.
 */
export function endOf(state: DrillState): DrillEnd | null {
  if (state.run !== 'running' && state.run !== 'aborting') return null;
  if (undoingStep(state) !== null || canGoOn(state) || unresolvedSteps(state).length > 0 || isCanaryReadDue(state)) return null;
  const former = state.formerEnds.at(-1);
  if (former?.isRevert === true) {
    return { result: former.result, summary: { ...former.summary, isUnclean: leftBehind(state, true).length > 0 } };
  }
  const summary = {
    recoveryMs: recoveryMs(state),
    dataLossMs: state.canary.read?.dataLossMs ?? null,
    humanWaitMs: state.humanWaitMs,
    hasDeviations: former !== undefined || state.steps.all.some((step) => step.isDeviation),
    isUnclean: false,
  };
  const result = resultOf(state, summary);
  const isCutShort = result === 'failed' || result === 'aborted';
  return { result, summary: { ...summary, isUnclean: leftBehind(state, isCutShort).length > 0 } };
}

/**
 * From the declaration of the drill, or from the start of the `from` step of the clock named `recovery`, to the end of its
 * `to` step. Waiting for people is in it, and so is the time between an end and a reopening: nothing was recovered in it. Null when that step did not do what it is for, and in modes that recover nothing.
 */
export function recoveryMs(state: DrillState): number | null {
  const clock = state.plan.clocks.find((one) => one.name === 'recovery');
  if (clock === undefined || state.plan.mode === 'check' || state.plan.mode === 'dry-run') return null;
  const to = state.steps.get(clock.to);
  const startedAt = clock.from === null ? state.startedAt : (state.steps.get(clock.from)?.startedAt ?? null);
  if (to === undefined || startedAt === null || to.endedAt === null) return null;
  return isAchieved(state, clock.to) ? Math.max(0, to.endedAt - startedAt) : null;
}

function resultOf(state: DrillState, summary: DrillSummary): DrillResult {
  // A drill that undid itself has failed; a person's abort is one.
  if (state.abort !== null) return state.abort.by === null ? 'failed' : 'aborted';
  const hasFailed = state.steps.all.some((step) => endedBadly(step) || step.state === 'pending');
  if (hasFailed) return 'failed';
  return missesObjective(state, summary) ? 'late' : 'passed';
}

function missesObjective(state: DrillState, summary: DrillSummary): boolean {
  const { rtoSeconds, rpoSeconds } = state.plan.objective;
  if (summary.recoveryMs !== null && summary.recoveryMs > rtoSeconds * 1_000) return true;
  if (rpoSeconds === null) return false;
  if (summary.dataLossMs !== null) return summary.dataLossMs > rpoSeconds * 1_000;
  return hasLostEverything(state);
}

/** The recovery side answered and held no marker at all, though some were acknowledged: more was lost than can be measured. */
function hasLostEverything(state: DrillState): boolean {
  const { read, lastAcknowledged } = state.canary;
  return read !== null && read.newestMarker === null && read.reason === null && lastAcknowledged !== null;
}
