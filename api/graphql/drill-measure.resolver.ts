// What is measured in a drill and what is expected of it: sections, remaining time, and the comparison with another run.
import { Arg, Ctx, FieldResolver, Float, GraphQLISODateTime, ID, Resolver, Root } from 'type-graphql';
import { compareDrills } from '../application/compare-drills.ts';
import type { ExpectedTimes } from '../application/expect-steps.ts';
import { remainingPath, type RemainingPath } from '../domain/drill/expected-end.ts';
import { sectionsOf } from '../domain/drill/sections.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { DrillComparisonType, DrillSectionType } from './drill-measure.type.ts';
import { DrillType } from './drill.type.ts';
import { demand, unwrap } from './errors.ts';
import { optionalInstant } from './instant.ts';

@Resolver(() => DrillType)
export class DrillMeasureResolver {
  @FieldResolver(() => Float, { description: 'By medians of earlier runs where there are any, by estimates elsewhere.' })
  async plannedTotalMs(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<number> {
    return (await measuredOf(context, drill)).times.timeline.totalMs;
  }

  @FieldResolver(() => Float, { nullable: true })
  async plannedRecoveryMs(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<number | null> {
    return (await measuredOf(context, drill)).times.timeline.recoveryMs;
  }

  @FieldResolver(() => GraphQLISODateTime, {
    nullable: true,
    description: 'By the remaining path. Null before the start, after the end, and while the drill is aborted.',
  })
  async expectedEndAt(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<Date | null> {
    return optionalInstant((await pathOf(context, drill))?.endAt ?? null);
  }

  @FieldResolver(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When the recovery clock is expected to stop; null without one, and once it has stopped.',
  })
  async expectedRecoveryAt(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<Date | null> {
    return optionalInstant((await pathOf(context, drill))?.recoveryAt ?? null);
  }

  @FieldResolver(() => [ID], {
    description: 'Steps not ended yet, any delay of which delays the recovery, or the end once it is over. Empty unless the drill runs.',
  })
  async remainingCritical(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<readonly string[]> {
    return (await pathOf(context, drill))?.critical ?? [];
  }

  @FieldResolver(() => [DrillSectionType], { description: 'The drill first, then its clocks, then the runbooks that it calls.' })
  async sections(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<DrillSectionType[]> {
    demand(context, 'drills.see', await subjectIn(context, drill.record.services));
    const { state, times } = await measuredOf(context, drill);
    return sectionsOf(state, times.timeline, context.app.clock()).map((section) => new DrillSectionType(section));
  }

  @FieldResolver(() => DrillComparisonType, {
    nullable: true,
    description: 'With the run before it, unless another is named; null when it is the first of its runbook.',
  })
  async comparison(
    @Root() { record }: DrillType,
    @Arg('with', () => ID, { nullable: true }) other: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<DrillComparisonType | null> {
    demand(context, 'drills.see', await subjectIn(context, record.services));
    const compared = unwrap(await compareDrills(context.app, context.actor, { drill: record, other: other ?? null }));
    return compared === null ? null : new DrillComparisonType(compared);
  }
}

async function pathOf(context: GraphContext, drill: DrillType): Promise<RemainingPath | null> {
  const { state, times } = await measuredOf(context, drill);
  return remainingPath(state, context.app.clock(), times.lengthOf);
}

async function measuredOf({ loaders }: GraphContext, { id }: DrillType): Promise<{ readonly state: DrillState; readonly times: ExpectedTimes }> {
  const [state, times] = await Promise.all([loaders.drillState.load(id), loaders.drillTimes.load(id)]);
  if (state === null || times === null) throw new Error(`${id} has no journal.`);
  return { state, times };
}
