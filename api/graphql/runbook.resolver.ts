// Runbooks, their revisions, and the approval of one.
import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import { approveRevision, whyNotApprove } from '../application/approve-revision.ts';
import { filesOfRevision } from '../application/runbook-files.ts';
import { strictestObjective } from '../domain/catalogue/strictest-objective.ts';
import { sketchSteps } from '../domain/drill/plan-steps.ts';
import type { PlanStep } from '../domain/drill/plan.ts';
import { planTimeline, type Timeline } from '../domain/drill/timeline.ts';
import { lintRunbook } from '../domain/runbook/lint/lint-runbook.ts';
import { runbookPlaces } from '../domain/runbook/parse-runbook.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import { connectionFrom, pageRequest, PageArgs, type Connection } from './connection.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { DrillType } from './drill.type.ts';
import { demand, unwrap } from './errors.ts';
import { drillOrNull, runbookOf, servicesOf } from './links.ts';
import { RunbookFileType, runbookFiles } from './runbook-draft.type.ts';
import { CanaryTextType, ProblemType, RevisionType, RunbookConnectionType, RunbookType } from './runbook.type.ts';
import { ScheduleType } from './schedule.type.ts';
import { ServiceType } from './service.type.ts';
import { PlannedStepType, plannedSteps } from './step.type.ts';

@Resolver(() => RunbookType)
export class RunbookResolver {
  @Query(() => RunbookConnectionType)
  async runbooks(@Args() args: PageArgs, @Ctx() context: GraphContext): Promise<Connection<RunbookType>> {
    const { first, after } = pageRequest(args);
    const visible: RunbookType[] = [];
    for (const listed of (await context.loaders.runbooks()).values()) {
      if (may(context.actor, 'runbooks.see', await subjectIn(context, listed.latest.runbook.services))) visible.push(new RunbookType(listed));
    }
    if (visible.length === 0) demand(context, 'services.see');
    const start = after === null ? 0 : visible.findIndex((runbook) => runbook.key === after) + 1;
    const rows = visible.slice(start, start + first);
    const page = { rows, cursors: rows.map((row) => row.key), hasNext: start + rows.length < visible.length, total: visible.length };
    return connectionFrom(page, (row) => row);
  }

  @Query(() => RunbookType, { nullable: true })
  async runbook(@Arg('key', () => ID) key: string, @Ctx() context: GraphContext): Promise<RunbookType | null> {
    const runbook = await runbookOf(context, key);
    demand(context, 'runbooks.see', await subjectIn(context, runbook?.current.runbook.services ?? []));
    return runbook;
  }

  @Mutation(() => RevisionType)
  async approveRevision(@Arg('hash', () => ID) hash: string, @Ctx() context: GraphContext): Promise<RevisionType> {
    return new RevisionType(unwrap(await approveRevision(context.app, context.actor, hash)));
  }

  @FieldResolver(() => [ServiceType])
  async services(@Root() { current }: RunbookType, @Ctx() context: GraphContext): Promise<ServiceType[]> {
    return servicesOf(context, current.runbook.services);
  }

  @FieldResolver(() => RevisionType, { nullable: true })
  async revision(@Root() { key }: RunbookType, @Arg('number', () => Int) number: number, @Ctx() { app }: GraphContext): Promise<RevisionType | null> {
    const revision = await app.database.stores.runbooks.revisionByNumber(key, number);
    return revision === null ? null : new RevisionType(revision);
  }

  @FieldResolver(() => [RevisionType], { description: 'Newest first.' })
  async revisions(@Root() { key }: RunbookType, @Ctx() { app }: GraphContext): Promise<RevisionType[]> {
    const revisions = await app.database.stores.runbooks.revisions(key);
    return revisions.toSorted((a, b) => b.number - a.number).map((revision) => new RevisionType(revision));
  }

  @FieldResolver(() => [ScheduleType])
  async schedules(@Root() { key }: RunbookType, @Ctx() context: GraphContext): Promise<ScheduleType[]> {
    const all = await context.loaders.schedules();
    return all.filter((schedule) => schedule.runbook === key).map((schedule) => new ScheduleType(schedule));
  }

