// Planned and actual bars of a step on the drill's time axis.
import type { StepDetail } from './drill-type.ts';

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

export interface StepBars {
  readonly planned: Span;
  /** Null while the step has not begun. */
  readonly actual: Span | null;
  /** A person was or is being waited for: hatched. */
  readonly isHuman: boolean;
}

type Timed = Pick<StepDetail, 'startedAt' | 'endedAt' | 'waitingSince' | 'confirmedAt'> & {
  readonly planned: Pick<StepDetail['planned'], 'startMs' | 'endMs' | 'kind'>;
};

/** Milliseconds since the drill's start; a step under way reaches to now. */
export function stepBars(step: Timed, startedAt: number | null, now: number): StepBars {
  const planned = { startMs: step.planned.startMs, endMs: step.planned.endMs };
  const isHuman = step.planned.kind === 'CONFIRM' || step.planned.kind === 'APPROVE';
  const begun = step.startedAt ?? step.waitingSince;
  if (startedAt === null || !begun) return { planned, actual: null, isHuman };
  const ended = step.endedAt ?? step.confirmedAt;
  const startMs = Date.parse(begun) - startedAt;
  return { planned, actual: { startMs, endMs: Math.max(startMs, (ended ? Date.parse(ended) : now) - startedAt) }, isHuman };
}
