// When a running drill can be expected to end: the remaining path by the planned durations.
import type { DrillState, StepProgress } from './state.ts';
import { planTimeline } from './timeline.ts';

/** Milliseconds since the epoch; null before the start and after the end. A step that runs over its plan is taken to end now. */
export function expectedEndAt(state: DrillState, now: number): number | null {
  if (state.startedAt === null || state.finishedAt !== null) return null;
  const plannedMs = new Map(planTimeline(state.plan).steps.map((step) => [step.id, step.endMs - step.startMs]));
  const needs = new Map(state.plan.steps.map((step) => [step.id, step.needs]));
  const ends = new Map<string, number>();
  const endOf = (id: string): number => {
    const known = ends.get(id);
    if (known !== undefined) return known;
    const readyAt = Math.max(now, ...(needs.get(id) ?? []).map(endOf));
    const end = stepEnd(state.steps[id], { readyAt, now, plannedMs: plannedMs.get(id) ?? 0 });
    ends.set(id, end);
    return end;
  };
  return Math.max(now, ...state.plan.steps.map((step) => endOf(step.id)));
}

function stepEnd(step: StepProgress | undefined, at: { readyAt: number; now: number; plannedMs: number }): number {
  if (step?.endedAt != null) return step.endedAt;
  if (step?.startedAt != null) return Math.max(at.now, step.startedAt + at.plannedMs);
  return at.readyAt + at.plannedMs;
}
