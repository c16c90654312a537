// What a drill is measured against: the runs before it, and one of them beside it; on a real host.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DrillComparisonQuery, DrillOutlookQuery } from '../../../web/graphql/drill-measures.ts';
import { PreviewQuery } from '../../../web/graphql/plans.ts';
import type { GraphqlClient } from '../../support/graphql-client.ts';
import { hostLines, startMuster, type TestMuster } from '../../support/muster.ts';
import { testHosts, type TestHosts } from '../../support/sshd.ts';
import { askAndApprove, drillNow, inputOf, lookAt, start } from './drilling.ts';

/** A question between two commands: the drill stands there until somebody answers. */
const ASKING = `
runbook: asking
title: Ask in between
services: [ledger]
scenario: site-loss
level: partial
targets: { it: { host: alpha } }
clocks: { recovery: { to: ask } }
steps:
  - { id: look, title: Look at it, run: 'echo here', on: it, readOnly: true, estimate: 40s }
  - { id: ask, title: Ask, confirm: { instruction: Is it there?, expected: 3m } }
  - { id: rest, title: Rest, run: 'echo there', on: it, readOnly: true, estimate: 30s }
`;

let hosts: TestHosts;
let muster: TestMuster;
let carla: GraphqlClient;
let cosmo: GraphqlClient;
let nora: GraphqlClient;

beforeAll(async () => {
  hosts = testHosts();
  const alpha = await hosts.add('alpha');
  muster = await startMuster({
    portfolio: `${hostLines([alpha])}
services:
  - { key: ledger, name: Ledger, tier: 1, operatedBy: it, owner: olga, hosts: [alpha] }
`,
    runbooks: { look: lookAt('look', { host: 'alpha', service: 'ledger' }), asking: ASKING },
    sshKey: hosts.privateKey,
    people: { carla: ['coordinator'], cosmo: ['coordinator'], nora: ['service-owner'] },
  });
  [carla, cosmo, nora] = await Promise.all([muster.as('carla'), muster.as('cosmo'), muster.as('nora')]);
});
afterAll(async () => {
  await muster.stop();
  await hosts.close();
});

async function passed(runbook: string): Promise<string> {
  const { id, feed } = await start({ carla, cosmo }, { runbook });
  await feed.until('finished');
  return id;
}

it('the first run has estimates alone, the next ones what was measured, and each stands beside the one before', async () => {
  const before = (await carla.ask(PreviewQuery, { input: inputOf({ runbook: 'look' }) })).previewDrill;
  expect(before.steps[0]?.expectation).toMatchObject({ basis: 'ROUGH', ms: 30_000, runs: 0 });
  const first = await passed('look');
  expect((await carla.ask(DrillComparisonQuery, { id: first, with: null })).drill?.comparison).toBeNull();
  const second = await passed('look');

  const [one, two] = [await drillNow(carla, first), await drillNow(carla, second)];
  expect(one.steps[0]?.planned.expectation.basis).toBe('ROUGH');
  expect(two.steps[0]?.planned.expectation).toMatchObject({ basis: 'MEDIAN', runs: 1 });
  expect(two.plannedTotalMs).toBeLessThan(30_000);
  const preview = (await carla.ask(PreviewQuery, { input: inputOf({ runbook: 'look' }) })).previewDrill;
  expect(preview.steps[0]?.expectation).toMatchObject({ basis: 'MEDIAN', runs: 2 });
  expect(preview.totalMs).toBe(preview.steps[0]?.expectation.ms);

  const { drill } = await carla.ask(DrillComparisonQuery, { id: second, with: null });
  expect(drill?.comparison).toMatchObject({
    before: { id: first },
    sections: [{ before: { id: 'drill' }, now: { id: 'drill' } }],
    steps: [{ kind: 'SAME', before: { state: 'SUCCEEDED' }, now: { state: 'SUCCEEDED' } }],
  });
  const backwards = (await carla.ask(DrillComparisonQuery, { id: first, with: second })).drill?.comparison;
  expect(backwards?.steps[0]?.differenceMs).toBe(-(drill?.comparison?.steps[0]?.differenceMs ?? Number.NaN));
});

it('the output of a step is given as a file of its bytes, to those who may see it', async () => {
  const id = await passed('look');
  const file = async (client: GraphqlClient, query: string) => {
    const answer = await fetch(`${muster.url}/drills/${id}/output?${query}`, { headers: { cookie: client.cookie ?? '' } });
    return { status: answer.status, type: answer.headers.get('content-disposition'), text: await answer.text() };
  };
  expect(await file(carla, 'step=look')).toEqual({ status: 200, type: `attachment; filename=${id}-look.log`, text: 'here\n' });
  expect((await file(carla, 'step=look&host=beta')).text).toBe('');
  expect((await file(carla, 'step=none')).status).toBe(404);
  expect((await file(nora, 'step=look')).status).toBe(403);
  expect((await fetch(`${muster.url}/drills/${id}/output?step=look`)).status).toBe(401);
});

it('another run must be one of the same runbook, and one that the person may see', async () => {
  const look = await passed('look');
  const { id } = await askAndApprove({ carla, cosmo }, { runbook: 'asking' });
  expect((await carla.refusal(DrillComparisonQuery, { id: look, with: id })).message).toBe(
    `${id} is no other run of this runbook. Choose a drill of the same runbook.`,
  );
  expect((await carla.refusal(DrillComparisonQuery, { id: look, with: 'DR-999' })).message).toBe('There is no drill DR-999.');
  expect((await nora.refusal(DrillComparisonQuery, { id: look, with: null })).extensions['code']).toBe('FORBIDDEN');
});

it('a running drill says what is left, which steps decide it, and where it waits for people', async () => {
  const { id, feed } = await start({ carla, cosmo }, { runbook: 'asking' });
  await feed.until('step-waiting', 'ask');
  const { drill } = await carla.ask(DrillOutlookQuery, { id });
  expect(drill?.remainingCritical).toEqual(['ask']);
  const [end, recovery] = [drill?.expectedEndAt, drill?.expectedRecoveryAt].map((at) => Date.parse(at ?? ''));
  expect((end ?? 0) - (recovery ?? 0)).toBe(30_000);
  const shown = await drillNow(carla, id);
  expect(shown.sections.map(({ id: name, plannedMs }) => [name, plannedMs])).toEqual([
    ['drill', 250_000],
    ['clock:recovery', 220_000],
  ]);
  expect(shown.sections[0]?.humanMs).toBeGreaterThan(0);
});
