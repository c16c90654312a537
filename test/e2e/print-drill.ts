// Drills that print: a hundred thousand lines at once, a line now and then, and the same from two hosts; over real SSH.
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { ask, pageOf } from './demo-page.ts';
import type { Browser } from '@playwright/test';

export const FLOOD_LINES = 100_000;
export const TICKS = 400;

/** The steps run one after the other; the last one prints in portions, as a build or a copy does. */
export function printRunbook(key: string, steps: readonly string[]): string {
  return `runbook: ${key}
title: Print with ${key}
services: [ledger]
scenario: site-loss
level: partial
targets: { it: { host: ledger-a }, both: { hosts: [ledger-a, ledger-b] } }
steps:
${steps.join('\n')}
`;
}

export const FLOOD = step('flood', 'it', `seq 1 ${FLOOD_LINES} | sed "s/$/ of a hundred thousand lines/"`);
export const TICKING = step('tick', 'it', `i=0; while [ $i -lt ${TICKS} ]; do i=$((i + 1)); echo "tick $i"; sleep 0.05; done`);
export const BOTH = step('both', 'both', 'echo "said by $(hostname)"; echo "grün"; printf "raw \\\\377\\\\n"');
/** 2,000 lines at a time, fifty times. */
export const PORTIONS = step(
  'portions',
  'it',
  'p=0; while [ $p -lt 50 ]; do seq $((p * 2000 + 1)) $((p * 2000 + 2000)); p=$((p + 1)); sleep 0.3; done',
);

function step(id: string, on: string, command: string): string {
  return `  - id: ${id}\n    title: Print ${id}\n    run: '${command}'\n    on: ${on}\n    readOnly: true\n    timeout: 3m\n    estimate: 10s`;
}

/** Written by the coordinator and approved by the owner; once for each key. */
export async function storeRunbook(page: Page, browser: Browser, source: string): Promise<void> {
  const draft = await ask<{ saveDraft: { version: number } }>(page, 'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { version } }', {
    input: { runbook: null, source, version: 0 },
  });
  const submitted = await ask<{ submitDraft: { hash: string } }>(page, 'mutation ($version: Int!) { submitDraft(version: $version) { hash } }', {
    version: draft.saveDraft.version,
  });
  const owner = await pageOf(browser, 'ledger-owner');
  await ask(owner, 'mutation ($hash: ID!) { approveRevision(hash: $hash) { number } }', { hash: submitted.submitDraft.hash });
  await owner.context().close();
}

/** Gives the id of a drill that runs. */
export async function startPrinting(page: Page, browser: Browser, runbook: string): Promise<string> {
  const input = { runbook, mode: 'REHEARSAL', inputs: [] };
  const { previewDrill: plan } = await ask<{
    previewDrill: { planHash: string | null; problems: readonly { message: string }[]; approvalsNeeded: number };
  }>(page, 'query ($input: PlanInput!) { previewDrill(input: $input) { planHash approvalsNeeded problems { message } } }', { input });
  expect(plan.problems).toEqual([]);
  const { requestDrill: drill } = await ask<{ requestDrill: { id: string } }>(
    page,
    'mutation ($input: PlanInput!) { requestDrill(input: $input) { id } }',
    { input },
  );
  const named = { id: drill.id, planHash: plan.planHash };
  if (plan.approvalsNeeded > 0) {
    const owner = await pageOf(browser, 'ledger-owner');
    await ask(owner, 'mutation ($id: ID!, $planHash: String!) { approveDrill(id: $id, planHash: $planHash) { id } }', named);
    await owner.context().close();
  }
  await ask(page, 'mutation ($id: ID!, $planHash: String!) { startDrill(id: $id, planHash: $planHash) { id } }', named);
  return drill.id;
}

export async function untilOver(page: Page, id: string): Promise<void> {
  await expect(async () => {
    const { drill } = await ask<{ drill: { result: string | null } }>(page, 'query ($id: ID!) { drill(id: $id) { result } }', { id });
    expect(drill.result).not.toBeNull();
  }).toPass({ timeout: 120_000 });
}

/** The bytes that the server kept, as lines. */
export async function rawLines(
  request: APIRequestContext,
  { id, step: of }: { readonly id: string; readonly step: string },
): Promise<readonly string[]> {
  const answer = await request.get(`/drills/${id}/output?step=${of}`);
  expect(answer.status()).toBe(200);
  return (await answer.text()).trimEnd().split('\n');
}
