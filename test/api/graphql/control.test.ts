// Two coordinators and one drill over GraphQL: who is late is told who acted; charge changes hands; an ended drill goes on where it stopped.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AbortDrill,
  CommentDrill,
  PauseDrill,
  ReopenDrill,
  ResumeDrill,
  RetryStep,
  RevertDrill,
  SkipStep,
  TakeOverDrill,
} from '../../../web/graphql/drill-actions.ts';
import { DrillsToStopQuery, StopAllDrills } from '../../../web/graphql/global-stop.ts';
import type { GraphqlClient } from '../../support/graphql-client.ts';
import { hostLines, startMuster, type TestMuster } from '../../support/muster.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';
import { drillNow, GATED, start } from './drilling.ts';

/** Succeeds on beta, and on alpha once the test has made a file there. */
const BOTH = `
runbook: both
title: Move both
services: [ledger]
scenario: site-loss
level: partial
inputs: { mark: { type: string, required: true } }
targets: { primary: { host: alpha }, all: { hosts: [alpha, beta] } }
steps:
  - { id: first, title: Begin, run: 'echo x >>"$HOME/first-$mark"', undo: 'echo x >>"$HOME/unfirst-$mark"', on: primary }
  - { id: move, title: Move, run: 'echo x >>"$HOME/both-$mark"; [ -e "$HOME/ready-$mark" ]', on: all, onFailure: stop }
  - { id: last, title: Finish, run: 'echo x >>"$HOME/last-$mark"', on: primary }
`;

/** As `gated`, on the other host and for another service. */
const BESIDE = `
runbook: beside
title: Wait beside it
services: [mail]
scenario: site-loss
level: partial
inputs: { mark: { type: string, required: true } }
targets: { other: { host: beta } }
steps:
  - { id: hold, title: Hold, run: 'until [ -e "$HOME/open-$mark" ]; do sleep 0.1; done', on: other }
`;

let hosts: TestHosts;
let alpha: TestHost;
let beta: TestHost;
let muster: TestMuster;
let carla: GraphqlClient;
let cosmo: GraphqlClient;

