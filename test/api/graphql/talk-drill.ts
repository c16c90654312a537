// A drill of one talk, from asking for it to its end, by people over GraphQL.
import { ApproveDrill, ConfirmStep, StartDrill } from '../../../web/graphql/drill-actions.ts';
import { DrillFeed } from '../../../web/graphql/drills.ts';
import { PreviewQuery, RequestDrill } from '../../../web/graphql/plans.ts';
import type { GraphqlClient } from '../../support/graphql-client.ts';

export interface Pair {
  /** Asks, starts and confirms. */
  readonly carla: GraphqlClient;
  /** Approves. */
  readonly cosmo: GraphqlClient;
}

/** Gives the id of a drill that is running: each of its confirmations waits for a person. */
export async function startDrillOf(runbook: string, { carla, cosmo }: Pair): Promise<string> {
  const { id, planHash } = await approvedDrillOf(runbook, { carla, cosmo });
  await carla.ask(StartDrill, { id, planHash });
  return id;
}

export async function approvedDrillOf(runbook: string, { carla, cosmo }: Pair): Promise<{ readonly id: string; readonly planHash: string }> {
  const input = { runbook, mode: 'REHEARSAL' as const, inputs: [] };
  const planHash = (await carla.ask(PreviewQuery, { input })).previewDrill.planHash ?? '';
  const { id } = (await carla.ask(RequestDrill, { input })).requestDrill;
  await cosmo.ask(ApproveDrill, { id, planHash, note: null });
  return { id, planHash };
}

/** Runs the drill of a talk to its end. */
export async function talkedThrough(runbook: string, people: Pair): Promise<string> {
  const id = await startDrillOf(runbook, people);
  const feed = people.carla.follow(DrillFeed, { drill: id, after: 0 });
  await feed.until(({ drillEvents }) => drillEvents.type === 'step-waiting');
  await people.carla.ask(ConfirmStep, { drill: id, step: 'talk', outcome: 'DONE', note: null });
  await feed.until(({ drillEvents }) => drillEvents.type === 'finished');
  feed.stop();
  return id;
}
