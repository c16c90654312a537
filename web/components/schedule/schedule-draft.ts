// What stands in the form of a schedule, made from a stored one and made into what the API takes. Pure.
import type { ResultOf, SchemaEnum, VariablesOf } from '../../graphql/graphql.ts';
import type { CreateSchedule, ScheduleQuery } from '../../graphql/schedules.ts';
import { addDays } from '../calendar/days.ts';

export type ScheduleInput = VariablesOf<typeof CreateSchedule>['input'];
export type StoredSchedule = NonNullable<ResultOf<typeof ScheduleQuery>['schedule']>;
export type Weekday = SchemaEnum<'Weekday'>;

export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const satisfies readonly Weekday[];
export const REPEATS = ['once', 'day', 'week', 'month', 'cron'] as const;
/** `once` is stored as a daily rule that begins and ends on one day. */
export type Repeat = (typeof REPEATS)[number];

/** How the API writes the last day of a month, and the last weekday of its kind. */
export const LAST = -1;
/** The word for it in the form's field. */
const LAST_WORD = 'last';

export interface ScheduleDraft {
  readonly title: string;
  readonly runbook: string;
  readonly mode: SchemaEnum<'DrillMode'>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly repeat: Repeat;
  readonly every: number;
  readonly weekdays: readonly Weekday[];
  /** Of a month: `1, 15, last`. */
  readonly monthDays: string;
  /** Of a month: the first Tuesday, the last Friday. */
  readonly nthWeekdays: readonly { readonly nth: number; readonly weekday: Weekday }[];
  /** `10:00`, separated by commas. */
  readonly times: string;
  readonly cron: string;
  readonly zone: string;
  /** The day of `once`, and the day from which days, weeks or months are counted. */
  readonly from: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly exceptions: readonly { readonly on: string; readonly reason: string }[];
  readonly isOnlyAfterPass: boolean;
  readonly jitterMinutes: number;
  readonly graceMinutes: number;
  readonly windowMinutes: number;
  readonly leadMinutes: number;
  readonly alertChannel: string;
  readonly owner: string;
}

/** A quarterly rehearsal: what most services need. A day makes it a single drill on that day. */
export function newDraft(known: {
  readonly zone: string;
  readonly today: string;
  readonly day: string | null;
  readonly runbook: string;
}): ScheduleDraft {
  return {
    title: '',
    runbook: known.runbook,
    mode: 'REHEARSAL',
    inputs: {},
    repeat: known.day === null ? 'month' : 'once',
    every: 3,
    weekdays: ['TUESDAY'],
    monthDays: '',
    nthWeekdays: [{ nth: 1, weekday: 'TUESDAY' }],
    times: '10:00',
    cron: '0 10 * * 2',
    zone: known.zone,
    from: known.day ?? addDays(known.today, 1),
    startsOn: '',
    endsOn: '',
    exceptions: [],
    isOnlyAfterPass: false,
    jitterMinutes: 0,
    graceMinutes: 10,
    windowMinutes: 60,
    leadMinutes: 10_080,
    alertChannel: '',
    owner: '',
  };
}

export function draftOf(schedule: StoredSchedule): ScheduleDraft {
  const { calendar } = schedule;
  const plain = newDraft({ zone: schedule.zone, today: calendar?.from ?? '2000-01-01', day: null, runbook: schedule.runbook.key });
  const isOnce = calendar?.unit === 'DAY' && calendar.every === 1 && schedule.startsOn !== null && schedule.startsOn === schedule.endsOn;
  return {
    ...plain,
    title: schedule.title,
    mode: schedule.mode,
    inputs: Object.fromEntries(schedule.inputs.map(({ name, value }) => [name, value])),
    repeat: calendar === null ? 'cron' : isOnce ? 'once' : repeatOf(calendar.unit),
    every: calendar?.every ?? 1,
    weekdays: calendar !== null && calendar.weekdays.length > 0 ? calendar.weekdays : plain.weekdays,
    monthDays: (calendar?.monthDays ?? []).map((day) => (day === LAST ? LAST_WORD : `${day}`)).join(', '),
    nthWeekdays: calendar?.unit === 'MONTH' ? calendar.nthWeekdays.map(({ nth, weekday }) => ({ nth, weekday })) : plain.nthWeekdays,
    times: calendar?.times.join(', ') ?? plain.times,
    cron: schedule.cron ?? plain.cron,
    from: (isOnce ? schedule.startsOn : calendar?.from) ?? plain.from,
    startsOn: isOnce ? '' : (schedule.startsOn ?? ''),
    endsOn: isOnce ? '' : (schedule.endsOn ?? ''),
    exceptions: schedule.exceptions.map(({ on, reason }) => ({ on, reason })),
    isOnlyAfterPass: schedule.isOnlyAfterPass,
    jitterMinutes: schedule.jitterMinutes,
    graceMinutes: schedule.graceMinutes,
    windowMinutes: schedule.windowMinutes,
    leadMinutes: schedule.leadMinutes,
    alertChannel: schedule.alertChannel ?? '',
    owner: schedule.ownerName,
  };
}

/** Empty texts are left out: the API then takes what it has for them. */
export function inputOf(draft: ScheduleDraft): ScheduleInput {
  const isOnce = draft.repeat === 'once';
  return {
    title: draft.title.trim(),
    runbook: draft.runbook,
    mode: draft.mode,
    inputs: Object.entries(draft.inputs)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => ({ name, value })),
    cron: draft.repeat === 'cron' ? draft.cron.trim() : null,
    calendar: draft.repeat === 'cron' ? null : calendarOf(draft),
    zone: draft.zone.trim(),
    startsOn: isOnce ? draft.from : orNull(draft.startsOn),
    endsOn: isOnce ? draft.from : orNull(draft.endsOn),
    exceptions: isOnce ? [] : draft.exceptions.map(({ on, reason }) => ({ on: on.trim(), reason: reason.trim() })),
    isOnlyAfterPass: draft.isOnlyAfterPass,
    jitterMinutes: draft.jitterMinutes,
    graceMinutes: draft.graceMinutes,
    windowMinutes: draft.windowMinutes,
    leadMinutes: draft.leadMinutes,
    alertChannel: orNull(draft.alertChannel),
    owner: orNull(draft.owner),
  };
}

function calendarOf(draft: ScheduleDraft): NonNullable<ScheduleInput['calendar']> {
  const isMonthly = draft.repeat === 'month';
  return {
    unit: draft.repeat === 'week' ? 'WEEK' : isMonthly ? 'MONTH' : 'DAY',
    every: draft.repeat === 'once' ? 1 : draft.every,
    weekdays: draft.repeat === 'week' ? [...draft.weekdays] : [],
    monthDays: isMonthly ? listOf(draft.monthDays).map((day) => (day.toLowerCase() === LAST_WORD ? LAST : Number(day))) : [],
    nthWeekdays: isMonthly ? [...draft.nthWeekdays] : [],
    times: listOf(draft.times),
    from: orNull(draft.from),
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function repeatOf(unit: SchemaEnum<'RuleUnit'>): Repeat {
  return unit === 'DAY' ? 'day' : unit === 'WEEK' ? 'week' : 'month';
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