beforeAll(async () => {
  hosts = testHosts();
  [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
  muster = await startMuster({
    portfolio: `${hostLines([alpha, beta])}
services:
  - { key: ledger, name: Ledger, tier: 1, operatedBy: it, owner: olga, hosts: [alpha, beta] }
  - { key: mail, name: Mail, tier: 1, operatedBy: it, owner: olga, hosts: [beta] }
`,
    runbooks: { both: BOTH, gated: GATED, beside: BESIDE },
    sshKey: hosts.privateKey,
    people: { carla: ['coordinator'], cosmo: ['coordinator'], olga: ['service-owner'] },
  });
  [carla, cosmo] = await Promise.all([muster.as('carla'), muster.as('cosmo')]);
});
afterAll(async () => {
  await muster.stop();
  await hosts.close();
});

const people = () => ({ carla, cosmo });
const make = (host: TestHost, name: string): void => writeFileSync(join(host.home, name), '');

describe('two coordinators', () => {
  it('who act at the same moment: one wins, the other is told who and when', async () => {
    const { id, feed } = await start(people(), { runbook: 'gated', mark: 'two' });
    await feed.until('attempt-launched', 'hold');
    const { lastSeq: basedOn } = await drillNow(carla, id);
    await cosmo.ask(PauseDrill, { id, asked: { id: 'cosmo-pauses', basedOn } });
    const late = await carla.refusal(AbortDrill, { id, typedId: id, form: 'NOW', reason: 'x', asked: { id: 'carla-aborts', basedOn } });
    expect(late).toMatchObject({ extensions: { code: 'CONFLICT' } });
    expect(late.message).toMatch(/^cosmo paused the drill at \d\d:\d\d UTC\. Look at it again before you act\.$/);

    // Sent once more, as after an answer that never came: the same pause, and no second one.
    await cosmo.ask(PauseDrill, { id, asked: { id: 'cosmo-pauses', basedOn } });
    const foreign = await carla.refusal(PauseDrill, { id, asked: { id: 'cosmo-pauses' } });
    expect(foreign).toMatchObject({ extensions: { code: 'CONFLICT', field: 'requestId' } });
    expect((await carla.refusal(PauseDrill, { id, asked: { id: 'short' } })).extensions['field']).toBe('asked.id');

    make(alpha, 'open-two');
    await carla.ask(ResumeDrill, { id, asked: { basedOn: (await drillNow(carla, id)).lastSeq } });
    await feed.until('finished');
    expect(feed.events().filter(({ type }) => type === 'paused')).toHaveLength(1);
  });

  it('hand the charge over, to one of those who ask for it', async () => {
    const { id, feed } = await start(people(), { runbook: 'gated', mark: 'charge' });
    await feed.until('attempt-launched', 'hold');
    expect(await drillNow(cosmo, id)).toMatchObject({ inCharge: { name: 'carla', from: null }, actions: expect.arrayContaining(['TAKE_OVER']) });
    expect((await drillNow(carla, id)).actions).not.toContain('TAKE_OVER');
    await cosmo.ask(TakeOverDrill, { id, from: 'carla', reason: 'Her shift has ended.' });
    expect((await drillNow(carla, id)).inCharge).toMatchObject({ name: 'cosmo', from: 'carla', reason: 'Her shift has ended.' });
    const late = await carla.refusal(TakeOverDrill, { id, from: 'carla', reason: 'Mine.' });
    expect(late.message).toMatch(/^cosmo is in charge since \d\d:\d\d UTC, so it is not carla whom you would relieve\./);
    await carla.ask(CommentDrill, { id, text: 'Handed over.', step: 'hold' });
    expect((await feed.until('step-commented')).text).toContain('Handed over.');
    make(alpha, 'open-charge');
    await feed.until('finished');
  });
});

describe('the global stop', () => {
  it('pauses every drill under way, with one reason, and says which', async () => {
    const [one, two] = [await start(people(), { runbook: 'gated', mark: 'stop' }), await start(people(), { runbook: 'beside', mark: 'stop' })];
    await Promise.all([one, two].map(({ feed }) => feed.until('attempt-launched', 'hold')));
    expect((await carla.ask(DrillsToStopQuery, {})).drillsToStop.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
    expect((await carla.refusal(StopAllDrills, { reason: ' ' })).extensions['field']).toBe('reason');

    const { stopAllDrills } = await cosmo.ask(StopAllDrills, { reason: 'Power is failing.' });
    expect(stopAllDrills.paused.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
    expect(stopAllDrills.notPaused).toEqual([]);
    for (const { id, feed } of [one, two]) {
      expect((await feed.until('paused')).text).toBe('cosmo stopped all drills, and this one is paused: Power is failing.');
      expect((await drillNow(carla, id)).state).toBe('PAUSED');
    }
    expect((await carla.ask(StopAllDrills, { reason: 'Once more.' })).stopAllDrills).toEqual({ paused: [], notPaused: [] });
    expect((await carla.ask(DrillsToStopQuery, {})).drillsToStop).toEqual([]);

    make(alpha, 'open-stop');
    make(beta, 'open-stop');
    for (const { id, feed } of [one, two]) {
      await carla.ask(ResumeDrill, { id });
      await feed.until('finished');
    }
  });
});

describe('a drill that failed', () => {
  it('goes on from where it stopped, on the hosts that failed or on all', async () => {
    make(beta, 'ready-again');
    const { id, feed } = await start(people(), { runbook: 'both', mark: 'again' });
    await feed.until('finished');
    expect(await drillNow(carla, id)).toMatchObject({ state: 'FAILED', actions: expect.arrayContaining(['REOPEN']) });

    await cosmo.ask(ReopenDrill, { id, reason: 'The disk is free again.' });
    const open = await drillNow(carla, id);
    expect(open).toMatchObject({ state: 'PAUSED', result: null, finishedAt: null, inCharge: { name: 'cosmo', from: 'carla' } });
    expect(open.formerEnds).toMatchObject([{ result: 'FAILED', reopenedBy: 'cosmo', reason: 'The disk is free again.', isRevert: false }]);
    const again = await carla.refusal(ReopenDrill, { id, reason: 'x' });
    expect(again.extensions['code']).toBe('BAD_STATE');

    await cosmo.ask(RetryStep, { drill: id, step: 'move', reason: null });
    await cosmo.ask(ResumeDrill, { id });
    await feed.until('step-retried');
    await expect.poll(async () => (await drillNow(carla, id)).state, { timeout: 20_000 }).toBe('FAILED');
    expect([alpha.count('both-again'), beta.count('both-again')]).toEqual([2, 1]);

    make(alpha, 'ready-again');
    await cosmo.ask(ReopenDrill, { id, reason: 'Once more.' });
    await cosmo.ask(RetryStep, { drill: id, step: 'move', reason: null, isEverywhere: true });
    await cosmo.ask(ResumeDrill, { id });
    await expect.poll(async () => (await drillNow(carla, id)).state, { timeout: 20_000 }).toBe('PASSED');
    expect([alpha.count('both-again'), beta.count('both-again'), alpha.count('first-again'), alpha.count('last-again')]).toEqual([3, 2, 1, 1]);
    expect((await drillNow(carla, id)).hasDeviations).toBe(true);
    expect((await carla.refusal(ReopenDrill, { id, reason: 'x' })).message).toContain('passed');
  });

  it('does not go on while another drill holds what it needs', async () => {
    const failed = await start(people(), { runbook: 'both', mark: 'held' });
    await failed.feed.until('finished');
    const other = await start(people(), { runbook: 'gated', mark: 'held' });
    await other.feed.until('attempt-launched', 'hold');
    const refusal = await carla.refusal(ReopenDrill, { id: failed.id, reason: 'x' });
    expect(refusal).toMatchObject({ extensions: { code: 'LOCKED' }, message: expect.stringContaining(`held by ${other.id}`) });
    expect((await drillNow(carla, failed.id)).state).toBe('FAILED');
    make(alpha, 'open-held');
    await other.feed.until('finished');
  });

  it('has undone later what it left behind, and keeps its result', async () => {
    const { id, feed } = await start(people(), { runbook: 'both', mark: 'left' });
    await feed.until('finished');
    expect(await drillNow(carla, id)).toMatchObject({ isUnclean: true, actions: expect.arrayContaining(['REVERT']) });
    await carla.ask(RevertDrill, { id, reason: 'Tidying up.' });
    await expect.poll(async () => (await drillNow(carla, id)).isUnclean, { timeout: 20_000 }).toBe(false);
    await expect.poll(async () => (await drillNow(carla, id)).state, { timeout: 20_000 }).toBe('FAILED');
    expect(alpha.count('unfirst-left')).toBe(1);
    expect((await carla.refusal(SkipStep, { drill: id, step: 'move', reason: 'x' })).extensions['code']).toBe('BAD_STATE');
  });
});
