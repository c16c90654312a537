// What is entered for a schedule: times in minutes, one of two kinds of rule.
import { Field, ID, InputType, Int } from 'type-graphql';
import type { ScheduleInput } from '../application/schedule-input.ts';
import type { DrillMode } from '../domain/drill/plan.ts';
import { refused, type Result, done } from '../domain/errors.ts';
import type { Rule, RuleUnit, Weekday } from '../domain/schedule/rule.ts';
import { dayText } from '../domain/schedule/wall-text.ts';
import { DrillModeEnum, RuleUnitEnum, WeekdayEnum } from './enums.ts';
import { InputValueInput, inputValues } from './plan.type.ts';

export const MINUTE_MS = 60_000;
const MINUTES_IN_WEEK = 10_080;

@InputType('NthWeekdayInput')
export class NthWeekdayInput {
  @Field(() => Int)
  nth!: number;

  @Field(() => WeekdayEnum)
  weekday!: Weekday;
}

@InputType('CalendarRuleInput')
export class CalendarRuleInput {
  @Field(() => RuleUnitEnum)
  unit!: RuleUnit;

  @Field(() => Int, { defaultValue: 1 })
  every!: number;

  @Field(() => [WeekdayEnum], { defaultValue: [] })
  weekdays!: Weekday[];

  @Field(() => [Int], { defaultValue: [] })
  monthDays!: number[];

  @Field(() => [NthWeekdayInput], { defaultValue: [] })
  nthWeekdays!: NthWeekdayInput[];

  @Field(() => [String])
  times!: string[];

  @Field(() => String, { nullable: true, description: 'First day that counts; the day of its entry when left out.' })
  from?: string | null;
}

@InputType('ScheduleExceptionInput')
export class ScheduleExceptionInput {
  @Field(() => String)
  on!: string;

  @Field(() => String)
  reason!: string;
}

@InputType('ScheduleInput', { description: 'Give one of cron and calendar.' })
export class ScheduleInputType {
  @Field(() => String)
  title!: string;

  @Field(() => ID)
  runbook!: string;

  @Field(() => DrillModeEnum)
  mode!: DrillMode;

  @Field(() => [InputValueInput], { defaultValue: [] })
  inputs!: InputValueInput[];

  @Field(() => String, { nullable: true })
  cron?: string | null;

  @Field(() => CalendarRuleInput, { nullable: true })
  calendar?: CalendarRuleInput | null;

  @Field(() => String)
  zone!: string;

  @Field(() => String, { nullable: true })
  startsOn?: string | null;

  @Field(() => String, { nullable: true })
  endsOn?: string | null;

  @Field(() => [ScheduleExceptionInput], { defaultValue: [] })
  exceptions!: ScheduleExceptionInput[];

  @Field(() => Boolean, { defaultValue: false })
  isOnlyAfterPass!: boolean;

  @Field(() => Int, { defaultValue: 0 })
  jitterMinutes!: number;

  @Field(() => Int, { defaultValue: 10 })
  graceMinutes!: number;

  @Field(() => Int, { defaultValue: 60 })
  windowMinutes!: number;

  @Field(() => Int, { defaultValue: MINUTES_IN_WEEK })
  leadMinutes!: number;

  @Field(() => String, { nullable: true })
  alertChannel?: string | null;

  @Field(() => String, { nullable: true, description: 'An account; the person who enters it when left out, the same as before in a change.' })
  owner?: string | null;
}

/** Fields of the use case by the names that they have here. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
  graceMs: 'graceMinutes',
  windowMs: 'windowMinutes',
  leadMs: 'leadMinutes',
  jitterMs: 'jitterMinutes',
  every: 'calendar.every',
  weekdays: 'calendar.weekdays',
  monthDays: 'calendar.monthDays',
  nthWeekdays: 'calendar.nthWeekdays',
  times: 'calendar.times',
  from: 'calendar.from',
};

export function scheduleInputOf(input: ScheduleInputType, now: number): Result<ScheduleInput> {
  const rule = ruleOf(input, now);
  if (rule === null)
    return refused('INVALID_INPUT', 'A schedule has one rule: a cron expression or a calendar rule. Give one of them.', { field: 'cron' });
  const { title, runbook, mode, zone, exceptions, isOnlyAfterPass } = input;
  return done({
    title,
    runbook,
    mode,
    rule,
    zone,
    exceptions,
    isOnlyAfterPass,
    inputs: inputValues(input.inputs),
    startsOn: textOrNull(input.startsOn),
    endsOn: textOrNull(input.endsOn),
    jitterMs: input.jitterMinutes * MINUTE_MS,
    graceMs: input.graceMinutes * MINUTE_MS,
    windowMs: input.windowMinutes * MINUTE_MS,
    leadMs: input.leadMinutes * MINUTE_MS,
    alertChannel: textOrNull(input.alertChannel),
    owner: textOrNull(input.owner),
  });
}

function ruleOf({ cron, calendar }: ScheduleInputType, now: number): Rule | null {
  const hasCron = textOrNull(cron) !== null;
  const hasCalendar = calendar !== null && calendar !== undefined;
  if (hasCron === hasCalendar) return null;
  if (!hasCalendar) return { kind: 'cron', cron: cron ?? '' };
  const nthWeekdays = calendar.nthWeekdays.map(({ nth, weekday }) => ({ nth, weekday }));
  const { unit, every, weekdays, monthDays, times } = calendar;
  return { kind: 'calendar', unit, every, weekdays, monthDays, nthWeekdays, times, from: textOrNull(calendar.from) ?? dayText(now) };
}

function textOrNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text.trim();
}
