// Schedules, their due times, and what became of these.
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import type { NextDue } from '../application/next-due.ts';
import type { DrillMode } from '../domain/drill/plan.ts';
import type { Closing } from '../domain/schedule/closing.ts';
import type { CalendarRule, NthWeekday, Rule, RuleUnit, Weekday } from '../domain/schedule/rule.ts';
import type { MissedCause, Occurrence, OccurrenceState, Schedule, ScheduleException } from '../domain/schedule/schedule.ts';
import { ClosingType } from './closing.type.ts';
import { DrillModeEnum, MissedCauseEnum, OccurrenceStateEnum, RuleUnitEnum, WeekdayEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';
import { LabelType, labelsOf } from './label.type.ts';
import { MINUTE_MS } from './schedule.input.ts';

@ObjectType('NthWeekday')
export class NthWeekdayType implements NthWeekday {
  @Field(() => Int, { description: '1 to 5, or -1 for the last one of the month.' })
  nth!: number;

  @Field(() => WeekdayEnum)
  weekday!: Weekday;
}

@ObjectType('CalendarRule')
export class CalendarRuleType {
  constructor(private readonly rule: CalendarRule) {}

  @Field(() => RuleUnitEnum)
  get unit(): RuleUnit {
    return this.rule.unit;
  }

  @Field(() => Int)
  get every(): number {
    return this.rule.every;
  }

  @Field(() => [WeekdayEnum])
  get weekdays(): readonly Weekday[] {
    return this.rule.weekdays;
  }

  @Field(() => [Int], { description: '-1 is the last day of the month.' })
  get monthDays(): readonly number[] {
    return this.rule.monthDays;
  }

  @Field(() => [NthWeekdayType])
  get nthWeekdays(): readonly NthWeekday[] {
    return this.rule.nthWeekdays;
  }

  @Field(() => [String])
  get times(): readonly string[] {
    return this.rule.times;
  }

  @Field(() => String, { description: 'First day that counts, such as 2026-03-01.' })
  get from(): string {
    return this.rule.from;
  }
}

@ObjectType('ScheduleException')
export class ScheduleExceptionType implements ScheduleException {
  @Field(() => String, { description: 'A day (2026-12-24) or one due time as the rule says it (2026-12-24T02:00).' })
  on!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType('NextDue')
export class NextDueType {
  /** `schedule` is null for one that is not stored yet. */
  constructor(
    readonly due: NextDue,
    readonly schedule: string | null,
  ) {}

  @Field(() => GraphQLISODateTime)
  get dueAt(): Date {
    return instant(this.due.dueAt);
  }

  @Field(() => GraphQLISODateTime, { description: 'With the jitter.' })
  get startAt(): Date {
    return instant(this.due.startAt);
  }

  @Field(() => String, { description: "What the clock of the schedule's zone shows at dueAt: 2026-03-29T03:00." })
  get wall(): string {
    return this.due.wall;
  }

  @Field(() => Boolean, { description: 'The time that the rule says does not exist on that day.' })
  get isShifted(): boolean {
    return this.due.wall !== this.due.ruleWall;
  }

  @Field(() => [ClosingType], { description: 'Freezes and blackouts that rule it out; empty when it can start.' })
  get closedBy(): ClosingType[] {
    return this.due.closedBy.map((closing: Closing) => new ClosingType(closing));
  }
}

@ObjectType('Schedule')
export class ScheduleType {
  constructor(readonly schedule: Schedule) {}

  @Field(() => ID)
  get id(): string {
    return this.schedule.id;
  }

  @Field(() => String)
  get title(): string {
    return this.schedule.title;
  }

  @Field(() => DrillModeEnum)
  get mode(): DrillMode {
    return this.schedule.mode;
  }

  @Field(() => [LabelType], { description: 'Values of the runbook’s inputs; a schedule keeps no secrets.' })
  get inputs(): readonly LabelType[] {
    return labelsOf(this.schedule.inputs);
  }

  @Field(() => String, { nullable: true, description: 'Null when the rule is a calendar rule.' })
  get cron(): string | null {
    return this.#rule.kind === 'cron' ? this.#rule.cron : null;
  }

  @Field(() => CalendarRuleType, { nullable: true, description: 'Null when the rule is a cron expression.' })
  get calendar(): CalendarRuleType | null {
    return this.#rule.kind === 'calendar' ? new CalendarRuleType(this.#rule) : null;
  }

  @Field(() => String)
  get zone(): string {
    return this.schedule.zone;
  }

  @Field(() => String, { nullable: true, description: 'First local day on which it may fall due.' })
  get startsOn(): string | null {
    return this.schedule.startsOn;
  }

  @Field(() => String, { nullable: true, description: 'Last local day on which it may fall due.' })
  get endsOn(): string | null {
    return this.schedule.endsOn;
  }

  @Field(() => [ScheduleExceptionType])
  get exceptions(): readonly ScheduleException[] {
    return this.schedule.exceptions;
  }

  @Field(() => Boolean)
  get isOnlyAfterPass(): boolean {
    return this.schedule.isOnlyAfterPass;
  }

  @Field(() => Int)
  get jitterMinutes(): number {
    return Math.round(this.schedule.jitterMs / MINUTE_MS);
  }

  @Field(() => Int)
  get graceMinutes(): number {
    return Math.round(this.schedule.graceMs / MINUTE_MS);
  }

  @Field(() => Int)
  get windowMinutes(): number {
    return Math.round(this.schedule.windowMs / MINUTE_MS);
  }

  @Field(() => Int)
  get leadMinutes(): number {
    return Math.round(this.schedule.leadMs / MINUTE_MS);
  }

  @Field(() => String, { nullable: true })
  get alertChannel(): string | null {
    return this.schedule.alertChannel;
  }

  @Field(() => String)
  get ownerName(): string {
    return this.schedule.owner;
  }

  @Field(() => Boolean)
  get isActive(): boolean {
    return this.schedule.isActive;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get endedAt(): Date | null {
    return optionalInstant(this.schedule.endedAt);
  }

  @Field(() => Int, { description: 'Name it when you change the schedule: a newer one is then not overwritten.' })
  get version(): number {
    return this.schedule.version;
  }

  get #rule(): Rule {
    return this.schedule.rule;
  }
}

@ObjectType('Occurrence')
export class OccurrenceType {
  constructor(readonly occurrence: Occurrence) {}

  @Field(() => GraphQLISODateTime)
  get dueAt(): Date {
    return instant(this.occurrence.dueAt);
  }

  @Field(() => OccurrenceStateEnum, { description: 'PLANNED: the drill is there and waits for its time or its approvals.' })
  get state(): OccurrenceState {
    return this.occurrence.state;
  }

  @Field(() => MissedCauseEnum, { nullable: true })
  get cause(): MissedCause | null {
    return this.occurrence.cause;
  }

  @Field(() => String, { nullable: true })
  get reason(): string | null {
    return this.occurrence.reason;
  }
}
