// Who steers a drill, what an act was based on, and ends that were not the last.
import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Asked, DrillResult } from '../domain/drill/journal.ts';
import { DrillResultEnum } from './enums.ts';

@InputType('Asked', { description: 'What stands behind an act: with it, an act that comes too late is refused and told who acted, and when.' })
export class AskedInput {
  @Field(() => ID, { nullable: true, description: 'Made by the client: the same request sent twice is taken down once.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: '`lastSeq` of the drill as the person saw it.' })
  basedOn?: number | null;
}

export function askedOf(input: AskedInput | null | undefined): Asked | null {
  return input == null ? null : { id: input.id ?? null, basedOn: input.basedOn ?? null };
}

@ObjectType('InCharge')
export class InChargeType {
  @Field(() => String)
  name!: string;

  @Field(() => GraphQLISODateTime)
  since!: Date;

  @Field(() => String, { nullable: true, description: 'Whom they relieved; null for whoever was first.' })
  from!: string | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;
}

@ObjectType('DrillPause')
export class DrillPauseType {
  @Field(() => String, { nullable: true, description: 'Null for Muster.' })
  by!: string | null;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => String, { nullable: true, description: 'Why all drills were stopped, when this was paused by that; null when it was paused alone.' })
  stopReason!: string | null;
}

@ObjectType('FormerEnd')
export class FormerEndType {
  @Field(() => DrillResultEnum)
  result!: DrillResult;

  @Field(() => GraphQLISODateTime)
  endedAt!: Date;

  @Field(() => GraphQLISODateTime)
  reopenedAt!: Date;

  @Field(() => String, { nullable: true })
  reopenedBy!: string | null;

  @Field(() => String)
  reason!: string;

  @Field(() => Boolean, { description: 'Only what was left behind is undone; the result stays.' })
  isRevert!: boolean;
}
