// The wall-clock times of a rule, rising: what it says, before any zone is asked.
import { calendarDays } from './calendar-days.ts';
import { nextOf, parseCron } from './cron.ts';
import type { CalendarRule, Rule } from './rule.ts';
import { DAY_MS, parseTime } from './wall-text.ts';
import type { WallMs } from './zone-clock.ts';

/** Who plans further ahead plans nothing; it ends the search of a rule that never falls due, and holds leap days. */
const HORIZON_MS = 40 * 366 * DAY_MS;

/** Strictly after `after`. Throws a RangeError when the cron expression is none; `validateSchedule` tells beforehand. */
export function* wallTimes(rule: Rule, after: WallMs): Generator<WallMs> {
  switch (rule.kind) {
    case 'cron':
      yield* cronTimes(rule.cron, after);
      break;
    case 'calendar':
      yield* calendarTimes(rule, after);
      break;
  }
}

function* cronTimes(cron: string, after: WallMs): Generator<WallMs> {
  const expression = parseCron(cron, after);
  if (expression === null) throw new RangeError(`"${cron}" is not a cron expression`);
  for (let wall = nextOf(expression); wall !== null; wall = nextOf(expression)) yield wall;
}

function* calendarTimes(rule: CalendarRule, after: WallMs): Generator<WallMs> {
  const times = [...new Set(rule.times.map((time) => parseTime(time) ?? 0))].toSorted((a, b) => a - b);
  for (const day of calendarDays(rule, after, after + HORIZON_MS)) {
    for (const time of times) if (day + time > after) yield day + time;
  }
}
