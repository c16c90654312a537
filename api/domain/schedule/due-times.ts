// When a schedule falls due: wall-clock times of its zone, as instants.
import type { Schedule } from './schedule.ts';
import { DAY_MS, dayText, parseDay, wallText } from './wall-text.ts';
import { wallTimes } from './wall-times.ts';
import { ZoneClock, type WallMs } from './zone-clock.ts';

/** A bound for one call, whatever the rule; who needs more goes on after the last. A week of minutes fits. */
export const MOST_DUE_TIMES = 10_080;

export type DueLimit = { readonly count: number } | { readonly untilAt: number };
export type DueRule = Pick<Schedule, 'rule' | 'zone' | 'startsOn' | 'endsOn' | 'exceptions'>;

export interface DueTime {
  readonly at: number;
  /** What the rule says; the zone's clock shows another time at `at` where this one does not exist. */
  readonly wall: WallMs;
}

/**
 * Due times after `afterAt`, strictly rising: the next `count`, or all up to and including `untilAt`, at most `MOST_DUE_TIMES`. A local
 * time that does not exist falls due at the first valid instant; one that exists twice falls due once, the first time. Throws when
 * cron or zone are not valid; `validateSchedule` tells beforehand.
 *
 * Rules are read against a clock without daylight saving, and only what they give is placed in the zone: cron-parser's own reading of
 * zones does not know gaps of half an hour.
 */
export function dueTimes(rule: DueRule, afterAt: number, limit: DueLimit): number[] {
  return dueTimesIn(rule, afterAt, limit).map(({ at }) => at);
}

/** The same, with what the rule says of each. */
export function dueTimesIn(rule: DueRule, afterAt: number, limit: DueLimit): DueTime[] {
  const clock = new ZoneClock(rule.zone);
  const most = Math.min('count' in limit ? limit.count : MOST_DUE_TIMES, MOST_DUE_TIMES);
  const untilAt = 'untilAt' in limit ? limit.untilAt : Number.POSITIVE_INFINITY;
  const { firstWall, endWall } = boundsOf(rule);
  const isLeftOut = exceptionTest(rule);
  const times: DueTime[] = [];
  let last = afterAt;
  for (const wall of wallTimes(rule.rule, Math.max(clock.wallAt(afterAt), firstWall - 1))) {
    if (times.length >= most || wall >= endWall) break;
    const at = clock.instantOf(wall);
    if (at > untilAt) break;
    // Several times within one gap meet at its end, and what exists twice may lie before `afterAt`.
    if (at > last && !isLeftOut(wall)) {
      times.push({ at, wall });
      last = at;
    }
  }
  return times;
}

/** The next `count` due times after `now`; none when the schedule is not active. */
export function nextOccurrences(schedule: DueRule & Pick<Schedule, 'isActive'>, now: number, count: number): number[] {
  return schedule.isActive ? dueTimes(schedule, now, { count }) : [];
}

export function isDueAt(rule: DueRule, at: number): boolean {
  return dueTimes(rule, at - 1, { count: 1 })[0] === at;
}

function boundsOf({ startsOn, endsOn }: DueRule): { firstWall: WallMs; endWall: WallMs } {
  const last = endsOn === null ? null : parseDay(endsOn);
  return {
    firstWall: (startsOn === null ? null : parseDay(startsOn)) ?? Number.NEGATIVE_INFINITY,
    endWall: last === null ? Number.POSITIVE_INFINITY : last + DAY_MS,
  };
}

function exceptionTest({ exceptions }: DueRule): (wall: WallMs) => boolean {
  const left = new Set(exceptions.map(({ on }) => on));
  return left.size === 0 ? () => false : (wall) => left.has(dayText(wall)) || left.has(wallText(wall));
}
