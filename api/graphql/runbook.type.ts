// Runbooks and their revisions as the API shows them.
import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import type { DrillLevel } from '../domain/catalogue/portfolio.ts';
import type { Fix, Problem, TextEdit, TextPoint } from '../domain/errors.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import type { ClockDefinition, RunbookInput } from '../domain/runbook/runbook.ts';
import { connectionType } from './connection.ts';
import type { ListedRunbook } from './context.ts';
import { DrillLevelEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';

@ObjectType('RunbookInput')
export class RunbookInputType implements RunbookInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  type!: RunbookInput['type'];

  @Field(() => Boolean)
  isRequired!: boolean;

  @Field(() => String, { nullable: true })
  default!: string | null;

  @Field(() => String, { nullable: true })
  pattern!: string | null;

  @Field(() => [String])
  choices!: readonly string[];

  @Field(() => String)
  ask!: string;

  @Field(() => Boolean, { nullable: true, description: 'Masked wherever it would show, and kept encrypted.' })
  isSecret?: true;
}

@ObjectType('ClockDefinition')
export class ClockDefinitionType implements ClockDefinition {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  from!: string | null;

  @Field(() => String)
  to!: string;

  @Field(() => Float, { nullable: true })
  objectiveMs!: number | null;
}

@ObjectType('CanaryText')
export class CanaryTextType {
  @Field(() => String)
  writeOn!: string;

  @Field(() => String)
  writeCommand!: string;

  @Field(() => Float)
  everyMs!: number;

  @Field(() => String)
  readOn!: string;

  @Field(() => String)
  readCommand!: string;

  @Field(() => String)
  until!: string;
}

@ObjectType('TextPoint', { description: 'Both 1-based; a column counts UTF-16 units, as editors do.' })
export class TextPointType implements TextPoint {
  @Field(() => Int)
  line!: number;

  @Field(() => Int)
  column!: number;
}

@ObjectType('TextEdit')
export class TextEditType implements TextEdit {
  @Field(() => TextPointType)
  from!: TextPoint;

  @Field(() => TextPointType)
  to!: TextPoint;

  @Field(() => String)
  newText!: string;
}

@ObjectType('Fix', { description: 'A change that mends a problem and leaves everything else as it is; all edits mean the text before.' })
export class FixType implements Fix {
  @Field(() => String)
  title!: string;

  @Field(() => [TextEditType])
  edits!: readonly TextEdit[];
}

@ObjectType('Problem')
export class ProblemType implements Pick<Problem, 'code' | 'message' | 'remedy'> {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String)
  remedy!: string;

  @Field(() => Int, { nullable: true })
  line?: number;

  @Field(() => Int, { nullable: true })
  column?: number;

  @Field(() => FixType, { nullable: true })
  fix?: Fix;
}

@ObjectType('Revision')
export class RevisionType {
  constructor(readonly revision: Revision) {}

  @Field(() => ID)
  get hash(): string {
    return this.revision.hash;
  }

  @Field(() => Int)
  get number(): number {
    return this.revision.number;
  }

  @Field(() => String)
  get title(): string {
    return this.revision.runbook.title;
  }

  @Field(() => String, { nullable: true })
  get summary(): string | null {
    return this.revision.runbook.summary;
  }

  @Field(() => String)
  get scenario(): string {
    return this.revision.runbook.scenario;
  }

  @Field(() => DrillLevelEnum)
  get level(): DrillLevel {
    return this.revision.runbook.level;
  }

  @Field(() => String, { nullable: true })
  get ownerName(): string | null {
    return this.revision.runbook.owner;
  }

  @Field(() => GraphQLISODateTime)
  get createdAt(): Date {
    return instant(this.revision.createdAt);
  }

  @Field(() => String)
  get createdBy(): string {
    return this.revision.createdBy;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get approvedAt(): Date | null {
    return optionalInstant(this.revision.approvedAt);
  }

  @Field(() => String, { nullable: true })
  get approvedBy(): string | null {
    return this.revision.approvedBy;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get reviewedAt(): Date | null {
    return optionalInstant(this.revision.runbook.review?.lastAt ?? null);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get reviewDueAt(): Date | null {
    const review = this.revision.runbook.review;
    return review === null || review.lastAt === null ? null : instant(review.lastAt + review.everyMs);
  }

  @Field(() => [RunbookInputType])
  get inputs(): readonly RunbookInputType[] {
    return this.revision.runbook.inputs;
  }

  @Field(() => [ClockDefinitionType])
  get clocks(): readonly ClockDefinitionType[] {
    return this.revision.runbook.clocks;
  }
}

@ObjectType('Runbook')
export class RunbookType {
  constructor(readonly listed: ListedRunbook) {}

  @Field(() => ID)
  get key(): string {
    return this.current.runbook.key;
  }

  @Field(() => String)
  get title(): string {
    return this.current.runbook.title;
  }

  @Field(() => String)
  get scenario(): string {
    return this.current.runbook.scenario;
  }

  @Field(() => DrillLevelEnum)
  get level(): DrillLevel {
    return this.current.runbook.level;
  }

  @Field(() => RevisionType)
  get latest(): RevisionType {
    return new RevisionType(this.listed.latest);
  }

  @Field(() => RevisionType, { nullable: true })
  get approved(): RevisionType | null {
    return this.listed.approved === null ? null : new RevisionType(this.listed.approved);
  }

  /** What would run: the approved revision, or the newest while none is approved. */
  get current(): Revision {
    return this.listed.approved ?? this.listed.latest;
  }
}

export const RunbookConnectionType = connectionType('Runbook', () => RunbookType);
