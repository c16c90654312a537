// The next due times of a schedule: in its zone and as instants, with what keeps them from happening.
import { closingsAt, type Closing } from '../domain/schedule/closing.ts';
import { dueTimesIn } from '../domain/schedule/due-times.ts';
import { startOf } from '../domain/schedule/jitter.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { wallText } from '../domain/schedule/wall-text.ts';
import { ZoneClock } from '../domain/schedule/zone-clock.ts';
import type { ScheduleView } from './schedule-view.ts';

export interface NextDue {
  readonly dueAt: number;
  /** With the jitter. */
  readonly startAt: number;
  /** What the clock of the zone shows at `dueAt`: `2026-03-29T03:00`. */
  readonly wall: string;
  /** What the rule says: another time where it does not exist on that day. */
  readonly ruleWall: string;
  readonly closedBy: readonly Closing[];
}

export type Planned = Pick<Schedule, 'id' | 'runbook' | 'mode' | 'inputs' | 'rule' | 'zone' | 'startsOn' | 'endsOn' | 'exceptions' | 'jitterMs'>;

/** After `now`, whether the schedule is active or not. */
export async function nextDue(view: ScheduleView, schedule: Planned, { now, count }: { now: number; count: number }): Promise<readonly NextDue[]> {
  const times = dueTimesIn(schedule, now, { count });
  const last = times.at(-1);
  if (last === undefined) return [];
  const clock = new ZoneClock(schedule.zone);
  const closings = await view.closings(now, last.at + schedule.jitterMs + 1);
  const footprint = closings.length === 0 ? null : await view.footprint(schedule);
  return times.map(({ at, wall }) => {
    const startAt = startOf(schedule, at);
    const closedBy = footprint === null ? [] : closingsAt(closings, startAt, footprint);
    return { dueAt: at, startAt, wall: wallText(clock.wallAt(at)), ruleWall: wallText(wall), closedBy };
  });
}
