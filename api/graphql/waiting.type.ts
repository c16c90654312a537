// Something that waits for the signed-in person.
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { urgencyOf, type Urgency, type WaitingItem, type WaitingKind, type WaitingStep } from '../application/waiting-item.ts';
import { connectionType } from './connection.ts';
import { DrillType } from './drill.type.ts';
import { UrgencyEnum, WaitingKindEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';
import { drillOrNull } from './links.ts';
import { RevisionType } from './runbook.type.ts';

@ObjectType('WaitingStep')
export class WaitingStepType implements WaitingStep {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  number!: number;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  instruction!: string | null;

  @Field(() => String, { nullable: true, description: 'Whom the runbook names for it.' })
  role!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it failed or is unknown.' })
  reason!: string | null;
}

@ObjectType('WaitingDue')
export class WaitingDueType {
  @Field(() => ID)
  schedule!: string;

  @Field(() => String)
  title!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => String, { description: 'The first thing that is in its way.' })
  reason!: string;
}

@ObjectType('WaitingItem')
export class WaitingItemType {
  constructor(readonly item: WaitingItem) {}

  @Field(() => ID, { description: 'Stays the same as long as the question does.' })
  get id(): string {
    return this.item.id;
  }

  @Field(() => WaitingKindEnum)
  get kind(): WaitingKind {
    return this.item.kind;
  }

  @Field(() => UrgencyEnum, { description: 'NOW: a drill stands still. NEXT: one cannot begin. LATER: neither.' })
  get urgency(): Urgency {
    return urgencyOf(this.item);
  }

  @Field(() => DrillType, { nullable: true, description: 'Null for a revision and a due time.' })
  get drill(): DrillType | null {
    return drillOrNull(this.item.drill);
  }

  @Field(() => WaitingStepType, { nullable: true })
  get step(): WaitingStepType | null {
    return this.item.step;
  }

  @Field(() => RevisionType, { nullable: true })
  get revision(): RevisionType | null {
    return this.item.revision === null ? null : new RevisionType(this.item.revision);
  }

  @Field(() => WaitingDueType, { nullable: true, description: 'The due time whose preflight failed.' })
  get due(): WaitingDueType | null {
    const { due } = this.item;
    return due === null ? null : { schedule: due.schedule.id, title: due.schedule.title, at: instant(due.dueAt), reason: due.reason };
  }

  @Field(() => ID, { description: 'Key of the runbook concerned.' })
  get runbookKey(): string {
    return this.item.revision?.runbook.key ?? this.item.drill?.runbook ?? this.item.due?.schedule.runbook ?? '';
  }

  @Field(() => [String])
  get serviceNames(): readonly string[] {
    return this.item.serviceNames;
  }

  @Field(() => GraphQLISODateTime)
  get since(): Date {
    return instant(this.item.sinceAt);
  }

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When nobody’s answer becomes a failure; null when it waits for as long as it takes.',
  })
  get until(): Date | null {
    return optionalInstant(this.item.untilAt);
  }
}

export const WaitingItemConnectionType = connectionType('WaitingItem', () => WaitingItemType);
