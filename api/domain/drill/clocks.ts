// What the clocks of a drill show at an instant: the whole drill, its recovery and other sections, and the waiting for people.
import { isAchieved } from './achieved.ts';
import type { DrillState } from './state.ts';

export interface ClockReading {
  /** `drill`, `human-wait`, or the name of a clock in the runbook. */
  readonly name: string;
  /** Null before it runs. */
  readonly startedAt: number | null;
  /** Null while it runs, and when its last step was never reached. */
  readonly endedAt: number | null;
  readonly elapsedMs: number | null;
  readonly objectiveMs: number | null;
}

/** Every clock, the drill's own first. A clock that never reached its end stands still where the drill ended. */
export function clockReadings(state: DrillState, now: number): readonly ClockReading[] {
  return [drillClock(state, now), ...state.plan.clocks.map((clock) => section(state, clock, now)), humanWait(state, now)];
}

function drillClock(state: DrillState, now: number): ClockReading {
  return reading({ name: 'drill', startedAt: state.startedAt, endedAt: state.finishedAt, objectiveMs: null }, state.finishedAt ?? now);
}

function section(state: DrillState, clock: DrillState['plan']['clocks'][number], now: number): ClockReading {
  const startedAt = clock.from === null ? state.startedAt : (state.steps.get(clock.from)?.startedAt ?? null);
  const endedAt = isAchieved(state, clock.to) ? (state.steps.get(clock.to)?.endedAt ?? null) : null;
  const objectiveMs = clock.objectiveMs ?? (clock.name === 'recovery' ? state.plan.objective.rtoSeconds * 1_000 : null);
  return reading({ name: clock.name, startedAt, endedAt, objectiveMs }, state.finishedAt ?? now);
}

/** The sum of all waits: `startedAt` is that of the wait going on. */
function humanWait(state: DrillState, now: number): ClockReading {
  const since = state.humanWaitSince;
  const elapsedMs = state.humanWaitMs + (since === null ? 0 : Math.max(0, (state.finishedAt ?? now) - since));
  return { name: 'human-wait', startedAt: since, endedAt: null, elapsedMs, objectiveMs: null };
}

function reading(clock: Omit<ClockReading, 'elapsedMs'>, untilAt: number): ClockReading {
  const elapsedMs = clock.startedAt === null ? null : Math.max(0, (clock.endedAt ?? untilAt) - clock.startedAt);
  return { ...clock, elapsedMs };
}
