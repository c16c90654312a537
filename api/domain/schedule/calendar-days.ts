// The days of a calendar rule, in order and without an end.
import type { CalendarRule, NthWeekday } from './rule.ts';
import { WEEKDAYS } from './rule.ts';
import { DAY_MS, parseDay, startOfDay } from './wall-text.ts';
import type { WallMs } from './zone-clock.ts';

const WEEK_DAYS = 7;
const WEEK_MS = WEEK_DAYS * DAY_MS;
const MONTHS = 12;
const EPOCH_YEAR = 1970;
/** 1970-01-01 was a Thursday. */
const FIRST_MONDAY = -3 * DAY_MS;

/** Midnights from the day of `after` on, none before the rule's first day, up to the period that `until` lies in. Takes the rule as valid. */
export function* calendarDays(rule: CalendarRule, after: WallMs, until: WallMs): Generator<WallMs> {
  const anchor = parseDay(rule.from) ?? 0;
  const first = Math.max(startOfDay(after), anchor);
  const days =
    rule.unit === 'day' ? everyDays(rule, anchor, first) : rule.unit === 'week' ? weekDays(rule, anchor, first) : monthDays(rule, anchor, first);
  for (const { days: found, startsAt } of days) {
    if (startsAt > until) return;
    for (const day of found) if (day >= first) yield day;
  }
}

interface Period {
  readonly startsAt: WallMs;
  /** Rising. */
  readonly days: readonly WallMs[];
}

function* everyDays({ every }: CalendarRule, anchor: WallMs, first: WallMs): Generator<Period> {
  for (let day = anchor + Math.ceil((first - anchor) / DAY_MS / every) * every * DAY_MS; ; day += every * DAY_MS) {
    yield { startsAt: day, days: [day] };
  }
}

function* weekDays({ every, weekdays }: CalendarRule, anchor: WallMs, first: WallMs): Generator<Period> {
  const offsets = weekdays.map((weekday) => WEEKDAYS.indexOf(weekday)).toSorted((a, b) => a - b);
  const monday = FIRST_MONDAY + Math.floor((anchor - FIRST_MONDAY) / WEEK_MS) * WEEK_MS;
  for (let week = monday + Math.floor((first - monday) / WEEK_MS / every) * every * WEEK_MS; ; week += every * WEEK_MS) {
    yield { startsAt: week, days: offsets.map((offset) => week + offset * DAY_MS) };
  }
}

function* monthDays(rule: CalendarRule, anchor: WallMs, first: WallMs): Generator<Period> {
  const anchorMonth = monthIndex(anchor);
  for (let month = anchorMonth + Math.floor((monthIndex(first) - anchorMonth) / rule.every) * rule.every; ; month += rule.every) {
    const startsAt = monthStart(month);
    yield { startsAt, days: daysOfMonth(rule, startsAt, (monthStart(month + 1) - startsAt) / DAY_MS) };
  }
}

function daysOfMonth(rule: CalendarRule, startsAt: WallMs, length: number): readonly WallMs[] {
  const dates = [
    ...rule.monthDays.map((day) => (day < 0 ? length + 1 + day : day)),
    ...rule.nthWeekdays.map((wanted) => dateOfNth(wanted, startsAt, length)),
  ];
  return [...new Set(dates)]
    .filter((date) => date >= 1 && date <= length)
    .toSorted((a, b) => a - b)
    .map((date) => startsAt + (date - 1) * DAY_MS);
}

/** 1 to 31, or more than the month has when there is no fifth one. */
function dateOfNth({ nth, weekday }: NthWeekday, startsAt: WallMs, length: number): number {
  const firstDate = 1 + modulo(WEEKDAYS.indexOf(weekday) - weekdayOf(startsAt), WEEK_DAYS);
  return nth > 0 ? firstDate + (nth - 1) * WEEK_DAYS : firstDate + Math.floor((length - firstDate) / WEEK_DAYS) * WEEK_DAYS;
}

/** 0 for Monday. */
function weekdayOf(day: WallMs): number {
  return modulo((day - FIRST_MONDAY) / DAY_MS, WEEK_DAYS);
}

/** Months since January 1970. */
function monthIndex(wall: WallMs): number {
  const date = new Date(wall);
  return (date.getUTCFullYear() - EPOCH_YEAR) * MONTHS + date.getUTCMonth();
}

function monthStart(index: number): WallMs {
  return Date.UTC(EPOCH_YEAR, index);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
