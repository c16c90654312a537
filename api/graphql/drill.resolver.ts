// Drills: the list, one of them, and what its plan and journal say.
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { drillActions, type DrillAction } from '../application/drill-actions.ts';
import { may } from '../application/access.ts';
import { mayAnswerStep } from '../application/may-answer-step.ts';
import { clockReadings } from '../domain/drill/clocks.ts';
import { indexOf } from '../domain/drill/plan-index.ts';
import type { Plan, PlanStep } from '../domain/drill/plan.ts';
import { RUN_STATES, type DrillState, type RunState } from '../domain/drill/state.ts';
import { answerDeadline } from '../domain/drill/unanswered.ts';
import { planTimeline } from '../domain/drill/timeline.ts';
import { connectionFrom, pageRequest, PageArgs, type Connection } from './connection.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { DrillStepType } from './drill-step.type.ts';
import { AbortProgressType, CanaryProgressType, DrillClockType, DrillConnectionType, DrillFilterInput, DrillType } from './drill.type.ts';
import { DrillPauseType, FormerEndType, InChargeType } from './drill-control.type.ts';
import { DrillActionEnum } from './enums.ts';
import { demand } from './errors.ts';
import { instant, optionalInstant } from './instant.ts';
import { labelsOf } from './label.type.ts';
import { drillOrNull, runbookOf, servicesOf } from './links.ts';
import { PlanHostType } from './plan.type.ts';
import { RevisionType, RunbookType } from './runbook.type.ts';
import { ScheduleType } from './schedule.type.ts';
import { ServiceType } from './service.type.ts';
import { plannedSteps } from './step.type.ts';

const ENDED: readonly RunState[] = ['rejected', 'expired', 'passed', 'late', 'failed', 'aborted'];

