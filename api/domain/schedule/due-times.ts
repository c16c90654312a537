// When a schedule falls due: wall-clock times of its zone, as instants.
import { nextOf, parseCron } from './cron.ts';
import type { Schedule } from './schedule.ts';
import { ZoneClock } from './zone-clock.ts';

/** A bound for one call, whatever the rule; who needs more goes on after the last. A week of minutes fits. */
export const MOST_DUE_TIMES = 10_080;

export type DueLimit = { readonly count: number } | { readonly untilAt: number };
type Rule = Pick<Schedule, 'cron' | 'zone'>;

/**
 * Due times after `afterAt`, strictly rising: the next `count`, or all up to and including `untilAt`, at most `MOST_DUE_TIMES`. A local
 * time that does not exist falls due at the first valid instant; one that exists twice falls due once, the first time. Throws when
 * cron or zone are not valid; `validateSchedule` tells beforehand.
 *
 * Cron is read against a clock without daylight saving, and only what it gives is placed in the zone: cron-parser's own reading of
 * zones does not know gaps of half an hour.
 */
export function dueTimes(rule: Rule, afterAt: number, limit: DueLimit): number[] {
  const clock = new ZoneClock(rule.zone);
  const expression = parseCron(rule.cron, clock.wallAt(afterAt));
  if (expression === null) throw new RangeError(`"${rule.cron}" is not a cron expression`);
  const most = Math.min('count' in limit ? limit.count : MOST_DUE_TIMES, MOST_DUE_TIMES);
  const untilAt = 'untilAt' in limit ? limit.untilAt : Number.POSITIVE_INFINITY;
  const times: number[] = [];
  let last = afterAt;
  while (times.length < most) {
    const wall = nextOf(expression);
    if (wall === null) break;
    const at = clock.instantOf(wall);
    if (at > untilAt) break;
    // Several times within one gap meet at its end, and what exists twice may lie before `afterAt`.
    if (at > last) times.push(at);
    last = Math.max(last, at);
  }
  return times;
}

/** The next `count` due times after `now`; none when the schedule is not active. */
export function nextOccurrences(schedule: Rule & Pick<Schedule, 'isActive'>, now: number, count: number): number[] {
  return schedule.isActive ? dueTimes(schedule, now, { count }) : [];
}
