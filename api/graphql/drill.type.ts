// A drill as the API shows it: the row in here, what the journal adds up to in the resolver.
import { Field, Float, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { DrillRecord } from '../application/stores.ts';
import type { DrillLevel } from '../domain/catalogue/portfolio.ts';
import type { AbortForm, DrillResult } from '../domain/drill/journal.ts';
import type { DrillMode } from '../domain/drill/plan.ts';
import type { RunState } from '../domain/drill/state.ts';
import { connectionType } from './connection.ts';
import { AbortFormEnum, DrillLevelEnum, DrillModeEnum, DrillResultEnum, RunStateEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';
import { OutputChunkType } from './output.type.ts';

@ObjectType('Drill')
export class DrillType {
  constructor(readonly record: DrillRecord) {}

  @Field(() => ID)
  get id(): string {
    return this.record.id;
  }

  @Field(() => String)
  get title(): string {
    return this.record.title;
  }

  @Field(() => DrillModeEnum)
  get mode(): DrillMode {
    return this.record.mode;
  }

  @Field(() => DrillLevelEnum)
  get level(): DrillLevel {
    return this.record.level;
  }

  @Field(() => RunStateEnum)
  get state(): RunState {
    return this.record.state;
  }

  @Field(() => DrillResultEnum, { nullable: true })
  get result(): DrillResult | null {
    return this.record.result;
  }

  @Field(() => String)
  get planHash(): string {
    return this.record.planHash;
  }

  @Field(() => Int)
  get approvalsNeeded(): number {
    return this.record.approvalsNeeded;
  }

  @Field(() => [String])
  get approvedBy(): readonly string[] {
    return this.record.approvedBy;
  }

  @Field(() => String)
  get requestedBy(): string {
    return this.record.requestedBy;
  }

  @Field(() => GraphQLISODateTime)
  get requestedAt(): Date {
    return instant(this.record.requestedAt);
  }

  @Field(() => String, { nullable: true })
  get startedBy(): string | null {
    return this.record.startedBy;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get startedAt(): Date | null {
    return optionalInstant(this.record.startedAt);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get finishedAt(): Date | null {
    return optionalInstant(this.record.finishedAt);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get dueAt(): Date | null {
    return optionalInstant(this.record.dueAt);
  }

  @Field(() => Float, { nullable: true })
  get recoveryMs(): number | null {
    return this.record.recoveryMs;
  }

  @Field(() => Float, { nullable: true })
  get dataLossMs(): number | null {
    return this.record.dataLossMs;
  }

  @Field(() => Float, { nullable: true })
  get humanWaitMs(): number | null {
    return this.record.humanWaitMs;
  }

  @Field(() => Boolean)
  get hasDeviations(): boolean {
    return this.record.hasDeviations;
  }

  @Field(() => Boolean)
  get isUnclean(): boolean {
    return this.record.isUnclean;
  }
}

@ObjectType('DrillClock')
export class DrillClockType {
  @Field(() => String)
  name!: string;

  @Field(() => GraphQLISODateTime, { nullable: true })
  startedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  endedAt!: Date | null;

  @Field(() => Float, { nullable: true })
  elapsedMs!: number | null;

  @Field(() => Float, { nullable: true })
  objectiveMs!: number | null;
}

@ObjectType('CanaryProgress')
export class CanaryProgressType {
  @Field(() => GraphQLISODateTime, { nullable: true })
  lastAcknowledgedAt!: Date | null;

  @Field(() => Int)
  acknowledged!: number;

  @Field(() => Float, { nullable: true })
  dataLossMs!: number | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;
}

@ObjectType('AbortProgress')
export class AbortProgressType {
  @Field(() => AbortFormEnum)
  form!: AbortForm;

  @Field(() => String, { nullable: true })
  by!: string | null;

  @Field(() => String)
  reason!: string;
}

@ObjectType('DrillEvent')
export class DrillEventType {
  @Field(() => Int)
  seq!: number;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => String, { nullable: true })
  by!: string | null;

  @Field(() => String)
  type!: string;

  @Field(() => String, { description: 'The event as a sentence.' })
  text!: string;

  @Field(() => ID, { nullable: true })
  step!: string | null;

  @Field(() => ID, { nullable: true })
  host!: string | null;

  @Field(() => OutputChunkType, { nullable: true, description: 'Set when the event is output.' })
  output!: OutputChunkType | null;
}

@InputType('DrillFilter')
export class DrillFilterInput {
  @Field(() => ID, { nullable: true })
  service?: string | null;

  @Field(() => ID, { nullable: true })
  runbook?: string | null;

  @Field(() => Boolean, { nullable: true })
  isOpen?: boolean | null;

  @Field(() => DrillResultEnum, { nullable: true })
  result?: DrillResult | null;
}

export const DrillConnectionType = connectionType('Drill', () => DrillType);
