// The text of a runbook that is being edited: as it comes in, as a person's draft, and what the checks say about it.
import { Field, Float, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { CheckedText, RunbookText } from '../application/runbook-text.ts';
import type { Draft } from '../application/stores.ts';
import { sketchSteps } from '../domain/drill/plan-steps.ts';
import type { PlanStep } from '../domain/drill/plan.ts';
import { planTimeline, type Timeline } from '../domain/drill/timeline.ts';
import type { Problem } from '../domain/errors.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import { instant } from './instant.ts';
import { ProblemType } from './runbook.type.ts';

@InputType('RunbookFileInput')
export class RunbookFileInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  text!: string;
}

@InputType('RunbookTextInput')
export class RunbookTextInput {
  @Field(() => ID, { nullable: true, description: 'The runbook that it is a text of; null for a new one.' })
  runbook?: string | null;

  @Field(() => String)
  source!: string;

  @Field(() => [RunbookFileInput], { defaultValue: [] })
  files!: RunbookFileInput[];
}

@InputType('SaveDraftInput')
export class SaveDraftInput extends RunbookTextInput {
  @Field(() => ID, { nullable: true, description: 'Hash of the revision that the text goes out from; null for a new runbook.' })
  base?: string | null;

  @Field(() => Int, { description: 'Version of the draft that was seen last; 0 when there was none.' })
  version!: number;
}

export function runbookTextOf({ runbook, source, files }: RunbookTextInput): RunbookText {
  return { runbook: runbook ?? null, source, files: Object.fromEntries(files.map(({ name, text }) => [name, text])) };
}

@ObjectType('RunbookFile')
export class RunbookFileType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  text!: string;
}

/** In the order of names. */
export function runbookFiles(files: Readonly<Record<string, string>>): RunbookFileType[] {
  return Object.entries(files)
    .map(([name, text]) => ({ name, text }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

@ObjectType('RunbookDraft')
export class RunbookDraftType {
  constructor(readonly draft: Draft) {}

  @Field(() => String)
  get source(): string {
    return this.draft.source;
  }

  @Field(() => [RunbookFileType])
  get files(): RunbookFileType[] {
    return runbookFiles(this.draft.files);
  }

  @Field(() => Int, { description: 'Counts the saves; to be named at the next one.' })
  get version(): number {
    return this.draft.version;
  }

  @Field(() => GraphQLISODateTime)
  get savedAt(): Date {
    return instant(this.draft.savedAt);
  }
}

/** Computed once for all fields that ask. */
interface Shape {
  readonly steps: readonly PlanStep[];
  readonly timeline: Timeline;
}

@ObjectType('RunbookCheck')
export class RunbookCheckType {
  /** Null when the text cannot be read as a runbook. */
  readonly shape: Shape | null;

  constructor(
    readonly checked: CheckedText,
    /** The runbook that it is a text of; null for a new one. */
    readonly of: string | null,
  ) {
    this.shape = checked.runbook === null ? null : shapeOf(checked.runbook);
  }

  @Field(() => [ProblemType], { description: 'Errors and warnings in the order of the file, the first hundred errors at most.' })
  get problems(): readonly Problem[] {
    return this.checked.problems;
  }

  @Field(() => Boolean, { description: 'False while it cannot be read as a runbook; steps and times are then missing.' })
  get isReadable(): boolean {
    return this.checked.runbook !== null;
  }

  @Field(() => Int, { nullable: true, description: 'The strictest RTO among its services.' })
  get rtoSeconds(): number | null {
    return this.checked.rtoSeconds;
  }

  @Field(() => Float, { nullable: true })
  get totalMs(): number | null {
    return this.shape?.timeline.totalMs ?? null;
  }

  @Field(() => Float, { nullable: true })
  get recoveryMs(): number | null {
    return this.shape?.timeline.recoveryMs ?? null;
  }
}

function shapeOf(runbook: Runbook): Shape {
  const steps = sketchSteps(runbook);
  return { steps, timeline: planTimeline({ steps, clocks: runbook.clocks }) };
}

@ObjectType('RunbookNames', { description: 'Names that a runbook may use: for completion.' })
export class RunbookNamesType {
  @Field(() => [String])
  services!: readonly string[];

  @Field(() => [String])
  hosts!: readonly string[];

  @Field(() => [String])
  sites!: readonly string[];

  @Field(() => [String])
  runbooks!: readonly string[];

  @Field(() => [String], { description: 'Where messages can be sent to.' })
  channels!: readonly string[];
}
