// The preview of a drill: the plan as it would be frozen now, and what stands against it.
import { Arg, Ctx, FieldResolver, Float, ID, Query, Resolver, Root } from 'type-graphql';
import { expectedTimes, type ExpectedTimes } from '../application/expect-steps.ts';
import { resolvePlan } from '../application/request-drill.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { demand, unwrap } from './errors.ts';
import { HostCheckType, HostType } from './host.type.ts';
import { hostCheckOf, runbookOf, servicesOf } from './links.ts';
import { LockStateType, PlanHostType, PlanInput, planRequestOf, PlanPreviewType } from './plan.type.ts';
import { RevisionType } from './runbook.type.ts';
import { ServiceType } from './service.type.ts';
import { PlannedStepType, plannedSteps } from './step.type.ts';
import { refused } from '../domain/errors.ts';

@Resolver(() => PlanPreviewType)
export class PlanPreviewResolver {
  @Query(() => PlanPreviewType, { description: 'What a drill would touch, before anything is asked for. Nothing is stored.' })
  async previewDrill(@Arg('input', () => PlanInput) input: PlanInput, @Ctx() context: GraphContext): Promise<PlanPreviewType> {
    const runbook = await runbookOf(context, input.runbook);
    demand(context, 'runbooks.see', await subjectIn(context, runbook?.current.runbook.services ?? []));
    if (runbook === null) return unwrap(refused('NOT_FOUND', `There is no runbook "${input.runbook}".`, { field: 'runbook' }));
    const resolved = await resolvePlan(context.app, planRequestOf(input));
    const known = { title: runbook.title, mode: input.mode, level: runbook.level };
    if (!resolved.ok) return new PlanPreviewType({ ...known, resolved: null, problems: [resolved.refusal] });
    return new PlanPreviewType({ ...known, level: resolved.value.plan.level, resolved: resolved.value, problems: [] });
  }

  @FieldResolver(() => [PlannedStepType])
  async steps(@Root() preview: PlanPreviewType, @Ctx() context: GraphContext): Promise<PlannedStepType[]> {
    const times = await timesOf(context, preview);
    return times === null ? [] : plannedSteps(preview.resolved?.plan.steps ?? [], times);
  }

  @FieldResolver(() => Float)
  async totalMs(@Root() preview: PlanPreviewType, @Ctx() context: GraphContext): Promise<number> {
    return (await timesOf(context, preview))?.timeline.totalMs ?? 0;
  }

  @FieldResolver(() => Float, { nullable: true })
  async recoveryMs(@Root() preview: PlanPreviewType, @Ctx() context: GraphContext): Promise<number | null> {
    return (await timesOf(context, preview))?.timeline.recoveryMs ?? null;
  }

  @FieldResolver(() => [ServiceType])
  async services(@Root() { resolved }: PlanPreviewType, @Ctx() context: GraphContext): Promise<ServiceType[]> {
    return servicesOf(context, resolved?.plan.services ?? []);
  }

  @FieldResolver(() => RevisionType, { nullable: true })
  revision(@Root() { resolved }: PlanPreviewType): RevisionType | null {
    return resolved === null ? null : new RevisionType(resolved.revision);
  }
}

/** Asked for by several fields of one preview, and worked out once. */
function timesOf({ app }: GraphContext, preview: PlanPreviewType): Promise<ExpectedTimes | null> {
  if (preview.resolved === null) return Promise.resolve(null);
  return (preview.times ??= expectedTimes(app.database.stores, preview.resolved.plan, app.clock()));
}

@Resolver(() => PlanHostType)
export class PlanHostResolver {
  @FieldResolver(() => HostType)
  async host(@Root() { planned }: PlanHostType, @Ctx() context: GraphContext): Promise<HostType> {
    const { portfolio } = await context.loaders.view();
    // A host that has left the portfolio since is shown as the plan froze it.
    const { via = [], credential = null, pinned = {} } = planned;
    const frozen = { ...planned, name: planned.key, site: null, labels: {}, jump: via.at(-1)?.key ?? null, credential, pinned };
    return new HostType(portfolio.hosts.find((host) => host.key === planned.key) ?? frozen);
  }

  @FieldResolver(() => HostCheckType, { nullable: true })
  async check(@Root() { planned }: PlanHostType, @Ctx() context: GraphContext): Promise<HostCheckType | null> {
    return hostCheckOf(context, planned.key);
  }
}

@Resolver(() => LockStateType)
export class LockStateResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'Drill that holds it now.' })
  async heldBy(@Root() { name }: LockStateType, @Ctx() context: GraphContext): Promise<string | null> {
    return context.loaders.lockHolder.load(name);
  }
}
