// The schema, put together from all resolvers.
import { createPubSub } from '@graphql-yoga/subscription';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AccountResolver } from './account.resolver.ts';
import { CalendarResolver } from './calendar.resolver.ts';
import { BlackoutResolver, FreezeResolver } from './closing.resolver.ts';
import { DrillChargeResolver } from './drill-charge.resolver.ts';
import { DrillControlResolver } from './drill-control.resolver.ts';
import { DrillEventsResolver } from './drill-events.resolver.ts';
import { DrillMeasureResolver } from './drill-measure.resolver.ts';
import { DrillResolver } from './drill.resolver.ts';
import { GlobalStopResolver } from './global-stop.resolver.ts';
import { HostResolver } from './host.resolver.ts';
import { LensCellResolver, LensTotalResolver, OverviewFiguresResolver, OverviewResolver } from './overview.resolver.ts';
import { LockStateResolver, PlanHostResolver, PlanPreviewResolver } from './plan.resolver.ts';
import { GapResolver, LimitingServiceResolver, RecoveryRungResolver, ScoreChangeResolver } from './readiness.resolver.ts';
import { ProblemResolver, RunbookCheckResolver, RunbookDraftResolver } from './runbook-draft.resolver.ts';
import { RevisionDiffResolver, RunbookCheckDiffResolver } from './runbook-diff.resolver.ts';
import { RunbookImportResolver } from './runbook-import.resolver.ts';
import { RevisionResolver, RunbookResolver } from './runbook.resolver.ts';
import { NextDueResolver, OccurrenceResolver, ScheduleResolver } from './schedule.resolver.ts';
import { DependencyResolver, ServiceResolver } from './service.resolver.ts';
import { StorageResolver } from './storage.resolver.ts';
import { WaitingResolver } from './waiting.resolver.ts';

export async function makeSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      AccountResolver,
      BlackoutResolver,
      CalendarResolver,
      DependencyResolver,
      DrillChargeResolver,
      DrillControlResolver,
      DrillEventsResolver,
      DrillMeasureResolver,
      DrillResolver,
      FreezeResolver,
      GapResolver,
      GlobalStopResolver,
      HostResolver,
      LensCellResolver,
      LensTotalResolver,
      LimitingServiceResolver,
      LockStateResolver,
      NextDueResolver,
      OccurrenceResolver,
      OverviewFiguresResolver,
      OverviewResolver,
      PlanHostResolver,
      PlanPreviewResolver,
      ProblemResolver,
      RecoveryRungResolver,
      RevisionDiffResolver,
      RevisionResolver,
      RunbookCheckDiffResolver,
      RunbookCheckResolver,
      RunbookDraftResolver,
      RunbookImportResolver,
      RunbookResolver,
      ScheduleResolver,
      ScoreChangeResolver,
      ServiceResolver,
      StorageResolver,
      WaitingResolver,
    ],
    // Use cases check what comes in and name the field; a second check by class would only say it in other words.
    validate: false,
    // type-graphql asks for one; our subscriptions read the journal and the bus of the app instead.
    pubSub: createPubSub(),
  });
}

/** In the order of names, so that a change of the code shows as a change of the text and nothing else does. */
export function schemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
