// A rule of a schedule as a sentence.
import type { ResultOf } from '../../graphql/graphql.ts';
import type { SchedulesQuery } from '../../graphql/schedules.ts';
import { noonOf } from '../calendar/days.ts';
import { LAST, WEEKDAYS, type Weekday } from './schedule-draft.ts';

type Rule = Pick<ResultOf<typeof SchedulesQuery>['schedules'][number], 'cron' | 'calendar' | 'startsOn' | 'endsOn'>;

export interface RuleSpeech {
  readonly t: (key: string, named: Record<string, string | number>) => string;
  readonly language: string;
}

/** 2024-01-01 was a Monday: the names of the days come from the browser. */
const A_MONDAY = noonOf('2024-01-01');
const DAY_MS = 86_400_000;

export function weekdayName(weekday: Weekday, language: string, width: 'long' | 'short' = 'long'): string {
  const at = A_MONDAY + WEEKDAYS.indexOf(weekday) * DAY_MS;
  return new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' }).format(at);
}

/** `cron 0 10 * * 2`, `every 3 months on the 1st Tuesday at 10:00`. */
export function ruleWords({ cron, calendar, startsOn, endsOn }: Rule, { t, language }: RuleSpeech): string {
  if (calendar === null) return t('scheduleForm.rule.cron', { cron: cron ?? '' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const times = list.format(calendar.times);
  if (calendar.unit === 'DAY' && startsOn !== null && startsOn === endsOn) {
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(noonOf(startsOn));
    return t('scheduleForm.rule.once', { day, times });
  }
  const days = [
    ...calendar.weekdays.map((weekday) => weekdayName(weekday, language)),
    ...calendar.monthDays.map((day) => (day === LAST ? t('scheduleForm.rule.lastDay', {}) : t('scheduleForm.rule.nthDay', { day }))),
    ...calendar.nthWeekdays.map(({ nth, weekday }) =>
      t(nth === LAST ? 'scheduleForm.rule.lastWeekday' : 'scheduleForm.rule.nthWeekday', { nth, day: weekdayName(weekday, language) }),
    ),
  ];
  const every = t(`scheduleForm.rule.${calendar.unit}`, { n: calendar.every });
  return days.length === 0
    ? t('scheduleForm.rule.daily', { every, times })
    : t('scheduleForm.rule.onDays', { every, days: list.format(days), times });
}
