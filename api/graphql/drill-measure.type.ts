// What is measured in a drill: its sections, planned against actual, and a run beside another.
import { Field, Float, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import type { ComparisonKind, SectionComparison, StepComparison, StepRun } from '../domain/drill/compare-runs.ts';
import type { Section, SectionKind } from '../domain/drill/sections.ts';
import type { StepState } from '../domain/drill/state.ts';
import type { DrillComparison } from '../application/compare-drills.ts';
import { DrillType } from './drill.type.ts';
import { SectionKindEnum, StepComparisonKindEnum, StepStateEnum } from './enums.ts';
import { optionalInstant } from './instant.ts';

@ObjectType('DrillSection', { description: 'The whole drill, one of its clocks, or a runbook that it calls. Milliseconds.' })
export class DrillSectionType {
  constructor(private readonly section: Section) {}

  @Field(() => ID)
  get id(): string {
    return this.section.id;
  }

  @Field(() => SectionKindEnum)
  get kind(): SectionKind {
    return this.section.kind;
  }

  @Field(() => String, { description: 'The name of the clock or the title of the call; empty for the drill.' })
  get name(): string {
    return this.section.name;
  }

  @Field(() => Float, { description: '0 for the drill, 1 for what lies in it, 2 for a call in a call.' })
  get depth(): number {
    return this.section.depth;
  }

  @Field(() => Float, { description: 'From its expected start to its expected end.' })
  get plannedMs(): number {
    return Math.max(0, this.section.plannedEndMs - this.section.plannedStartMs);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get startedAt(): Date | null {
    return optionalInstant(this.section.startedAt);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get endedAt(): Date | null {
    return optionalInstant(this.section.endedAt);
  }

  @Field(() => Float, { nullable: true, description: 'Measured; until now while it runs.' })
  get elapsedMs(): number | null {
    return this.section.elapsedMs;
  }

  @Field(() => Float, { description: 'Of that, waiting for people, pauses and decisions with it.' })
  get humanMs(): number {
    return this.section.humanMs;
  }

  @Field(() => Float, { nullable: true })
  get objectiveMs(): number | null {
    return this.section.objectiveMs;
  }
}

@ObjectType('StepRun', { description: 'How a step went in one run.' })
export class StepRunType {
  constructor(private readonly run: StepRun) {}

  @Field(() => ID)
  get id(): string {
    return this.run.id;
  }

  @Field(() => String)
  get title(): string {
    return this.run.title;
  }

  @Field(() => StepStateEnum)
  get state(): StepState {
    return this.run.state;
  }

  @Field(() => Boolean)
  get isDeviation(): boolean {
    return this.run.isDeviation;
  }

  @Field(() => Float, { nullable: true, description: 'Null when it was not run.' })
  get elapsedMs(): number | null {
    return this.run.elapsedMs ?? null;
  }

  @Field(() => Float, { nullable: true, description: 'Of that, waiting for people.' })
  get humanMs(): number | null {
    return this.run.humanMs ?? null;
  }
}

@ObjectType('StepComparison')
export class StepComparisonType {
  constructor(private readonly compared: StepComparison) {}

  @Field(() => StepComparisonKindEnum, {
    description: 'SAME does what it did; CHANGED does something else under its id; MOVED does the same under another id.',
  })
  get kind(): ComparisonKind {
    return this.compared.kind;
  }

  @Field(() => StepRunType, { nullable: true })
  get before(): StepRunType | null {
    return this.compared.before === null ? null : new StepRunType(this.compared.before);
  }

  @Field(() => StepRunType, { nullable: true })
  get now(): StepRunType | null {
    return this.compared.now === null ? null : new StepRunType(this.compared.now);
  }

  @Field(() => Float, { nullable: true, description: 'Positive is slower than before; null where one of the two was not measured.' })
  get differenceMs(): number | null {
    return this.compared.differenceMs;
  }
}

@ObjectType('SectionComparison')
export class SectionComparisonType {
  constructor(private readonly compared: SectionComparison) {}

  @Field(() => DrillSectionType, { nullable: true })
  get before(): DrillSectionType | null {
    return this.compared.before === null ? null : new DrillSectionType(this.compared.before);
  }

  @Field(() => DrillSectionType, { nullable: true })
  get now(): DrillSectionType | null {
    return this.compared.now === null ? null : new DrillSectionType(this.compared.now);
  }

  @Field(() => Float, { nullable: true })
  get differenceMs(): number | null {
    return this.compared.differenceMs;
  }
}

@ObjectType('DrillComparison', { description: 'A run beside another of the same runbook.' })
export class DrillComparisonType {
  constructor(private readonly comparison: DrillComparison) {}

  @Field(() => DrillType)
  get before(): DrillType {
    return new DrillType(this.comparison.before);
  }

  @Field(() => [SectionComparisonType])
  get sections(): SectionComparisonType[] {
    return this.comparison.sections.map((section) => new SectionComparisonType(section));
  }

  @Field(() => [StepComparisonType], { description: 'In the order of the newer plan; steps that are gone stand where they stood.' })
  get steps(): StepComparisonType[] {
    return this.comparison.steps.map((step) => new StepComparisonType(step));
  }
}
