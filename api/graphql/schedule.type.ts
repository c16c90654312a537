// Schedules and what became of their due times.
import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { DrillMode } from '../domain/drill/plan.ts';
import type { Occurrence, OccurrenceState, Schedule } from '../domain/schedule/schedule.ts';
import { DrillModeEnum, OccurrenceStateEnum } from './enums.ts';
import { instant } from './instant.ts';
import { InputValueInput } from './plan.type.ts';

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

  @Field(() => String)
  get cron(): string {
    return this.schedule.cron;
  }

  @Field(() => String)
  get zone(): string {
    return this.schedule.zone;
  }

  @Field(() => String)
  get ownerName(): string {
    return this.schedule.owner;
  }

  @Field(() => Boolean)
  get isActive(): boolean {
    return this.schedule.isActive;
  }
}

@ObjectType('Occurrence')
export class OccurrenceType {
  constructor(readonly occurrence: Occurrence) {}

  @Field(() => GraphQLISODateTime)
  get dueAt(): Date {
    return instant(this.occurrence.dueAt);
  }

  @Field(() => OccurrenceStateEnum)
  get state(): OccurrenceState {
    return this.occurrence.state;
  }

  @Field(() => String, { nullable: true })
  get reason(): string | null {
    return this.occurrence.reason;
  }
}

@InputType('ScheduleInput')
export class ScheduleInput {
  @Field(() => String)
  title!: string;

  @Field(() => ID)
  runbook!: string;

  @Field(() => DrillModeEnum)
  mode!: DrillMode;

  @Field(() => [InputValueInput], { defaultValue: [] })
  inputs!: InputValueInput[];

  @Field(() => String)
  cron!: string;

  @Field(() => String)
  zone!: string;

  @Field(() => Int, { defaultValue: 10 })
  graceMinutes!: number;
}
