// The calendar, and looking ahead at a drill.
import { Arg, Ctx, FieldResolver, GraphQLISODateTime, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import { askPreflight } from '../application/ask-preflight.ts';
import { readCalendar } from '../application/calendar.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { CalendarEntryType, CalendarType, PreflightType, preflightOfReport, preflightType } from './calendar.type.ts';
import { DrillType } from './drill.type.ts';
import { demand, errorOf, unwrap } from './errors.ts';
import { PlanInput, planRequestOf } from './plan.type.ts';

@Resolver(() => CalendarEntryType)
export class CalendarResolver {
  @Query(() => CalendarType, { description: 'At most 400 days; what was, is and will be.' })
  async calendar(
    @Arg('from', () => GraphQLISODateTime) from: Date,
    @Arg('to', () => GraphQLISODateTime) to: Date,
    @Ctx() context: GraphContext,
  ): Promise<CalendarType> {
    demand(context, 'schedules.see');
    const { app, loaders } = context;
    return new CalendarType(unwrap(await readCalendar(app, { fromAt: from.getTime(), toAt: to.getTime() }, loaders.scheduleView())));
  }

  @Mutation(() => PreflightType, { description: 'Looks ahead at one of the three. Logs in to its hosts and runs nothing there.' })
  async preflight(
    @Arg('runbook', () => PlanInput, { nullable: true }) runbook: PlanInput | null,
    @Arg('drill', () => ID, { nullable: true }) drill: string | null,
    @Arg('schedule', () => ID, { nullable: true }) schedule: string | null,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<PreflightType> {
    if ([runbook ?? null, drill ?? null, schedule ?? null].filter((given) => given !== null).length !== 1) {
      throw errorOf({ code: 'INVALID_INPUT', message: 'Name one: a runbook, a drill or a schedule.', field: 'runbook' });
    }
    if (drill) return preflightOfReport(unwrap(await askPreflight(app, actor, { kind: 'drill', drill })));
    if (schedule) return preflightOfReport(unwrap(await askPreflight(app, actor, { kind: 'schedule', schedule })));
    if (!runbook) throw errorOf({ code: 'INVALID_INPUT', message: 'The id is empty.', field: 'drill' });
    return preflightOfReport(unwrap(await askPreflight(app, actor, { kind: 'runbook', what: planRequestOf(runbook) })));
  }

  @FieldResolver(() => [PreflightType], { description: 'What looking ahead at it found, newest first; of what is still to come.' })
  async preflights(@Root() { entry: { due } }: CalendarEntryType, @Ctx() { loaders }: GraphContext): Promise<PreflightType[]> {
    if (due === null) return [];
    const ahead = (await loaders.preflightsAhead()).get(`${due.schedule.id} ${due.dueAt}`) ?? [];
    return ahead.map(preflightType);
  }

  @FieldResolver(() => DrillType, { nullable: true, description: 'Null too when the person may not see it.' })
  async drill(@Root() { entry }: CalendarEntryType, @Ctx() context: GraphContext): Promise<DrillType | null> {
    const { drill } = entry;
    if (drill === null || !may(context.actor, 'drills.see', await subjectIn(context, drill.services))) return null;
    return new DrillType(drill);
  }
}
