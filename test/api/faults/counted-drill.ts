// A drill whose every action leaves a line on its host: what ran, and how often, is told by the hosts and not by our own record.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { ConfirmStep, DecideUnknown, ResumeDrill, StartDrill } from '../../../web/graphql/drill-actions.ts';
import { DrillEventsQuery } from '../../../web/graphql/drills.ts';
import { fromOneTo, type GraphqlClient } from '../../support/graphql-client.ts';
import { hostLines, type MusterContent } from '../../support/muster.ts';
import type { TestHost } from '../../support/sshd.ts';
import { drillNow, type ShownDrill } from '../graphql/drilling.ts';

/** In the order of the plan; each must not run twice. */
const ACTIONS = ['first', 'left', 'right', 'last'] as const;
export type Action = (typeof ACTIONS)[number];

const COUNTED = `
runbook: counted
title: Count every action
services: [ledger]
scenario: site-loss
level: full
inputs: { mark: { type: string, required: true } }
targets: { one: { host: alpha }, other: { host: beta }, both: { hosts: [alpha, beta] } }
steps:
  - { id: first, title: On both at once, on: both, run: '${counting('first')}' }
  - { id: left, title: On the left, needs: [first], on: one, run: '${counting('left')}' }
  - { id: right, title: On the right, needs: [first], on: other, run: '${counting('right')}' }
  - { id: look, title: Only look, needs: [left, right], on: one, check: '${counting('look')}' }
  - { id: breath, title: Take a breath, sleep: 300ms }
  - { id: judge, title: Judge it, confirm: Look at it. }
  - { id: last, title: At the end, on: one, run: '${counting('last')}' }
`;

/** How long a person looks before saying that a command has not run at all. */
const LOOK_MS = 500;
const LONGEST_MS = 20_000;

export interface Counted {
  readonly alpha: TestHost;
  readonly beta: TestHost;
  /** Names the files of one drill on the hosts. */
  readonly mark: string;
}

export function countedContent(hosts: readonly TestHost[]): MusterContent {
  return {
    portfolio: `${hostLines(hosts)}\nservices:\n  - { key: ledger, name: Ledger, tier: 1, operatedBy: it, owner: carla }\n`,
    runbooks: { counted: COUNTED },
    people: { carla: ['coordinator'], cosmo: ['coordinator'] },
  };
}

/** The command goes no further than its line in the counter until the gate is open. */
export function closeGate({ alpha, beta, mark }: Counted, action: Action): () => void {
  const gates = [alpha, beta].map(({ home }) => join(home, `gate-${action}-${mark}`));
  for (const gate of gates) writeFileSync(gate, '');
  return () => {
    for (const gate of gates) rmSync(gate, { force: true });
  };
}

export function countOf({ alpha, beta, mark }: Counted, action: Action | 'look'): readonly [alpha: number, beta: number] {
  return [alpha.count(`${action}-${mark}`), beta.count(`${action}-${mark}`)];
}

export async function untilCounted(counted: Counted, action: Action | 'look', file: '' | 'ended-' = ''): Promise<void> {
  await waitFor(() => {
    const lines = counted.alpha.count(`${file}${action}-${counted.mark}`) + counted.beta.count(`${file}${action}-${counted.mark}`);
    expect(lines, `${action} has ${file === '' ? 'begun' : 'ended'}`).toBeGreaterThan(0);
  });
}

export async function untilDrill(client: GraphqlClient, id: string, fits: (drill: ShownDrill) => boolean): Promise<ShownDrill> {
  return waitFor(async () => {
    const drill = await drillNow(client, id);
    if (!fits(drill)) throw new Error(`${drill.state}: ${drill.steps.map((step) => `${step.id} ${step.state}`).join(', ')}`);
    return drill;
  });
}

/** Takes the drill to its end as a person would who looks at the hosts before deciding. Gives the decisions that were asked for. */
export async function bringToEnd(client: GraphqlClient, asked: { id: string; planHash: string }, counted: Counted): Promise<readonly string[]> {
  const decided: string[] = [];
  for (;;) {
    const drill = await untilDrill(client, asked.id, (now) => now.finishedAt !== null || isWaiting(now));
    if (drill.finishedAt !== null) return decided;
    if (drill.state === 'APPROVED') await client.ask(StartDrill, asked);
    if (drill.state === 'PAUSED') await client.ask(ResumeDrill, { id: drill.id });
    for (const step of drill.steps) {
      if (step.state === 'WAITING') await client.ask(ConfirmStep, { drill: drill.id, step: step.id, outcome: 'DONE', note: null });
      for (const attempt of undecided(step)) {
        const decision = (await hasRun(counted, step.id, attempt.host)) ? 'SUCCEEDED' : 'NEW_ATTEMPT';
        decided.push(`${step.id} on ${attempt.host}: ${decision}`);
        const reason = 'Looked at the counter on the host.';
        await client.ask(DecideUnknown, { drill: drill.id, step: step.id, host: attempt.host, decision, reason });
      }
    }
  }
}

/** Every action ran once on each of its hosts, looking at least once, and the journal has neither hole nor double. */
export async function expectOnce(client: GraphqlClient, id: string, counted: Counted): Promise<void> {
  expect(ACTIONS.map((action) => countOf(counted, action))).toEqual([
    [1, 1],
    [1, 0],
    [0, 1],
    [1, 0],
  ]);
  expect(countOf(counted, 'look')[0]).toBeGreaterThan(0);
  const drill = await drillNow(client, id);
  expect([drill.state, drill.steps.map(({ state }) => state)]).toEqual(['PASSED', drill.steps.map(() => 'SUCCEEDED')]);
  const feed = client.followText<{ drillEvents: { seq: number } }>(`subscription { drillEvents(drill: "${id}") { seq } }`);
  await feed.until(({ drillEvents }) => drillEvents.seq === drill.lastSeq);
  feed.stop();
  expect(feed.seen.map(({ drillEvents }) => drillEvents.seq)).toEqual(fromOneTo(drill.lastSeq));
}

export async function eventTypes(client: GraphqlClient, id: string): Promise<readonly string[]> {
  const { drill } = await client.ask(DrillEventsQuery, { id, after: 0, first: 100 });
  return drill?.events.map(({ type }) => type) ?? [];
}

/** An unknown attempt that was started anew stays unknown for the record: the latest on each host counts. */
function undecided({ state, attempts }: ShownDrill['steps'][number]): ShownDrill['steps'][number]['attempts'] {
  const latest = new Map(attempts.map((attempt) => [attempt.host, attempt]));
  return state === 'UNKNOWN' ? [...latest.values()].filter((attempt) => attempt.state === 'UNKNOWN') : [];
}

function isWaiting(drill: ShownDrill): boolean {
  if (drill.state === 'APPROVED' || drill.state === 'PAUSED') return true;
  return drill.steps.some(({ state }) => state === 'WAITING' || state === 'UNKNOWN');
}

async function hasRun({ alpha, beta, mark }: Counted, step: string, host: string): Promise<boolean> {
  const file = join((host === 'alpha' ? alpha : beta).home, `${step}-${mark}`);
  return vi
    .waitFor(() => expect(existsSync(file)).toBe(true), { timeout: LOOK_MS })
    .then(
      () => true,
      () => false,
    );
}

function counting(step: string): string {
  const file = `${step}-$mark`;
  return `echo x >>"$HOME/${file}"; while [ -e "$HOME/gate-${file}" ]; do sleep 0.05; done; echo x >>"$HOME/ended-${file}"`;
}

function waitFor<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: LONGEST_MS, interval: 20 });
}
