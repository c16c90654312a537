// A step as planned: of a revision, where hosts are target names, or of a plan, where they are host keys.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { estimated, type Expectation, type ExpectationBasis, type Expectations } from '../domain/drill/expectation.ts';
import type { PlanStep } from '../domain/drill/plan.ts';
import { shownOrder } from '../domain/drill/shown-order.ts';
import type { StepTime } from '../domain/drill/timeline.ts';
import type { OnFailure, StepKind } from '../domain/runbook/runbook.ts';
import { ExpectationBasisEnum, OnFailureEnum, StepKindEnum } from './enums.ts';

@ObjectType('StepExpectation', { description: 'What a step is expected to take, and how that is known.' })
export class StepExpectationType implements Expectation {
  @Field(() => Float)
  ms!: number;

  @Field(() => Float, { description: 'Of that, waiting for people.' })
  humanMs!: number;

  @Field(() => ExpectationBasisEnum, {
    description: 'MEDIAN of earlier runs; AUTHOR: the runbook says so; ROUGH: usual for steps of this kind; NONE: it is not run, or ends by itself.',
  })
  basis!: ExpectationBasis;

  @Field(() => Int, { description: 'How many runs were measured.' })
  runs!: number;

  @Field(() => Float, { nullable: true, description: 'The shortest of them.' })
  minMs!: number | null;

  @Field(() => Float, { nullable: true, description: 'The longest of them.' })
  maxMs!: number | null;
}

@ObjectType('PlannedStep')
export class PlannedStepType {
  constructor(
    private readonly step: PlanStep,
    private readonly time: StepTime | undefined,
    private readonly expected: Expectation | undefined,
  ) {}

  @Field(() => ID)
  get id(): string {
    return this.step.id;
  }

  @Field(() => String)
  get title(): string {
    return this.step.title;
  }

  @Field(() => StepKindEnum)
  get kind(): StepKind {
    return this.step.kind;
  }

  @Field(() => String, { nullable: true })
  get phase(): string | null {
    return this.step.phase;
  }

  @Field(() => [ID])
  get needs(): readonly string[] {
    return this.step.needs;
  }

  @Field(() => [String])
  get hosts(): readonly string[] {
    return 'hosts' in this.step ? this.step.hosts : [];
  }

  @Field(() => String, { nullable: true })
  get command(): string | null {
    return 'command' in this.step ? this.step.command : null;
  }

  @Field(() => String, { nullable: true })
  get undo(): string | null {
    return 'undo' in this.step ? this.step.undo : null;
  }

  @Field(() => ID, { nullable: true, description: 'The step that reverts this one.' })
  get undoStep(): string | null {
    return 'undoStep' in this.step ? (this.step.undoStep ?? null) : null;
  }

  @Field(() => String, { nullable: true, description: 'A CEL expression; false skips the step.' })
  get when(): string | null {
    return this.step.when ?? null;
  }

  @Field(() => OnFailureEnum)
  get onFailure(): OnFailure {
    return this.step.onFailure;
  }

  @Field(() => ID, { nullable: true, description: 'Where a failure goes on, with GOTO.' })
  get goTo(): string | null {
    return this.step.goTo ?? null;
  }

  @Field(() => Boolean, { description: 'It runs at the end however the drill ends.' })
  get isAlways(): boolean {
    return this.step.isAlways === true || ('isUndoAlways' in this.step && this.step.isUndoAlways === true);
  }

  @Field(() => Boolean, { description: 'A person may skip it, and that is no deviation.' })
  get isOptional(): boolean {
    return this.step.isOptional === true;
  }

  @Field(() => Boolean, { description: 'The runbook leaves it out in a rehearsal.' })
  get isLeftOut(): boolean {
    return this.step.isLeftOut === true;
  }

  @Field(() => [String], { description: 'What the step goes through, once each; empty for a step without a list.' })
  get items(): readonly string[] {
    return 'items' in this.step ? (this.step.items ?? []) : [];
  }

  @Field(() => Int, { nullable: true, description: 'How many hosts or items at once; all unless given.' })
  get batch(): number | null {
    return 'batch' in this.step ? (this.step.batch ?? null) : null;
  }

  @Field(() => String, { nullable: true, description: 'The user it runs as, where that is not the one who signs in.' })
  get become(): string | null {
    return 'become' in this.step ? (this.step.become ?? null) : null;
  }

  @Field(() => Int, { nullable: true, description: 'How many people must say go, for an approval.' })
  get approvals(): number | null {
    return this.step.kind === 'approve' ? this.step.count : null;
  }

  @Field(() => ID, { nullable: true, description: 'The runbook that is called.' })
  get calls(): string | null {
    return this.step.kind === 'call' ? this.step.runbook : null;
  }

  @Field(() => String, { nullable: true })
  get instruction(): string | null {
    return 'instruction' in this.step ? this.step.instruction : null;
  }

  @Field(() => String, { nullable: true })
  get role(): string | null {
    return 'role' in this.step ? this.step.role : null;
  }

  @Field(() => String, { nullable: true })
  get note(): string | null {
    return this.step.note;
  }

  @Field(() => Float)
  get timeoutMs(): number {
    return this.step.timeoutMs;
  }

  @Field(() => Float, { nullable: true, description: "The author's estimate." })
  get estimateMs(): number | null {
    return this.step.estimateMs;
  }

  @Field(() => StepExpectationType)
  get expectation(): StepExpectationType {
    return this.expected ?? estimated(this.step);
  }

  @Field(() => Boolean)
  get isReadOnly(): boolean {
    return 'isReadOnly' in this.step ? this.step.isReadOnly : true;
  }

  @Field(() => Boolean)
  get isIdempotent(): boolean {
    return 'isIdempotent' in this.step ? this.step.isIdempotent : true;
  }

  @Field(() => Boolean)
  get isPointOfNoReturn(): boolean {
    return 'isPointOfNoReturn' in this.step && this.step.isPointOfNoReturn;
  }

  @Field(() => Boolean, { description: 'True in a dry run for what is shown and not run.' })
  get isShownOnly(): boolean {
    return this.step.isShownOnly;
  }

  @Field(() => Float)
  get startMs(): number {
    return this.time?.startMs ?? 0;
  }

  @Field(() => Float)
  get endMs(): number {
    return this.time?.endMs ?? 0;
  }

  @Field(() => Boolean)
  get isCritical(): boolean {
    return this.time?.isCritical ?? false;
  }
}

export interface StepTimes {
  readonly timeline: { readonly steps: readonly StepTime[] };
  readonly expectations?: Expectations;
}

/** Steps in the order in which they are shown, each with its place on the timeline. */
export function plannedSteps(steps: readonly PlanStep[], { timeline, expectations }: StepTimes): PlannedStepType[] {
  const byId = new Map(timeline.steps.map((time) => [time.id, time]));
  return shownOrder(steps).map((step) => new PlannedStepType(step, byId.get(step.id), expectations?.get(step.id)));
}
