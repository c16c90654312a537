// Schedules: when runbooks are drilled again, and what became of each due time.
import { Arg, Ctx, FieldResolver, GraphQLISODateTime, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import { createSchedule } from '../application/create-schedule.ts';
import { setScheduleActive } from '../application/set-schedule-active.ts';
import { nextOccurrences } from '../domain/schedule/due-times.ts';
import { checkedCount } from './connection.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { DrillType } from './drill.type.ts';
import { demand, errorOf, unwrap } from './errors.ts';
import { instant } from './instant.ts';
import { drillOrNull, runbookOf } from './links.ts';
import { inputValues } from './plan.type.ts';
import { RunbookType } from './runbook.type.ts';
import { OccurrenceType, ScheduleInput, ScheduleType } from './schedule.type.ts';

/** As many due times as people plan ahead for. */
const SHOWN_DUE_TIMES = 10;
const MINUTE_MS = 60_000;

@Resolver(() => ScheduleType)
export class ScheduleResolver {
  @Query(() => [ScheduleType])
  async schedules(@Ctx() context: GraphContext): Promise<ScheduleType[]> {
    demand(context, 'schedules.see');
    return (await context.loaders.schedules()).map((schedule) => new ScheduleType(schedule));
  }

  @Mutation(() => ScheduleType)
  async createSchedule(@Arg('input', () => ScheduleInput) input: ScheduleInput, @Ctx() context: GraphContext): Promise<ScheduleType> {
    const { graceMinutes, inputs, ...rest } = input;
    const wanted = { ...rest, inputs: inputValues(inputs), graceMs: graceMinutes * MINUTE_MS };
    const created = await createSchedule(context.app, context.actor, wanted);
    // The form asks in minutes, the use case in milliseconds.
    if (!created.ok && created.refusal.field === 'graceMs') throw errorOf({ ...created.refusal, field: 'graceMinutes' });
    return new ScheduleType(unwrap(created));
  }

  @Mutation(() => ScheduleType)
  async setScheduleActive(
    @Arg('id', () => ID) id: string,
    @Arg('isActive', () => Boolean) isActive: boolean,
    @Ctx() context: GraphContext,
  ): Promise<ScheduleType> {
    return new ScheduleType(unwrap(await setScheduleActive(context.app, context.actor, { id, isActive })));
  }

  @FieldResolver(() => RunbookType)
  async runbook(@Root() { schedule }: ScheduleType, @Ctx() context: GraphContext): Promise<RunbookType | null> {
    return runbookOf(context, schedule.runbook);
  }

  @FieldResolver(() => [GraphQLISODateTime], { description: 'The next due times, none while it is off.' })
  nextDueAt(@Root() { schedule }: ScheduleType, @Ctx() { app }: GraphContext): Date[] {
    return schedule.isActive ? nextOccurrences(schedule, app.clock(), SHOWN_DUE_TIMES).map(instant) : [];
  }

  @FieldResolver(() => [OccurrenceType], { description: 'Newest first.' })
  async occurrences(
    @Root() { schedule }: ScheduleType,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Ctx() { app }: GraphContext,
  ): Promise<OccurrenceType[]> {
    const occurrences = await app.database.stores.schedules.occurrences(schedule.id, checkedCount(first));
    return occurrences.map((occurrence) => new OccurrenceType(occurrence));
  }
}

@Resolver(() => OccurrenceType)
export class OccurrenceResolver {
  @FieldResolver(() => DrillType, { nullable: true })
  async drill(@Root() { occurrence }: OccurrenceType, @Ctx() context: GraphContext): Promise<DrillType | null> {
    // Null too when the person may not see it.
    const drill = occurrence.drill === null ? null : await context.loaders.drill.load(occurrence.drill);
    if (drill === null || !may(context.actor, 'drills.see', await subjectIn(context, drill.services))) return null;
    return drillOrNull(drill);
  }
}
