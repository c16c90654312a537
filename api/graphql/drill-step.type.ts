// A step of a drill: how it was planned, and how it went.
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import type { ConfirmOutcome } from '../domain/drill/journal.ts';
import type { AttemptProgress, StepProgress, StepState } from '../domain/drill/state.ts';
import { AttemptStateEnum, ConfirmOutcomeEnum, StepStateEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';
import { LabelType } from './label.type.ts';
import { PlannedStepType } from './step.type.ts';

@ObjectType('StepAttempt')
export class StepAttemptType {
  constructor(private readonly attemptMade: AttemptProgress) {}

  @Field(() => ID, { description: 'The host, or the host and the number of an item: `ledger-a#2`.' })
  get host(): string {
    return this.attemptMade.host;
  }

  @Field(() => Int)
  get attempt(): number {
    return this.attemptMade.attempt;
  }

  @Field(() => Boolean)
  get isUndo(): boolean {
    return this.attemptMade.isUndo;
  }

  @Field(() => AttemptStateEnum)
  get state(): AttemptProgress['state'] {
    return this.attemptMade.state;
  }

  @Field(() => GraphQLISODateTime)
  get startedAt(): Date {
    return instant(this.attemptMade.intendedAt);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get endedAt(): Date | null {
    return optionalInstant(this.attemptMade.endedAt);
  }

  @Field(() => Int, { nullable: true })
  get exitCode(): number | null {
    return this.attemptMade.exitCode;
  }

  @Field(() => String, { nullable: true })
  get reason(): string | null {
    return this.attemptMade.reason ?? this.attemptMade.reconciling?.reason ?? null;
  }

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'Since when its host cannot be reached, or Muster has not found it again. A coordinator need not wait: it can be decided as one that is unknown.',
  })
  get reconcilingSince(): Date | null {
    return optionalInstant(this.attemptMade.reconciling?.since ?? null);
  }
}

@ObjectType('StepApproval')
export class StepApprovalType {
  @Field(() => String)
  by!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => String, { nullable: true })
  note!: string | null;
}

interface DrillStepParts {
  readonly planned: PlannedStepType;
  readonly progress: StepProgress;
  readonly captured: readonly LabelType[];
  readonly canConfirm: boolean;
  readonly answerUntil: number | null;
}

@ObjectType('DrillStep')
export class DrillStepType {
  @Field(() => PlannedStepType)
  readonly planned: PlannedStepType;

  @Field(() => [LabelType])
  readonly captured: readonly LabelType[];

  @Field(() => Boolean, { description: 'True when the signed-in person may confirm it now.' })
  readonly canConfirm: boolean;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When a question that nobody has answered fails; null when it waits for as long as it takes.',
  })
  readonly answerUntil: Date | null;

  private readonly progress: StepProgress;

  constructor(known: DrillStepParts) {
    this.planned = known.planned;
    this.progress = known.progress;
    this.captured = known.captured;
    this.canConfirm = known.canConfirm;
    this.answerUntil = optionalInstant(known.answerUntil);
  }

  @Field(() => ID)
  get id(): string {
    return this.progress.id;
  }

  @Field(() => StepStateEnum)
  get state(): StepState {
    return this.progress.state;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get startedAt(): Date | null {
    return optionalInstant(this.progress.startedAt);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get endedAt(): Date | null {
    return optionalInstant(this.progress.endedAt);
  }

  @Field(() => String, { nullable: true })
  get reason(): string | null {
    return this.progress.reason;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get waitingSince(): Date | null {
    return optionalInstant(this.progress.waitingSince);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get sleepUntil(): Date | null {
    return optionalInstant(this.progress.sleepUntil);
  }

  @Field(() => String, { nullable: true })
  get confirmedBy(): string | null {
    return this.progress.confirmation?.by ?? null;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get confirmedAt(): Date | null {
    return optionalInstant(this.progress.confirmation?.at ?? null);
  }

  @Field(() => ConfirmOutcomeEnum, { nullable: true })
  get confirmOutcome(): ConfirmOutcome | null {
    return this.progress.confirmation?.outcome ?? null;
  }

  @Field(() => String, { nullable: true })
  get confirmNote(): string | null {
    return this.progress.confirmation?.note ?? null;
  }

  @Field(() => [StepApprovalType], { description: 'Those who said go.' })
  get approvals(): StepApprovalType[] {
    return this.progress.approvals.map(({ by, at, note }) => ({ by, at: instant(at), note }));
  }

  @Field(() => Boolean)
  get isDeviation(): boolean {
    return this.progress.isDeviation;
  }

  @Field(() => [StepAttemptType])
  get attempts(): StepAttemptType[] {
    return this.progress.attempts.map((attempt) => new StepAttemptType(attempt));
  }
}
