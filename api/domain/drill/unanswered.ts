// Questions to people that nobody has answered in the time that their step gives.
import { formatDuration } from '../duration.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState, StepProgress } from './state.ts';

/** Until when an answer is waited for; null for a step that asks nothing now. A point of no return waits for as long as it takes. */
export function answerDeadline(step: PlanStep, progress: StepProgress | undefined): number | null {
  if (step.kind !== 'confirm' && step.kind !== 'approve') return null;
  return progress?.state === 'waiting' && progress.waitingSince !== null ? progress.waitingSince + step.timeoutMs : null;
}

export interface Unanswered {
  readonly step: string;
  readonly reason: string;
}

/** Those whose time is up. A paused drill gives nothing up. */
export function unanswered(state: DrillState, now: number): readonly Unanswered[] {
  if (state.run === 'paused') return [];
  return state.steps.in('waiting').flatMap((step) => {
    const deadline = answerDeadline(step, state.steps.get(step.id));
    return deadline === null || deadline > now ? [] : [{ step: step.id, reason: `Nobody answered within ${formatDuration(step.timeoutMs)}.` }];
  });
}

/** When the next time is up; after `now`. */
export function answerDeadlines(state: DrillState, now: number): readonly number[] {
  if (state.run === 'paused') return [];
  return state.steps
    .in('waiting')
    .flatMap((step) => answerDeadline(step, state.steps.get(step.id)) ?? [])
    .filter((at) => at > now);
}
