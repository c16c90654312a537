// How long a step took in a run: its own work, and the people in it, kept apart.
import { isAchieved } from './achieved.ts';
import type { PlanStep } from './plan.ts';
import type { AttemptProgress, DrillState, StepProgress } from './state.ts';
import { familyOf, workOf, type ModeFamily } from './step-work.ts';

export interface StepSpan {
  /** From its start to its end, or to `now` while it goes on. */
  readonly elapsedMs: number;
  /** Of that, waiting for a person: an answer, or somebody to have it run again. */
  readonly humanMs: number;
}

/** What a finished run teaches about one step. */
export interface MeasuredStep {
  readonly step: string;
  readonly work: string;
  readonly family: ModeFamily;
  readonly workMs: number;
  readonly humanMs: number;
}

/** Null for a step that has not begun, or that nobody ran. A pending step that is to run again has not begun. */
export function spanOf(step: PlanStep, progress: StepProgress, now: number): StepSpan | null {
  if (progress.state === 'pending' || progress.state === 'skipped' || step.isShownOnly) return null;
  if (step.kind === 'confirm' || step.kind === 'approve') {
    const since = progress.waitingSince ?? progress.startedAt;
    const elapsedMs = since === null ? null : Math.max(0, (progress.endedAt ?? now) - since);
    return elapsedMs === null ? null : { elapsedMs, humanMs: elapsedMs };
  }
  const forward = progress.attempts.filter(({ isUndo }) => !isUndo);
  const startedAt = progress.startedAt;
  if (startedAt === null) return null;
  const elapsedMs = Math.max(0, (progress.endedAt ?? now) - startedAt);
  if (forward.length === 0) return { elapsedMs, humanMs: progress.state === 'waiting' ? elapsedMs : 0 };
  return { elapsedMs, humanMs: Math.max(0, elapsedMs - busyMs(forward, now)) };
}

/** The steps that did what they are for, with what they took; in the order of the plan. Empty for a check. */
export function measuredSteps(state: DrillState): readonly MeasuredStep[] {
  const family = familyOf(state.plan.mode);
  if (family === null || state.finishedAt === null) return [];
  const works = workOf(state.plan);
  return state.plan.steps.flatMap((step): readonly MeasuredStep[] => {
    const progress = state.steps.get(step.id);
    const work = works.get(step.id);
    if (progress === undefined || work === undefined || !isTelling(state, step, progress)) return [];
    const span = spanOf(step, progress, state.finishedAt ?? state.lastAt);
    return span === null ? [] : [{ step: step.id, work, family, workMs: span.elapsedMs - span.humanMs, humanMs: span.humanMs }];
  });
}

/** A sleep takes what the runbook says, and the end of an attempt that a person decided about is when they decided. */
function isTelling(state: DrillState, step: PlanStep, progress: StepProgress): boolean {
  if (step.kind === 'sleep' || progress.state === 'warned') return false;
  return isAchieved(state, step.id) && !progress.attempts.some(({ isDecided }) => isDecided);
}

/** Time in which some row was at work. The pause before an automatic retry is work; the time until a person has a row run again is not. */
function busyMs(attempts: readonly AttemptProgress[], now: number): number {
  const rows = Map.groupBy(attempts, ({ host }) => host);
  const spans = [...rows.values()].flatMap((tries) =>
    tries.map((attempt, index): readonly [number, number] => {
      const next = tries[index + 1];
      const endedAt = attempt.endedAt ?? now;
      return [attempt.intendedAt, next !== undefined && !attempt.isSuperseded ? Math.max(endedAt, next.intendedAt) : endedAt];
    }),
  );
  let busy = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busy;
}
