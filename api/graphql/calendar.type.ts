// The calendar of drills, and what a look ahead found.
import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import type { PreflightReport } from '../application/ask-preflight.ts';
import type { Calendar, CalendarEntry } from '../application/calendar.ts';
import type { Clash, SharedThing } from '../domain/schedule/clash.ts';
import type { Preflight, PreflightKind, PreflightProblem } from '../domain/schedule/preflight.ts';
import { isPreflightOk } from '../domain/schedule/preflight.ts';
import { wallText } from '../domain/schedule/wall-text.ts';
import { ZoneClock } from '../domain/schedule/zone-clock.ts';
import { ClosingType } from './closing.type.ts';
import { PreflightKindEnum, SharedKindEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';
import { OccurrenceType, ScheduleType } from './schedule.type.ts';

@ObjectType('CalendarEntry', { description: 'A due time, or a drill that people asked for.' })
export class CalendarEntryType {
  constructor(readonly entry: CalendarEntry) {}

  @Field(() => ID)
  get id(): string {
    return this.entry.id;
  }

  @Field(() => GraphQLISODateTime)
  get startAt(): Date {
    return instant(this.entry.startAt);
  }

  @Field(() => GraphQLISODateTime, { description: 'Expected where it has not ended.' })
  get endAt(): Date {
    return instant(this.entry.endAt);
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null for a drill that people asked for.' })
  get dueAt(): Date | null {
    return optionalInstant(this.entry.due?.dueAt ?? null);
  }

  @Field(() => String, { nullable: true, description: "What the clock of the schedule's zone shows at dueAt." })
  get wall(): string | null {
    const { due } = this.entry;
    return due === null ? null : wallText(new ZoneClock(due.schedule.zone).wallAt(due.dueAt));
  }

  @Field(() => ScheduleType, { nullable: true })
  get schedule(): ScheduleType | null {
    return this.entry.due === null ? null : new ScheduleType(this.entry.due.schedule);
  }

  @Field(() => OccurrenceType, { nullable: true, description: 'What became of the due time; null while nothing did.' })
  get occurrence(): OccurrenceType | null {
    return this.entry.occurrence === null ? null : new OccurrenceType(this.entry.occurrence);
  }

  @Field(() => [ClosingType], { description: 'What will keep it from starting.' })
  get closedBy(): ClosingType[] {
    return this.entry.closedBy.map((closing) => new ClosingType(closing));
  }
}

@ObjectType('SharedThing')
export class SharedThingType implements SharedThing {
  @Field(() => SharedKindEnum)
  kind!: SharedThing['kind'];

  @Field(() => String)
  name!: string;
}

@ObjectType('Clash', { description: 'Two entries that are in the way of each other.' })
export class ClashType {
  constructor(private readonly clash: Clash) {}

  @Field(() => ID, { description: 'Of the entry that starts first.' })
  get first(): string {
    return this.clash.first.id;
  }

  @Field(() => ID)
  get second(): string {
    return this.clash.second.id;
  }

  @Field(() => [SharedThingType])
  get shared(): readonly SharedThing[] {
    return this.clash.shared;
  }
}

@ObjectType('Calendar')
export class CalendarType {
  constructor(private readonly calendar: Calendar) {}

  @Field(() => [CalendarEntryType], { description: 'In order of their start.' })
  get entries(): CalendarEntryType[] {
    return this.calendar.entries.map((entry) => new CalendarEntryType(entry));
  }

  @Field(() => [ClosingType])
  get closings(): ClosingType[] {
    return this.calendar.closings.map((closing) => new ClosingType(closing));
  }

  @Field(() => [ClashType])
  get clashes(): ClashType[] {
    return this.calendar.clashes.map((clash) => new ClashType(clash));
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From here on entries are left out, because there are too many.' })
  get cutAt(): Date | null {
    return optionalInstant(this.calendar.cutAt);
  }
}

@ObjectType('PreflightProblem')
export class PreflightProblemType implements Pick<PreflightProblem, 'code' | 'message' | 'remedy'> {
  @Field(() => String)
  code!: string;

  @Field(() => Boolean, { description: 'It would keep the drill from starting or from passing; a warning otherwise.' })
  isError!: boolean;

  @Field(() => String)
  message!: string;

  @Field(() => String)
  remedy!: string;

  @Field(() => ID, { nullable: true })
  host?: string;
}

@ObjectType('Preflight')
export class PreflightType {
  @Field(() => PreflightKindEnum)
  kind!: PreflightKind;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null while it is under way.' })
  at!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  dueAt!: Date | null;

  @Field(() => Boolean)
  isOk!: boolean;

  @Field(() => [PreflightProblemType])
  problems!: readonly PreflightProblemType[];
}

export function preflightType({ kind, endedAt, dueAt, problems }: Preflight): PreflightType {
  return { kind, at: optionalInstant(endedAt), dueAt: instant(dueAt), isOk: isPreflightOk(problems), problems: problems.map(problemType) };
}

export function preflightOfReport({ at, dueAt, isOk, problems }: PreflightReport): PreflightType {
  return { kind: 'asked', at: instant(at), dueAt: optionalInstant(dueAt), isOk, problems: problems.map(problemType) };
}

function problemType({ code, message, remedy, severity, host }: PreflightProblem): PreflightProblemType {
  return { code, message, remedy, isError: severity === 'error', ...(host === undefined ? {} : { host }) };
}
