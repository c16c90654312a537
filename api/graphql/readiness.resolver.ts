// From the explained score to the services it speaks of.
import { Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import { Repeater } from '@graphql-yoga/subscription';
import { may } from '../application/access.ts';
import type { ScoreChange } from '../application/stores.ts';
import { makeLoaders, subjectIn, type GraphContext } from './context.ts';
import { demand } from './errors.ts';
import { serviceOf } from './links.ts';
import { GapType, LimitingServiceType, RecoveryRungType, ScoreChangeType } from './readiness.type.ts';
import { ServiceType } from './service.type.ts';

@Resolver(() => GapType)
export class GapResolver {
  @FieldResolver(() => ServiceType)
  async service(@Root() { gap }: GapType, @Ctx() context: GraphContext): Promise<ServiceType | null> {
    return serviceOf(context, gap.service);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Runbook whose drill would close the gap, when one would and the signed-in person may ask for it.',
  })
  async startRunbook(@Root() { gap }: GapType, @Ctx() context: GraphContext): Promise<string | null> {
    if (!CLOSED_BY_A_DRILL.has(gap.code)) return null;
    if (!may(context.actor, 'drills.request', await subjectIn(context, [gap.service]))) return null;
    const runbooks = [...(await context.loaders.runbooks()).values()];
    const approved = runbooks.find((row) => row.approved?.runbook.services.includes(gap.service));
    return approved?.latest.runbook.key ?? null;
  }
}

/** A passing drill earns what these gaps cost. */
const CLOSED_BY_A_DRILL: ReadonlySet<string> = new Set([
  'never-drilled',
  'drill-overdue',
  'drill-failed',
  'drill-aborted',
  'drill-with-deviations',
  'rto-missed',
  'rto-unmeasured',
  'rpo-missed',
  'rpo-unmeasured',
  'runbook-changed-since-drill',
  'schedule-missed',
]);

@Resolver(() => LimitingServiceType)
export class LimitingServiceResolver {
  @FieldResolver(() => ServiceType)
  async service(@Root() { serviceKey }: LimitingServiceType, @Ctx() context: GraphContext): Promise<ServiceType | null> {
    return serviceOf(context, serviceKey);
  }
}

@Resolver(() => RecoveryRungType)
export class RecoveryRungResolver {
  @FieldResolver(() => ServiceType)
  async service(@Root() { serviceKey }: RecoveryRungType, @Ctx() context: GraphContext): Promise<ServiceType | null> {
    return serviceOf(context, serviceKey);
  }
}

@Resolver(() => ScoreChangeType)
export class ScoreChangeResolver {
  @Subscription(() => ScoreChangeType, {
    description: 'Services whose score or band has just moved.',
    subscribe: ({ context }: { context: GraphContext }) => {
      demand(context, 'services.see');
      return scoreChanges(context);
    },
  })
  scoreChanges(@Root() change: ScoreChange, @Ctx() context: GraphContext): ScoreChangeType {
    context.loaders = makeLoaders(context.app);
    return {
      serviceKey: change.service,
      before: change.before?.effective ?? null,
      beforeBand: change.before?.band ?? null,
      after: change.after.effective,
      afterBand: change.after.band,
    };
  }

  @FieldResolver(() => ServiceType)
  async service(@Root() { serviceKey }: ScoreChangeType, @Ctx() context: GraphContext): Promise<ServiceType | null> {
    return serviceOf(context, serviceKey);
  }
}

function scoreChanges({ app }: GraphContext): AsyncIterable<ScoreChange> {
  return new Repeater<ScoreChange>(async (push, stop) => {
    const unsubscribe = app.bus.subscribe('scores', ({ changes }) => {
      for (const change of changes) void push(change);
    });
    await stop;
    unsubscribe();
  });
}
