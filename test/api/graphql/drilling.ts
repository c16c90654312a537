// Drills against real hosts: the runbooks that the tests drill, and the people who take one through its steps.
import { ApproveDrill, StartDrill } from '../../../web/graphql/drill-actions.ts';
import { DrillFeed, DrillQuery } from '../../../web/graphql/drills.ts';
import { PreviewQuery, RequestDrill } from '../../../web/graphql/plans.ts';
import type { Followed, GraphqlClient } from '../../support/graphql-client.ts';
import type { ResultOf } from '../../../web/graphql/graphql.ts';

export type FeedEvent = ResultOf<typeof DrillFeed>['drillEvents'];
export type ShownDrill = NonNullable<ResultOf<typeof DrillQuery>['drill']>;

/** Looks, moves the service, lets a person judge it, and looks again. `$mark` names the files on the hosts, so that tests do not meet. */
export const SWITCH = `
runbook: switch
title: Switch the ledger
services: [ledger]
scenario: site-loss
level: full
inputs: { mark: { type: string, required: true } }
targets: { primary: { host: alpha }, standby: { host: beta } }
clocks: { recovery: { to: again } }
steps:
  - { id: look, title: Look at it, check: 'echo "ledger is on alpha"', on: primary }
  - { id: move, title: Move it, run: 'echo x >>"$HOME/moved-$mark"; echo "moved $mark"', undo: 'echo x >>"$HOME/back-$mark"', on: standby }
  - { id: judge, title: Judge it, confirm: { instruction: Pay one euro., expected: 1m } }
  - { id: again, title: Look again, check: 'echo "ledger is on beta"', on: standby }
`;

/** A command that goes on until the test makes the file that it waits for, and one after it. */
export const GATED = `
runbook: gated
title: Wait at a gate
services: [ledger]
scenario: site-loss
level: partial
inputs: { mark: { type: string, required: true } }
targets: { primary: { host: alpha } }
steps:
  - id: hold
    title: Wait at the gate
    run: 'echo x >>"$HOME/held-$mark"; echo at the gate; while [ ! -e "$HOME/open-$mark" ]; do sleep 0.05; done'
    undo: 'echo x >>"$HOME/unheld-$mark"'
    on: primary
  - { id: after, title: Go through, run: 'echo x >>"$HOME/through-$mark"', on: primary }
`;

/** A step on one host, as the rest of a runbook that needs no more. */
export function lookAt(runbook: string, { host, service }: { host: string; service: string }): string {
  return `
runbook: ${runbook}
title: Look at ${host}
services: [${service}]
scenario: site-loss
level: partial
targets: { it: { host: ${host} } }
steps:
  - { id: look, title: Look at it, run: 'echo here', on: it, readOnly: true }
`;
}

export interface People {
  /** Asks and starts. */
  readonly carla: GraphqlClient;
  /** Approves. */
  readonly cosmo: GraphqlClient;
}

export interface Wanted {
  readonly runbook: string;
  readonly mark?: string;
}

export interface Asked {
  readonly id: string;
  readonly planHash: string;
}

export function inputOf({ runbook, mark }: Wanted) {
  return { runbook, mode: 'REHEARSAL' as const, inputs: mark === undefined ? [] : [{ name: 'mark', value: mark }] };
}

export async function ask(client: GraphqlClient, wanted: Wanted): Promise<Asked> {
  const input = inputOf(wanted);
  const planHash = (await client.ask(PreviewQuery, { input })).previewDrill.planHash ?? '';
  return { id: (await client.ask(RequestDrill, { input })).requestDrill.id, planHash };
}

export async function askAndApprove({ carla, cosmo }: People, wanted: Wanted): Promise<Asked> {
  const asked = await ask(carla, wanted);
  await cosmo.ask(ApproveDrill, { ...asked, note: null });
  return asked;
}

/** Asked for, approved and started, with its events from the first on. */
export async function start(people: People, wanted: Wanted): Promise<{ readonly id: string; readonly feed: Feed }> {
  const asked = await askAndApprove(people, wanted);
  const feed = follow(people.carla, asked.id);
  await people.carla.ask(StartDrill, asked);
  return { id: asked.id, feed };
}

/** The events of a drill as one person is shown them. */
export interface Feed {
  readonly followed: Followed<ResultOf<typeof DrillFeed>>;
  events(): readonly FeedEvent[];
  until(type: string, step?: string): Promise<FeedEvent>;
}

export function follow(client: GraphqlClient, drill: string, after = 0): Feed {
  const followed = client.follow(DrillFeed, { drill, after });
  return {
    followed,
    events: () => followed.seen.map(({ drillEvents }) => drillEvents),
    until: async (type, step) => {
      const found = await followed.until(({ drillEvents: event }) => event.type === type && (step === undefined || event.step === step));
      return found.drillEvents;
    },
  };
}

export async function drillNow(client: GraphqlClient, id: string): Promise<ShownDrill> {
  const { drill } = await client.ask(DrillQuery, { id });
  if (drill === null) throw new Error(`${id} is gone`);
  return drill;
}
