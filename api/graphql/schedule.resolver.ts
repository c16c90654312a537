// Schedules: when runbooks are drilled again, and what became of each due time.
import { Arg, Ctx, FieldResolver, GraphQLISODateTime, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import { createSchedule } from '../application/create-schedule.ts';
import { nextDue } from '../application/next-due.ts';
import { previewSchedule } from '../application/preview-schedule.ts';
import { endSchedule, setScheduleActive } from '../application/set-schedule-active.ts';
import { updateSchedule } from '../application/update-schedule.ts';
import type { Result } from '../domain/errors.ts';
import { nextOccurrences } from '../domain/schedule/due-times.ts';
import { PreflightType, preflightType } from './calendar.type.ts';
import { checkedCount } from './connection.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { DrillType } from './drill.type.ts';
import { demand, errorOf, unwrap } from './errors.ts';
import { instant } from './instant.ts';
import { drillOrNull, runbookOf } from './links.ts';
import { RunbookType } from './runbook.type.ts';
import { FIELD_NAMES, scheduleInputOf, ScheduleInputType } from './schedule.input.ts';
import { NextDueType, OccurrenceType, ScheduleType } from './schedule.type.ts';

/** As many due times as people plan ahead for. */
const SHOWN_DUE_TIMES = 10;

@Resolver(() => ScheduleType)
export class ScheduleResolver {
  @Query(() => [ScheduleType])
  async schedules(
    @Arg('withEnded', () => Boolean, { defaultValue: false }) withEnded: boolean,
    @Ctx() context: GraphContext,
  ): Promise<ScheduleType[]> {
    demand(context, 'schedules.see');
    const all = await context.loaders.schedules();
    return all.filter(({ endedAt }) => withEnded || endedAt === null).map((schedule) => new ScheduleType(schedule));
  }

  @Query(() => ScheduleType, { nullable: true })
  async schedule(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<ScheduleType | null> {
    demand(context, 'schedules.see');
    const found = (await context.loaders.schedules()).find((schedule) => schedule.id === id);
    return found === undefined ? null : new ScheduleType(found);
  }

  @Query(() => [NextDueType], {
    description: 'The next due times of what is being entered. Refuses what createSchedule would refuse. Stores nothing.',
  })
  async previewSchedule(@Arg('input', () => ScheduleInputType) input: ScheduleInputType, @Ctx() context: GraphContext): Promise<NextDueType[]> {
    const { app, actor, loaders } = context;
    const wanted = unwrapInput(scheduleInputOf(input, app.clock()));
    const times = unwrapInput(await previewSchedule(app, actor, { input: wanted, view: loaders.scheduleView(), count: SHOWN_DUE_TIMES }));
    return times.map((due) => new NextDueType(due, null));
  }

  @Mutation(() => ScheduleType)
  async createSchedule(@Arg('input', () => ScheduleInputType) input: ScheduleInputType, @Ctx() { app, actor }: GraphContext): Promise<ScheduleType> {
    return new ScheduleType(unwrapInput(await createSchedule(app, actor, unwrapInput(scheduleInputOf(input, app.clock())))));
  }

  @Mutation(() => ScheduleType)
  async updateSchedule(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => ScheduleInputType) input: ScheduleInputType,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<ScheduleType> {
    const wanted = unwrapInput(scheduleInputOf(input, app.clock()));
    return new ScheduleType(unwrapInput(await updateSchedule(app, actor, { id, version, input: wanted })));
  }

  @Mutation(() => ScheduleType)
  async setScheduleActive(
    @Arg('id', () => ID) id: string,
    @Arg('isActive', () => Boolean) isActive: boolean,
    @Ctx() context: GraphContext,
  ): Promise<ScheduleType> {
    return new ScheduleType(unwrap(await setScheduleActive(context.app, context.actor, { id, isActive })));
  }

  @Mutation(() => ScheduleType, { description: 'For good; what it did stays.' })
  async endSchedule(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<ScheduleType> {
    return new ScheduleType(unwrap(await endSchedule(app, actor, { id, reason })));
  }

  @FieldResolver(() => RunbookType)
  async runbook(@Root() { schedule }: ScheduleType, @Ctx() context: GraphContext): Promise<RunbookType | null> {
    return runbookOf(context, schedule.runbook);
  }

  @FieldResolver(() => Boolean)
  async canEdit(@Root() { schedule }: ScheduleType, @Ctx() context: GraphContext): Promise<boolean> {
    const listed = (await context.loaders.runbooks()).get(schedule.runbook);
    const { services } = (listed?.approved ?? listed?.latest)?.runbook ?? { services: [] };
    return schedule.endedAt === null && may(context.actor, 'schedules.edit', await subjectIn(context, services));
  }

  @FieldResolver(() => [GraphQLISODateTime], { description: 'The next due times, none while it is off.' })
  nextDueAt(@Root() { schedule }: ScheduleType, @Ctx() { app }: GraphContext): Date[] {
    return schedule.isActive ? nextOccurrences(schedule, app.clock(), SHOWN_DUE_TIMES).map(instant) : [];
  }

  @FieldResolver(() => [NextDueType], { description: 'The next due times with what rules them out, none while it is off.' })
  async nextDue(
    @Root() { schedule }: ScheduleType,
    @Arg('first', () => Int, { defaultValue: SHOWN_DUE_TIMES }) first: number,
    @Ctx() { app, loaders }: GraphContext,
  ): Promise<NextDueType[]> {
    if (!schedule.isActive) return [];
    const times = await nextDue(loaders.scheduleView(), schedule, { now: app.clock(), count: checkedCount(first) });
    return times.map((due) => new NextDueType(due, schedule.id));
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

  @FieldResolver(() => [PreflightType], { description: 'What looking ahead at it found, newest first.' })
  async preflights(@Root() { occurrence }: OccurrenceType, @Ctx() { app }: GraphContext): Promise<PreflightType[]> {
    return (await app.database.stores.preflights.of(occurrence.schedule, occurrence.dueAt)).map(preflightType);
  }
}

@Resolver(() => NextDueType)
export class NextDueResolver {
  @FieldResolver(() => DrillType, { nullable: true, description: 'The drill that is there already and waits for its time or its approvals.' })
  async drill(@Root() { due, schedule }: NextDueType, @Ctx() context: GraphContext): Promise<DrillType | null> {
    const row = schedule === null ? null : await context.app.database.stores.schedules.occurrence(schedule, due.dueAt);
    const drill = row === null || row.drill === null ? null : await context.loaders.drill.load(row.drill);
    if (drill === null || !may(context.actor, 'drills.see', await subjectIn(context, drill.services))) return null;
    return drillOrNull(drill);
  }

  @FieldResolver(() => [PreflightType], { description: 'What looking ahead at it found, newest first.' })
  async preflights(@Root() { due, schedule }: NextDueType, @Ctx() { app }: GraphContext): Promise<PreflightType[]> {
    return schedule === null ? [] : (await app.database.stores.preflights.of(schedule, due.dueAt)).map(preflightType);
  }
}

/** The form asks in minutes, and has the fields of a calendar rule below one name. */
function unwrapInput<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { field } = result.refusal;
  throw errorOf(field === undefined ? result.refusal : { ...result.refusal, field: FIELD_NAMES[field] ?? field });
}