  @FieldResolver(() => DrillType, { nullable: true })
  async lastDrill(@Root() { key, current }: RunbookType, @Ctx() context: GraphContext): Promise<DrillType | null> {
    if (!may(context.actor, 'drills.see', await subjectIn(context, current.runbook.services))) return null;
    const page = await context.app.database.stores.drills.page({ first: 1, after: null, services: null, runbook: key, states: null });
    return drillOrNull(page.rows[0] ?? null);
  }

  @FieldResolver(() => Boolean)
  async canRequestDrill(@Root() { listed, current }: RunbookType, @Ctx() context: GraphContext): Promise<boolean> {
    return listed.approved !== null && may(context.actor, 'drills.request', await subjectIn(context, current.runbook.services));
  }

  @FieldResolver(() => Boolean)
  async canEdit(@Root() { listed }: RunbookType, @Ctx() context: GraphContext): Promise<boolean> {
    return may(context.actor, 'runbooks.edit', await subjectIn(context, listed.latest.runbook.services));
  }
}

@Resolver(() => RevisionType)
export class RevisionResolver {
  @FieldResolver(() => Boolean)
  async canApprove(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<boolean> {
    return revision.approvedAt === null && (await whyNotApprove(context.app, context.actor, revision)) === null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why the signed-in person cannot approve it.' })
  async cannotApproveReason(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<string | null> {
    if (revision.approvedAt !== null) return null;
    return (await whyNotApprove(context.app, context.actor, revision))?.refusal.message ?? null;
  }

  @FieldResolver(() => String)
  async source(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<string> {
    await demandContent(context, revision);
    return revision.source;
  }

  @FieldResolver(() => [RunbookFileType], { description: 'The files beside the source that its steps use.' })
  async files(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<RunbookFileType[]> {
    await demandContent(context, revision);
    return runbookFiles(filesOfRevision(revision));
  }

  @FieldResolver(() => CanaryTextType, { nullable: true })
  async canary(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<CanaryTextType | null> {
    await demandContent(context, revision);
    const { canary } = revision.runbook;
    if (canary === null) return null;
    const { write, read, until } = canary;
    return { writeOn: write.on, writeCommand: write.run, everyMs: write.everyMs, readOn: read.on, readCommand: read.run, until };
  }

  @FieldResolver(() => [PlannedStepType])
  async steps(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<PlannedStepType[]> {
    await demandContent(context, revision);
    const { steps, timeline } = shapeOf(revision.runbook);
    return plannedSteps(steps, { timeline });
  }

  @FieldResolver(() => Float)
  totalMs(@Root() { revision }: RevisionType): number {
    return shapeOf(revision.runbook).timeline.totalMs;
  }

  @FieldResolver(() => Float, { nullable: true })
  recoveryMs(@Root() { revision }: RevisionType): number | null {
    return shapeOf(revision.runbook).timeline.recoveryMs;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'The strictest RTO among its services.' })
  async rtoSeconds(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<number | null> {
    const { portfolio } = await context.loaders.view();
    return strictestObjective(portfolio, revision.runbook.services)?.rtoSeconds ?? null;
  }

  @FieldResolver(() => [ProblemType])
  async warnings(@Root() { revision }: RevisionType, @Ctx() context: GraphContext): Promise<readonly ProblemType[]> {
    await demandContent(context, revision);
    const { portfolio } = await context.loaders.view();
    return lintRunbook(revision.runbook, runbookPlaces(revision.source, 'runbook.yaml'), { portfolio });
  }
}

/** A title may be seen wherever a service or a schedule leads to it; commands and hosts only by those who may see the runbook. */
async function demandContent(context: GraphContext, { runbook }: Revision): Promise<void> {
  demand(context, 'runbooks.see', await subjectIn(context, runbook.services));
}

interface Shape {
  readonly steps: readonly PlanStep[];
  readonly timeline: Timeline;
}

/** One computation for a revision, however many fields ask. */
const SHAPES = new WeakMap<Runbook, Shape>();

/** The steps as a drill in earnest would take them, on targets instead of hosts. */
function shapeOf(runbook: Runbook): Shape {
  const known = SHAPES.get(runbook);
  if (known !== undefined) return known;
  const steps = sketchSteps(runbook);
  const shape = { steps, timeline: planTimeline({ steps, clocks: runbook.clocks }) };
  SHAPES.set(runbook, shape);
  return shape;
}