@Resolver(() => DrillType)
export class DrillResolver {
  @Query(() => DrillConnectionType, { description: 'Newest first.' })
  async drills(
    @Arg('filter', () => DrillFilterInput, { nullable: true }) filter: DrillFilterInput | null | undefined,
    @Args() args: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Connection<DrillType>> {
    const services = await visibleServices(context, filter?.service ?? null);
    const query = { ...pageRequest(args), services, runbook: filter?.runbook ?? null, states: statesOf(filter) };
    return connectionFrom(await context.app.database.stores.drills.page(query), (record) => new DrillType(record));
  }

  @Query(() => DrillType, { nullable: true })
  async drill(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<DrillType | null> {
    const record = await context.loaders.drill.load(id);
    demand(context, 'drills.see', await subjectIn(context, record?.services ?? []));
    return drillOrNull(record);
  }

  @FieldResolver(() => String)
  async scenario(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<string> {
    return (await planOf(context, drill)).scenario;
  }

  @FieldResolver(() => RunbookType)
  async runbook(@Root() { record }: DrillType, @Ctx() context: GraphContext): Promise<RunbookType | null> {
    return runbookOf(context, record.runbook);
  }

  @FieldResolver(() => RevisionType)
  async revision(@Root() { record }: DrillType, @Ctx() { app }: GraphContext): Promise<RevisionType | null> {
    const revision = await app.database.stores.runbooks.revision(record.revision);
    return revision === null ? null : new RevisionType(revision);
  }

  @FieldResolver(() => [ServiceType])
  async services(@Root() { record }: DrillType, @Ctx() context: GraphContext): Promise<ServiceType[]> {
    return servicesOf(context, record.services);
  }

  @FieldResolver(() => ScheduleType, { nullable: true })
  async schedule(@Root() { record }: DrillType, @Ctx() context: GraphContext): Promise<ScheduleType | null> {
    const found = (await context.loaders.schedules()).find((schedule) => schedule.id === record.schedule);
    return found === undefined ? null : new ScheduleType(found);
  }

  @FieldResolver(() => Int)
  async rtoSeconds(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<number> {
    return (await planOf(context, drill)).objective.rtoSeconds;
  }

  @FieldResolver(() => Int, { nullable: true })
  async rpoSeconds(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<number | null> {
    return (await planOf(context, drill)).objective.rpoSeconds;
  }

  @FieldResolver(() => [PlanHostType])
  async hosts(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<PlanHostType[]> {
    return (await planOf(context, drill)).hosts.map((host) => new PlanHostType(host));
  }

  @FieldResolver(() => [DrillStepType])
  async steps(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<DrillStepType[]> {
    const state = await visibleState(context, drill);
    const mayConfirm = (await actionsOf(context, drill, state)).includes('confirm');
    const times = await context.loaders.drillTimes.load(drill.id);
    const { stepOf } = indexOf(state.plan);
    return plannedSteps(state.plan.steps, times ?? { timeline: planTimeline(state.plan) }).flatMap((planned): DrillStepType[] => {
      const progress = state.steps.get(planned.id);
      const step = stepOf.get(planned.id);
      if (progress === undefined || step === undefined) return [];
      const captured = labelsOf(capturedBy(step, state));
      const canConfirm = mayConfirm && progress.state === 'waiting' && mayAnswerStep(state, step, context.actor);
      return [new DrillStepType({ planned, progress, captured, canConfirm, answerUntil: answerDeadline(step, progress) })];
    });
  }

  @FieldResolver(() => [DrillClockType])
  async clocks(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<DrillClockType[]> {
    const state = await visibleState(context, drill);
    return clockReadings(state, context.app.clock()).map(({ name, startedAt, endedAt, elapsedMs, objectiveMs }) => ({
      name,
      startedAt: optionalInstant(startedAt),
      endedAt: optionalInstant(endedAt),
      elapsedMs,
      objectiveMs,
    }));
  }

  @FieldResolver(() => Int)
  async lastSeq(@Root() { id }: DrillType, @Ctx() context: GraphContext): Promise<number> {
    return (await context.loaders.drillState.load(id))?.seq ?? 0;
  }

  @FieldResolver(() => [DrillActionEnum], { description: 'What the signed-in person may do now.' })
  async actions(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<readonly DrillAction[]> {
    return actionsOf(context, drill, await stateOf(context, drill));
  }

  @FieldResolver(() => CanaryProgressType, { nullable: true })
  async canary(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<CanaryProgressType | null> {
    const { plan, canary } = await stateOf(context, drill);
    if (plan.canary === null) return null;
    const { lastAcknowledged, read } = canary;
    return {
      lastAcknowledgedAt: optionalInstant(lastAcknowledged?.writtenAt ?? null),
      acknowledged: lastAcknowledged?.marker ?? 0,
      dataLossMs: read?.dataLossMs ?? null,
      reason: read?.reason ?? null,
    };
  }

  @FieldResolver(() => AbortProgressType, { nullable: true })
  async abort(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<AbortProgressType | null> {
    return (await stateOf(context, drill)).abort;
  }

  @FieldResolver(() => DrillPauseType, { nullable: true, description: 'Who paused it, and when; null unless it is paused, and after a reopening.' })
  async pause(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<DrillPauseType | null> {
    const { pause } = await visibleState(context, drill);
    return pause === null ? null : { by: pause.by, at: instant(pause.at), stopReason: pause.stop };
  }

  @FieldResolver(() => InChargeType, { nullable: true, description: 'Null before the start.' })
  async inCharge(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<InChargeType | null> {
    const { inCharge } = await visibleState(context, drill);
    return inCharge === null ? null : { ...inCharge, since: instant(inCharge.sinceAt) };
  }

  @FieldResolver(() => [FormerEndType], { description: 'Ends after which the drill was taken up again, oldest first.' })
  async formerEnds(@Root() drill: DrillType, @Ctx() context: GraphContext): Promise<FormerEndType[]> {
    const { formerEnds } = await visibleState(context, drill);
    return formerEnds.map((end) => ({ ...end, endedAt: instant(end.endedAt), reopenedAt: instant(end.reopenedAt) }));
  }
}

/** Null for everything; for people who see their own services alone, those. */
async function visibleServices(context: GraphContext, service: string | null): Promise<readonly string[] | null> {
  if (may(context.actor, 'drills.see')) return service === null ? null : [service];
  const { rows } = await context.loaders.view();
  const name = context.actor?.name ?? null;
  demand(context, 'drills.see', { owners: [name] });
  const own = rows.filter((row) => row.service.owner === name || row.service.deputy === name).map((row) => row.service.key);
  return service === null ? own : own.filter((key) => key === service);
}

function statesOf(filter: DrillFilterInput | null | undefined): readonly RunState[] | null {
  if (filter?.result != null) return [filter.result];
  if (filter?.isOpen == null) return null;
  return RUN_STATES.filter((state) => ENDED.includes(state) !== filter.isOpen);
}

/** What the step captured; a secret shows only that there is one. */
function capturedBy(step: PlanStep, state: DrillState): Readonly<Record<string, string>> {
  const captures = 'captures' in step ? step.captures : [];
  const scope = step.id.slice(0, step.id.lastIndexOf('/') + 1);
  return Object.fromEntries(
    captures.flatMap(({ name, isSecret }) => {
      const value = state.captured[`${scope}${name}`];
      return value === undefined ? [] : [[name, isSecret === true ? MASKED : value]];
    }),
  );
}

const MASKED = '•••';

async function actionsOf(context: GraphContext, drill: DrillType, state: DrillState): Promise<readonly DrillAction[]> {
  const subject = await subjectIn(context, drill.record.services);
  return drillActions(state, { actor: context.actor, subject, at: context.app.clock() });
}

async function stateOf(context: GraphContext, { id }: DrillType): Promise<DrillState> {
  const state = await context.loaders.drillState.load(id);
  if (state === null) throw new Error(`${id} has no journal.`);
  return state;
}

async function visibleState(context: GraphContext, drill: DrillType): Promise<DrillState> {
  demand(context, 'drills.see', await subjectIn(context, drill.record.services));
  return stateOf(context, drill);
}

async function planOf(context: GraphContext, drill: DrillType): Promise<Plan> {
  return (await stateOf(context, drill)).plan;
}
