// The rules by which a schedule falls due: a cron expression, or a calendar rule that can be filled in as a form.

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const RULE_UNITS = ['day', 'week', 'month'] as const;
export type RuleUnit = (typeof RULE_UNITS)[number];

/** `nth` is 1 to 5, or -1 for the last one of the month. */
export interface NthWeekday {
  readonly nth: number;
  readonly weekday: Weekday;
}

export interface CronRule {
  readonly kind: 'cron';
  /** Five fields. */
  readonly cron: string;
}

/** "Every two weeks on Monday and Thursday at 02:00", "each quarter on the first Tuesday at 06:30". */
export interface CalendarRule {
  readonly kind: 'calendar';
  readonly unit: RuleUnit;
  /** Every so many days, weeks or months, counted from `from`. Weeks begin on Monday. */
  readonly every: number;
  /** Of weeks. */
  readonly weekdays: readonly Weekday[];
  /** Of months: 1 to 31, or -1 for the last day. A month without such a day is left out. */
  readonly monthDays: readonly number[];
  /** Of months. */
  readonly nthWeekdays: readonly NthWeekday[];
  /** `02:00`, local time. */
  readonly times: readonly string[];
  /** First day that counts, `2026-03-01`. */
  readonly from: string;
}

export type Rule = CronRule | CalendarRule;
