// A step as planned: of a revision, where hosts are target names, or of a plan, where they are host keys.
import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { PlanStep } from '../domain/drill/plan.ts';
import type { StepTime } from '../domain/drill/timeline.ts';
import type { StepKind } from '../domain/runbook/runbook.ts';
import { StepKindEnum } from './enums.ts';

@ObjectType('PlannedStep')
export class PlannedStepType {
  constructor(
    private readonly step: PlanStep,
    private readonly time: StepTime | undefined,
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
    return this.step.kind === 'run' ? this.step.undo : null;
  }

  @Field(() => String, { nullable: true })
  get instruction(): string | null {
    return this.step.kind === 'confirm' ? this.step.instruction : null;
  }

  @Field(() => String, { nullable: true })
  get role(): string | null {
    return this.step.kind === 'confirm' ? this.step.role : null;
  }

  @Field(() => String, { nullable: true })
  get note(): string | null {
    return this.step.note;
  }

  @Field(() => Float)
  get timeoutMs(): number {
    return this.step.timeoutMs;
  }

  @Field(() => Float, { nullable: true })
  get estimateMs(): number | null {
    return this.step.estimateMs;
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
    return this.step.kind === 'run' && this.step.isPointOfNoReturn;
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

/** Steps in the order of the runbook, each with its place on the timeline. */
export function plannedSteps(steps: readonly PlanStep[], times: readonly StepTime[]): PlannedStepType[] {
  const byId = new Map(times.map((time) => [time.id, time]));
  return steps.map((step) => new PlannedStepType(step, byId.get(step.id)));
}
