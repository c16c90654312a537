// What is wrong with the rule of a schedule.
import type { Problem } from '../errors.ts';
import { nextOf, parseCron } from './cron.ts';
import type { CalendarRule, Rule } from './rule.ts';
import { parseDay, parseTime } from './wall-text.ts';
import { wallTimes } from './wall-times.ts';

/** Any instant does: whether a rule ever falls due does not depend on it. A leap year lies ahead of every search from here. */
const REFERENCE_AT = Date.UTC(2024, 0, 1);
/** A drill every hour of a day is more than anybody asks for. */
const MOST_TIMES = 24;
/** Ten years of months. */
const LONGEST_EVERY = 120;
const LONGEST_MONTH = 31;
const MOST_NTH = 5;

/** Each with the field of the rule at fault. */
export type RuleProblem = Problem & { readonly field: string };

export function ruleProblems(rule: Rule): readonly RuleProblem[] {
  switch (rule.kind) {
    case 'cron':
      return cronProblems(rule.cron);
    case 'calendar':
      return calendarProblems(rule);
  }
}

function cronProblems(cron: string): readonly RuleProblem[] {
  const expression = parseCron(cron, REFERENCE_AT);
  if (expression === null) {
    const remedy = 'Write five fields: minute, hour, day of month, month, day of week. `0 2 * * 0` is Sundays at 02:00.';
    return [fault({ code: 'bad-cron', field: 'cron' }, `"${cron}" is not a cron expression.`, remedy)];
  }
  if (nextOf(expression) !== null) return [];
  return [fault({ code: 'never-due', field: 'cron' }, `"${cron}" never falls due.`, 'Name a day that the month has.')];
}

function calendarProblems(rule: CalendarRule): readonly RuleProblem[] {
  const found = [...everyProblems(rule), ...timeProblems(rule), ...dayProblems(rule)];
  if (found.length > 0 || !wallTimes(rule, (parseDay(rule.from) ?? 0) - 1).next().done) return found;
  return [
    fault(
      { code: 'never-due', field: 'monthDays' },
      'No month that the rule names has such a day.',
      'Name a day that these months have, or the last day.',
    ),
  ];
}

function everyProblems({ every, from }: CalendarRule): readonly RuleProblem[] {
  return [
    ...(Number.isSafeInteger(every) && every >= 1 && every <= LONGEST_EVERY
      ? []
      : [fault({ code: 'bad-every', field: 'every' }, `Every ${every} is no step to count by.`, `Write a whole number from 1 to ${LONGEST_EVERY}.`)]),
    ...(parseDay(from) === null
      ? [fault({ code: 'bad-from', field: 'from' }, `"${from}" is not a day.`, 'Write the first day that counts as 2026-03-01.')]
      : []),
  ];
}

function timeProblems({ times }: CalendarRule): readonly RuleProblem[] {
  if (times.length === 0 || times.length > MOST_TIMES) {
    return [
      fault({ code: 'bad-times', field: 'times' }, `A rule has 1 to ${MOST_TIMES} times of day, not ${times.length}.`, 'Write a time such as 02:00.'),
    ];
  }
  return times
    .filter((time) => parseTime(time) === null)
    .map((time) => fault({ code: 'bad-times', field: 'times' }, `"${time}" is not a time of day.`, 'Write hours and minutes as 02:00.'));
}

function dayProblems({ unit, weekdays, monthDays, nthWeekdays }: CalendarRule): readonly RuleProblem[] {
  if (unit === 'week') {
    return weekdays.length > 0
      ? []
      : [fault({ code: 'no-day', field: 'weekdays' }, 'A weekly rule names no day of the week.', 'Choose one or more.')];
  }
  if (unit === 'day') return [];
  if (monthDays.length + nthWeekdays.length === 0) {
    return [
      fault(
        { code: 'no-day', field: 'monthDays' },
        'A monthly rule names no day of the month.',
        'Choose a date such as 1, the last day, or the first Tuesday.',
      ),
    ];
  }
  return [
    ...monthDays
      .filter((day) => !isDay(day))
      .map((day) => fault({ code: 'bad-day', field: 'monthDays' }, `${day} is not a day of a month.`, 'Write 1 to 31, or -1 for the last day.')),
    ...nthWeekdays
      .filter(({ nth }) => !isNth(nth))
      .map(({ nth }) =>
        fault({ code: 'bad-day', field: 'nthWeekdays' }, `No month has a weekday number ${nth}.`, 'Write 1 to 5, or -1 for the last one.'),
      ),
  ];
}

function isDay(day: number): boolean {
  return day === -1 || (Number.isSafeInteger(day) && day >= 1 && day <= LONGEST_MONTH);
}

function isNth(nth: number): boolean {
  return nth === -1 || (Number.isSafeInteger(nth) && nth >= 1 && nth <= MOST_NTH);
}

function fault(where: Pick<RuleProblem, 'code' | 'field'>, message: string, remedy: string): RuleProblem {
  return { ...where, severity: 'error', message, remedy };
}
