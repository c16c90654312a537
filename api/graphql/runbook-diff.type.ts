// What is different between two texts of a runbook, by step.
import { Field, ID, ObjectType } from 'type-graphql';
import type { FieldChange, RunbookDiff, StepChange } from '../domain/runbook/diff/runbook-diff.ts';
import { StepChangeKindEnum } from './enums.ts';

@ObjectType('FieldChange')
export class FieldChangeType implements Omit<FieldChange, 'lines'> {
  @Field(() => String, { description: 'In the words of the language, such as expect.stdout.max.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Null where it was not there.' })
  before!: string | null;

  @Field(() => String, { nullable: true })
  after!: string | null;

  @Field(() => Boolean, { description: 'What was proven before no longer holds.' })
  voidsEvidence!: boolean;
}

@ObjectType('StepChange')
export class StepChangeType {
  constructor(private readonly change: StepChange) {}

  @Field(() => StepChangeKindEnum, { description: 'MOVED: nothing but its place in the list or what it needs.' })
  get kind(): StepChange['type'] {
    return this.change.type;
  }

  @Field(() => ID)
  get id(): string {
    return this.change.id;
  }

  @Field(() => String)
  get title(): string {
    return this.change.title;
  }

  @Field(() => ID, { nullable: true })
  get renamedFrom(): string | null {
    return this.change.renamedFrom;
  }

  @Field(() => Boolean)
  get isMoved(): boolean {
    return this.change.isMoved;
  }

  @Field(() => [FieldChangeType], { description: 'Empty for a step that is new or gone.' })
  get fields(): readonly FieldChange[] {
    return this.change.fields;
  }

  @Field(() => Boolean, { description: 'A command, a request or a file that is copied is another one.' })
  get changesCommand(): boolean {
    return this.change.changesCommand;
  }

  @Field(() => Boolean)
  get voidsEvidence(): boolean {
    return this.change.voidsEvidence;
  }
}

@ObjectType('RunbookDiff', { description: 'A runbook has at most 500 steps and 200 entries in a set, so that its changes are bounded too.' })
export class RunbookDiffType {
  constructor(private readonly diff: RunbookDiff) {}

  @Field(() => [FieldChangeType], { description: 'Of everything beside the steps.' })
  get head(): readonly FieldChange[] {
    return this.diff.head;
  }

  @Field(() => [StepChangeType])
  get steps(): StepChangeType[] {
    return this.diff.steps.map((change) => new StepChangeType(change));
  }

  @Field(() => Boolean, { description: 'What was proven with the one before no longer holds.' })
  get voidsEvidence(): boolean {
    return this.diff.voidsEvidence;
  }
}
