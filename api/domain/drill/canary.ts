// The canary: numbered markers written to the primary side until it is stopped, and the newest one asked for on the recovery side.
import { endedWell } from './step-ends.ts';
import { indexOf } from './plan-index.ts';
import type { CanaryState, DrillState } from './state.ts';

/** Markers are written from the start of the drill until its `until` step may start: that one ends the writing. One is tried in any case. */
export function isCanaryWriting(state: DrillState): boolean {
  const canary = liveCanary(state);
  if (canary === null || state.run === 'recovering') return false;
  const until = indexOf(state.plan).stepOf.get(canary.until);
  const progress = state.steps.get(canary.until);
  if (until === undefined || progress === undefined) return false;
  if (progress.state !== 'pending' || progress.startedAt !== null) return false;
  return state.run === 'paused' || state.canary.lastMarker === 0 || !state.steps.areNeedsMet(until.id);
}

/** The step that ends the writing is not started before a first marker was tried, or there would be nothing to measure with. */
export function isHeldForCanary(state: DrillState, step: string): boolean {
  return liveCanary(state)?.until === step && state.canary.lastMarker === 0;
}

/** Once `until` and the step that ends the recovery have ended well, and only once. */
export function isCanaryReadDue(state: DrillState): boolean {
  const canary = liveCanary(state);
  if (canary === null || state.run === 'recovering' || state.canary.read !== null) return false;
  if (!endedWell(state.steps.get(canary.until))) return false;
  const after = canary.readAfter ?? state.plan.clocks.find((clock) => clock.name === 'recovery')?.to ?? null;
  if (after !== null) return endedWell(state.steps.get(after));
  return !state.steps.has('notWell');
}

export interface CanaryReading {
  readonly newestMarker: number | null;
  readonly dataLossMs: number | null;
  readonly reason: string | null;
}

/**
 * Proven data loss: time of the last acknowledged marker less the time of the newest one found, 0 when they are the same.
 * A marker found that was never acknowledged counts as the last acknowledged one before it. Null when it cannot be told.
 */
export function measureDataLoss(canary: CanaryState, newestMarker: number | null): CanaryReading {
  const last = canary.lastAcknowledged;
  if (last === null)
    return { newestMarker, dataLossMs: null, reason: 'No marker was acknowledged by the primary side, so data loss was not measured.' };
  if (newestMarker === null) return { newestMarker, dataLossMs: null, reason: null };
  const found = canary.acknowledged.findLast((marker) => marker.marker <= newestMarker);
  if (found === undefined) return { newestMarker, dataLossMs: null, reason: `Marker ${newestMarker} is older than every marker of this drill.` };
  return { newestMarker, dataLossMs: Math.max(0, last.writtenAt - found.writtenAt), reason: null };
}

function liveCanary(state: DrillState): DrillState['plan']['canary'] {
  if (state.abort !== null || state.startedAt === null || state.finishedAt !== null) return null;
  return state.plan.mode === 'rehearsal' || state.plan.mode === 'failover' ? state.plan.canary : null;
}
