// What a drill would touch, before anything is asked for.
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ExpectedTimes } from '../application/expect-steps.ts';
import type { PlanRequest, ResolvedPlan } from '../application/request-drill.ts';
import type { DrillLevel } from '../domain/catalogue/portfolio.ts';
import type { DrillMode, PlanHost } from '../domain/drill/plan.ts';
import type { Refusal } from '../domain/errors.ts';
import { DrillLevelEnum, DrillModeEnum } from './enums.ts';

@InputType('InputValue')
export class InputValueInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@InputType('PlanInput')
export class PlanInput {
  @Field(() => ID)
  runbook!: string;

  @Field(() => DrillModeEnum)
  mode!: DrillMode;

  @Field(() => [InputValueInput], { defaultValue: [] })
  inputs!: InputValueInput[];
}

export function planRequestOf(input: PlanInput): PlanRequest {
  return { runbook: input.runbook, mode: input.mode, inputs: inputValues(input.inputs) };
}

export function inputValues(inputs: readonly InputValueInput[]): Record<string, string> {
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
}

@ObjectType('Refusal')
export class RefusalType implements Refusal {
  @Field(() => String)
  code!: Refusal['code'];

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true })
  field?: string;
}

@ObjectType('LockState')
export class LockStateType {
  @Field(() => String)
  name!: string;
}

@ObjectType('PlanHop')
export class PlanHopType {
  @Field(() => ID)
  key!: string;

  @Field(() => String)
  address!: string;

  @Field(() => Int)
  port!: number;

  @Field(() => String)
  user!: string;

  @Field(() => [String])
  hostKeys!: readonly string[];

  @Field(() => String, { nullable: true })
  credential!: string | null;
}

@ObjectType('PlanHost')
export class PlanHostType {
  constructor(readonly planned: PlanHost) {}

  @Field(() => [PlanHopType], { description: 'The jump hosts on the way to it, the first one to be dialled first.' })
  get via(): readonly PlanHopType[] {
    return (this.planned.via ?? []).map(({ credential = null, ...hop }) => ({ ...hop, credential }));
  }

  @Field(() => String)
  get address(): string {
    return this.planned.address;
  }

  @Field(() => Int)
  get port(): number {
    return this.planned.port;
  }

  @Field(() => String)
  get user(): string {
    return this.planned.user;
  }

  @Field(() => [String])
  get hostKeys(): readonly string[] {
    return this.planned.hostKeys;
  }

  @Field(() => String, { nullable: true, description: "Id of the credential that it is signed in to with; null for Muster's own key." })
  get credential(): string | null {
    return this.planned.credential ?? null;
  }
}

/** `resolved` null means that the plan cannot be made, and `problems` says why. */
@ObjectType('PlanPreview')
export class PlanPreviewType {
  readonly resolved: ResolvedPlan | null;

  /** Set when they are first asked for. */
  times: Promise<ExpectedTimes> | null = null;

  @Field(() => String)
  title: string;

  @Field(() => DrillModeEnum)
  mode: DrillMode;

  @Field(() => DrillLevelEnum)
  level: DrillLevel;

  @Field(() => [RefusalType], { description: 'Why the plan cannot be made; empty when it can.' })
  problems: readonly RefusalType[];

  constructor(known: Pick<PlanPreviewType, 'resolved' | 'title' | 'mode' | 'level' | 'problems'>) {
    this.resolved = known.resolved;
    this.title = known.title;
    this.mode = known.mode;
    this.level = known.level;
    this.problems = known.problems;
  }

  @Field(() => String, { nullable: true })
  get planHash(): string | null {
    return this.resolved?.hash ?? null;
  }

  @Field(() => Int, { nullable: true })
  get rtoSeconds(): number | null {
    return this.resolved?.plan.objective.rtoSeconds ?? null;
  }

  @Field(() => Int, { nullable: true })
  get rpoSeconds(): number | null {
    return this.resolved?.plan.objective.rpoSeconds ?? null;
  }

  @Field(() => Int)
  get approvalsNeeded(): number {
    return this.resolved?.approvalsNeeded ?? 0;
  }

  @Field(() => [PlanHostType])
  get hosts(): PlanHostType[] {
    return (this.resolved?.plan.hosts ?? []).map((host) => new PlanHostType(host));
  }

  @Field(() => [LockStateType])
  get locks(): LockStateType[] {
    return (this.resolved?.plan.locks ?? []).map((name) => ({ name }));
  }
}
