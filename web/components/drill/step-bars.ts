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

type Timed = Pick<StepDetail, 'state' | 'startedAt' | 'endedAt' | 'waitingSince' | 'confirmedAt'> & {
  readonly planned: Pick<StepDetail['planned'], 'startMs' | 'endMs' | 'kind'>;
};

/** Milliseconds since the drill's start; a step under way reaches to now. */
export function stepBars(step: Timed, startedAt: number | null, now: number): StepBars {
  const planned = { startMs: step.planned.startMs, endMs: step.planned.endMs };
  const isHuman = step.planned.kind === 'CONFIRM' || step.planned.kind === 'APPROVE' || step.state === 'WAITING';
  const begun = step.startedAt ?? step.waitingSince;
  // A skipped step took no time, and one that is to run again has not begun: a bar would say otherwise.
  if (startedAt === null || !begun || step.state === 'SKIPPED' || step.state === 'PENDING') return { planned, actual: null, isHuman };
  const ended = step.endedAt ?? (step.state === 'WAITING' ? null : isHuman ? step.confirmedAt : null);
  const startMs = Date.parse(begun) - startedAt;
  return { planned, actual: { startMs, endMs: Math.max(startMs, (ended ? Date.parse(ended) : now) - startedAt) }, isHuman };
}

/** The bar of what a call brought: from the first of its steps that began to the last that ended. Null before the first. */
export function spanOfAll(bars: readonly StepBars[]): Span | null {
  const actual = bars.flatMap((bar) => bar.actual ?? []);
  if (actual.length === 0) return null;
  return { startMs: Math.min(...actual.map(({ startMs }) => startMs)), endMs: Math.max(...actual.map(({ endMs }) => endMs)) };
}
