// What waits for the signed-in person.
import { Ctx, Field, FieldResolver, GraphQLISODateTime, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { waitingFor, type WaitingItem } from '../application/waiting-for-me.ts';
import { planTimeline } from '../domain/drill/timeline.ts';
import type { GraphContext } from './context.ts';
import { DrillStepType } from './drill-step.type.ts';
import { DrillType } from './drill.type.ts';
import { DrillActionEnum } from './enums.ts';
import { instant } from './instant.ts';
import { plannedSteps } from './step.type.ts';

@ObjectType('WaitingItem')
export class WaitingItemType {
  constructor(readonly item: WaitingItem) {}

  @Field(() => DrillType)
  get drill(): DrillType {
    return new DrillType(this.item.drill);
  }

  @Field(() => DrillActionEnum, { description: 'APPROVE, START, CONFIRM or DECIDE.' })
  get action(): WaitingItem['action'] {
    return this.item.action;
  }

  @Field(() => GraphQLISODateTime)
  get since(): Date {
    return instant(this.item.sinceAt);
  }
}

@Resolver(() => WaitingItemType)
export class WaitingResolver {
  @Query(() => [WaitingItemType], { description: 'Drills and steps that wait for the signed-in person, oldest first.' })
  async waitingForMe(@Ctx() { app, actor }: GraphContext): Promise<WaitingItemType[]> {
    if (actor === null) return [];
    const items = await waitingFor(app, actor, (drill) => app.journal.state(drill));
    return items.map((item) => new WaitingItemType(item));
  }

  @FieldResolver(() => DrillStepType, { nullable: true })
  async step(@Root() { item }: WaitingItemType, @Ctx() { loaders }: GraphContext): Promise<DrillStepType | null> {
    const state = item.step === null ? null : await loaders.drillState.load(item.drill.id);
    const progress = item.step === null ? undefined : state?.steps[item.step];
    if (state === null || progress === undefined) return null;
    const index = state.plan.steps.findIndex((step) => step.id === item.step);
    const planned = plannedSteps(state.plan.steps, planTimeline(state.plan).steps)[index];
    return planned === undefined ? null : new DrillStepType({ planned, progress, captured: [], canConfirm: item.action === 'confirm' });
  }
}
