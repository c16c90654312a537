// When a running drill can be expected to recover and to end: the remaining path by what each step is expected to take.
import { inOrder, needsByIndex } from '../runbook/step-order.ts';
import { isAchieved } from './achieved.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState, StepProgress } from './state.ts';
import type { LengthOf } from './timeline.ts';

/** Instants in milliseconds since the epoch. */
export interface RemainingPath {
  readonly endAt: number;
  /** When the recovery clock is expected to stop; null without that clock, and once it has stopped. */
  readonly recoveryAt: number | null;
  /** Steps not ended yet, any delay of which delays the recovery, or the end where no recovery is timed or it is over. In plan order. */
  readonly critical: readonly string[];
}

/** Null before the start, after the end, and while a drill is aborted. A step that overruns counts what it has used, and ends now. */
export function remainingPath(state: DrillState, now: number, lengthOf: LengthOf): RemainingPath | null {
  if (state.startedAt === null || state.finishedAt !== null || state.abort !== null) return null;
  const { steps } = state.plan;
  const needs = needsByIndex(steps);
  const ends: number[] = steps.map(() => now);
  const starts: number[] = steps.map(() => now);
  const sinceOf = (step: PlanStep): number | null =>
    step.kind === 'sleep' && step.since !== undefined ? (state.steps.get(step.since)?.endedAt ?? null) : null;
  for (const index of inOrder(needs)) {
    const step = steps[index];
    if (step === undefined) continue;
    const readyAt = (needs[index] ?? []).reduce((latest, need) => Math.max(latest, ends[need] ?? now), now);
    starts[index] = readyAt;
    ends[index] = endOf(state.steps.get(step.id), { readyAt, now, lengthMs: lengthOf(step), sinceAt: sinceOf(step) });
  }
  const endAt = ends.reduce((latest, end) => Math.max(latest, end), now);
  const clock = state.plan.clocks.find(({ name }) => name === 'recovery');
  const goal = clock === undefined || isAchieved(state, clock.to) ? -1 : steps.findIndex(({ id }) => id === clock.to);
  const goals = goal >= 0 ? [goal] : ends.flatMap((end, index) => (end === endAt ? [index] : []));
  const isOpen = (index: number): boolean => state.steps.get(steps[index]?.id ?? '')?.endedAt == null;
  const critical = new Set(goals.filter(isOpen));
  // The set grows while it is walked: it is the queue as well.
  for (const index of critical) {
    for (const need of needs[index] ?? []) if (isOpen(need) && ends[need] === starts[index]) critical.add(need);
  }
  return {
    endAt,
    recoveryAt: goal < 0 ? null : (ends[goal] ?? null),
    critical: steps.flatMap(({ id }, index) => (critical.has(index) ? [id] : [])),
  };
}

interface Course {
  readonly readyAt: number;
  readonly now: number;
  readonly lengthMs: number;
  readonly sinceAt: number | null;
}

function endOf(progress: StepProgress | undefined, { readyAt, now, lengthMs, sinceAt }: Course): number {
  if (progress?.endedAt != null) return progress.endedAt;
  if (progress?.state === 'sleeping' && progress.sleepUntil !== null) return Math.max(now, progress.sleepUntil);
  const begunAt = progress === undefined ? null : beginning(progress);
  if (begunAt !== null) return Math.max(now, begunAt + lengthMs);
  return sinceAt === null ? readyAt + lengthMs : Math.max(readyAt, sinceAt + lengthMs);
}

/** Of the try that counts: what a person has run again begins anew. */
function beginning({ state, startedAt, waitingSince, attempts }: StepProgress): number | null {
  if (state === 'pending') return null;
  const current = attempts.filter(({ isUndo, isSuperseded }) => !isUndo && !isSuperseded).map(({ intendedAt }) => intendedAt);
  return current.length > 0 ? Math.min(...current) : (waitingSince ?? startedAt);
}
