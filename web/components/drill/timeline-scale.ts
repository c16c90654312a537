// The time axis of a drill: where an instant lies, how far the axis reaches, and which ticks it carries.
import { scaleLinear } from 'd3-scale';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Steps a person can add up in the head. */
const TICK_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400].map((s) => s * SECOND);
/** Room after the last bar, so that its end is seen. */
const HEADROOM = 1.04;
/** An objective further out than this times the drill would squeeze the bars; it is then named at the edge. */
const OBJECTIVE_REACH = 2;

export interface TimelineExtent {
  readonly plannedMs: number;
  readonly elapsedMs: number;
  readonly objectiveMs: number | null;
}

export interface TimelineAxis {
  readonly endMs: number;
  readonly ticks: readonly number[];
  /** False when the objective lies beyond the axis. */
  readonly isObjectiveShown: boolean;
  /** Percent of the axis, 0 to 100, clamped. */
  readonly at: (ms: number) => number;
}

/** The axis of a drill, from its start to its last planned or actual instant. */
export function timelineAxis({ plannedMs, elapsedMs, objectiveMs }: TimelineExtent, maxTicks = 8): TimelineAxis {
  const content = Math.max(plannedMs, elapsedMs, SECOND);
  const isObjectiveShown = objectiveMs !== null && objectiveMs <= content * OBJECTIVE_REACH;
  const endMs = Math.max(content, isObjectiveShown ? objectiveMs : 0) * HEADROOM;
  const scale = scaleLinear([0, endMs], [0, 100]).clamp(true);
  return { endMs, ticks: ticksUntil(endMs, maxTicks), isObjectiveShown, at: (ms) => scale(ms) };
}

/** A tick's label: `0`, `30 s`, `5 min`, `1 h`. */
export function tickLabel(ms: number): string {
  if (ms === 0) return '0';
  if (ms % HOUR === 0) return `${ms / HOUR} h`;
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)}:${String((ms % HOUR) / MINUTE).padStart(2, '0')}`;
  if (ms % MINUTE === 0) return `${ms / MINUTE} min`;
  return ms > MINUTE ? `${Math.floor(ms / MINUTE)}:${String((ms % MINUTE) / SECOND).padStart(2, '0')}` : `${ms / SECOND} s`;
}

function ticksUntil(endMs: number, maxTicks: number): number[] {
  const step = TICK_STEPS_MS.find((candidate) => endMs / candidate <= maxTicks) ?? Math.ceil(endMs / maxTicks / HOUR) * HOUR;
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
}
