// A drill from the first word to the last, by several people over GraphQL, on real hosts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  AbortDrill,
  ApproveDrill,
  CommentDrill,
  ConfirmStep,
  PauseDrill,
  RejectDrill,
  ResumeDrill,
  StartDrill,
} from '../../../web/graphql/drill-actions.ts';
import { DrillOutputQuery } from '../../../web/graphql/drills.ts';
import { CheckHosts, PreviewQuery, RequestDrill } from '../../../web/graphql/plans.ts';
import { ScoreChanges, ServiceQuery } from '../../../web/graphql/services.ts';
import { WaitingQuery } from '../../../web/graphql/session.ts';
import { fromOneTo, type GraphqlClient } from '../../support/graphql-client.ts';
import { hostLines, startMuster, type TestMuster } from '../../support/muster.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';
import { ask, askAndApprove, drillNow, follow, GATED, inputOf, lookAt, start, SWITCH } from './drilling.ts';

/** The one runbook here that nobody has approved. */
const LOOK_DRAFT = { kind: 'APPROVE_REVISION', urgency: 'LATER', runbookKey: 'look-draft', drill: null };
const OTHER_KEY = `SHA256:${'A'.repeat(43)}`;

let hosts: TestHosts;
let alpha: TestHost;
let beta: TestHost;
let muster: TestMuster;
let carla: GraphqlClient;
let cosmo: GraphqlClient;
let olga: GraphqlClient;

beforeAll(async () => {
  hosts = testHosts();
  const added = await Promise.all([hosts.add('alpha'), hosts.add('beta'), hosts.add('twisted'), hosts.add('bare')]);
  [alpha, beta] = added;
  muster = await startMuster({
    portfolio: `${hostLines(added, { twisted: [OTHER_KEY], bare: [] })}
services:
  - { key: ledger, name: Ledger, tier: 1, operatedBy: it, owner: olga, hosts: [alpha, beta] }
  - { key: mail, name: Mail, tier: 3, operatedBy: it, owner: olga, hosts: [twisted, bare] }
`,
    runbooks: {
      switch: SWITCH,
      gated: GATED,
      'look-alpha': lookAt('look-alpha', { host: 'alpha', service: 'mail' }),
      'look-twisted': lookAt('look-twisted', { host: 'twisted', service: 'mail' }),
      'look-bare': lookAt('look-bare', { host: 'bare', service: 'mail' }),
      'look-draft': lookAt('look-draft', { host: 'alpha', service: 'mail' }),
    },
    unapproved: ['look-draft'],
    sshKey: hosts.privateKey,
    people: { carla: ['coordinator'], cosmo: ['coordinator'], olga: ['service-owner'] },
  });
  [carla, cosmo, olga] = await Promise.all([muster.as('carla'), muster.as('cosmo'), muster.as('olga')]);
});
afterAll(async () => {
  await muster.stop();
  await hosts.close();
});

const people = () => ({ carla, cosmo });
const openGate = (mark: string): void => writeFileSync(join(alpha.home, `open-${mark}`), '');

describe('before a drill starts', () => {
  it('somebody other than the requester approves the very plan, and only then it may start', async () => {
    const { id, planHash } = await ask(carla, { runbook: 'switch', mark: 'before' });
    expect((await carla.refusal(ApproveDrill, { id, planHash, note: null })).message).toBe(`You asked for ${id}, so somebody else approves it.`);
    expect((await carla.refusal(StartDrill, { id, planHash })).extensions['code']).toBe('NOT_APPROVED');
    const old = await cosmo.refusal(ApproveDrill, { id, planHash: 'f'.repeat(64), note: null });
    expect(old.extensions['code']).toBe('PLAN_CHANGED');
    expect(await waitingOf(olga)).toMatchObject([{ kind: 'APPROVE_PLAN', urgency: 'NEXT', drill: { id } }, LOOK_DRAFT]);
    await cosmo.ask(ApproveDrill, { id, planHash, note: 'Go.' });
    expect((await olga.refusal(ApproveDrill, { id, planHash, note: null })).message).toMatch(/^The drill was approved by cosmo at \d\d:\d\d UTC\.$/);
    expect((await carla.refusal(StartDrill, { id, planHash: 'f'.repeat(64) })).extensions['code']).toBe('PLAN_CHANGED');
    await cosmo.ask(RejectDrill, { id, reason: 'Not today.' });
    expect((await carla.refusal(StartDrill, { id, planHash })).message).toMatch(
      /^cosmo turned the plan down at \d\d:\d\d UTC\. Request a new one\.$/,
    );
    expect(beta.count('moved-before')).toBe(0);
  });

  it('its runbook must be approved', async () => {
    const input = inputOf({ runbook: 'look-draft' });
    const { previewDrill } = await carla.ask(PreviewQuery, { input });
    expect(previewDrill).toMatchObject({ planHash: null, problems: [{ code: 'NOT_APPROVED' }] });
    expect((await carla.refusal(RequestDrill, { input })).extensions['code']).toBe('NOT_APPROVED');
  });

  it('its hosts must have pinned keys, and its inputs values', async () => {
    const bare = (await carla.ask(PreviewQuery, { input: inputOf({ runbook: 'look-bare' }) })).previewDrill;
    expect(bare.problems.map(({ message }) => message)).toEqual([expect.stringContaining('Host bare has no pinned key.')]);
    const refusal = await carla.refusal(RequestDrill, { input: inputOf({ runbook: 'look-bare' }) });
    expect(refusal.message).toContain('An admin pins it under Settings');
    const nameless = (await carla.ask(PreviewQuery, { input: inputOf({ runbook: 'switch' }) })).previewDrill;
    expect(nameless.problems).toMatchObject([{ code: 'INVALID_INPUT', field: expect.stringContaining('mark') }]);
  });
});

describe('a drill that goes well', () => {
  it('is followed live, joined late, resumed without gap or double, and moves the score', async () => {
    const scores = olga.follow(ScoreChanges, {});
    const before = (await carla.ask(ServiceQuery, { key: 'ledger' })).service?.readiness;
    const { id, feed } = await start(people(), { runbook: 'switch', mark: 'well' });
    await feed.until('step-waiting', 'judge');
    const paused = await drillNow(olga, id);
    expect(paused.steps.map(({ state }) => state)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'WAITING', 'PENDING']);
    expect(paused.steps.map(({ canConfirm }) => canConfirm)).toEqual([false, false, true, false]);
    expect(await waitingOf(olga)).toMatchObject([{ kind: 'CONFIRM', urgency: 'NOW', drill: { id }, step: { id: 'judge', number: 3 } }, LOOK_DRAFT]);
    const midway = feed.events().at(-1)?.seq ?? 0;
    const resumed = follow(olga, id, midway);
    await olga.ask(ConfirmStep, { drill: id, step: 'judge', outcome: 'DONE', note: 'One euro went through.' });
    const { seq: last } = await feed.until('finished');

    expect(feed.events().map(({ seq }) => seq)).toEqual(fromOneTo(last));
    await resumed.until('finished');
    expect(resumed.events()).toEqual(feed.events().slice(midway));
    const late = follow(cosmo, id);
    await late.until('finished');
    expect(late.events()).toEqual(feed.events());

    const drill = await drillNow(carla, id);
    expect(drill).toMatchObject({
      state: 'PASSED',
      result: 'PASSED',
      hasDeviations: false,
      lastSeq: last,
      startedBy: 'carla',
      approvedBy: ['cosmo'],
    });
    expect(drill.steps[2]).toMatchObject({ confirmedBy: 'olga', confirmNote: 'One euro went through.' });
    expect(drill.recoveryMs).toBeGreaterThan(0);
    expect(drill.humanWaitMs).toBeGreaterThan(0);
    expect(beta.count('moved-well')).toBe(1);
    const { drill: output } = await carla.ask(DrillOutputQuery, { id, step: 'move', after: 0, first: 10, isFromEnd: false });
    expect(output?.output.map(({ stream, text }) => [stream, text])).toEqual([['STDOUT', 'moved well\n']]);
    expect(feed.events().flatMap(({ output: chunk }) => (chunk === null ? [] : [chunk.text]))).toEqual([
      'ledger is on alpha\n',
      'moved well\n',
      'ledger is on beta\n',
    ]);

    const change = await scores.until(({ scoreChanges }) => scoreChanges.service.key === 'ledger');
    expect(change.scoreChanges.before).toBe(before?.effective);
    const after = (await carla.ask(ServiceQuery, { key: 'ledger' })).service?.readiness;
    expect(change.scoreChanges).toMatchObject({ after: after?.effective, beforeBand: before?.band, afterBand: after?.band });
    expect(after?.effective).toBeGreaterThan(before?.effective ?? 0);
    expect(after?.lastDrillAt).toBe(drill.finishedAt);
    scores.stop();
  });

  it('takes a confirmation once: of two people at the same moment one is told who was first', async () => {
    const { id, feed } = await start(people(), { runbook: 'switch', mark: 'two' });
    await feed.until('step-waiting', 'judge');
    const confirmation = `mutation { confirmStep(drill: "${id}", step: "judge", outcome: DONE) { id } }`;
    const answers = await Promise.all([carla.send(confirmation), olga.send(confirmation), cosmo.send(confirmation)]);
    const { by } = await feed.until('step-confirmed', 'judge');
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(answers.map(({ errors }) => errors.length === 0)).toEqual(['carla', 'olga', 'cosmo'].map((name) => name === by));
    for (const { message, extensions } of answers.flatMap(({ errors }) => errors)) {
      expect([message, extensions['code']]).toEqual([expect.stringContaining(`was confirmed by ${by} at `), 'CONFLICT']);
    }
    await feed.until('finished');
    expect(feed.events().filter(({ type }) => type === 'step-confirmed')).toHaveLength(1);
  });
});

describe('a drill that goes otherwise', () => {
  it('fails with the words of the person who judged it', async () => {
    const { id, feed } = await start(people(), { runbook: 'switch', mark: 'judged' });
    await feed.until('step-waiting', 'judge');
    const failed = { drill: id, step: 'judge', outcome: 'FAILED' } as const;
    expect((await carla.refusal(ConfirmStep, { ...failed, note: '  ' })).extensions).toEqual({ code: 'INVALID_INPUT', field: 'note' });
    await carla.ask(ConfirmStep, { ...failed, note: 'The euro is gone.' });
    await feed.until('finished');
    const drill = await drillNow(carla, id);
    expect(drill).toMatchObject({ state: 'FAILED', isUnclean: true });
    expect(drill.steps[2]).toMatchObject({ state: 'FAILED', reason: 'The euro is gone.', confirmOutcome: 'FAILED' });
    expect(drill.steps[3]?.state).toBe('PENDING');
  });

  it('pauses after what runs, and goes on when it is let', async () => {
    const { id, feed } = await start(people(), { runbook: 'gated', mark: 'pause' });
    await feed.until('output', 'hold');
    await carla.ask(PauseDrill, { id });
    expect((await cosmo.refusal(PauseDrill, { id })).message).toMatch(/^carla paused the drill at \d\d:\d\d UTC\.$/);
    openGate('pause');
    await feed.until('attempt-ended', 'hold');
    await carla.ask(CommentDrill, { id, text: 'Coffee.' });
    const paused = await drillNow(carla, id);
    expect([paused.state, ...paused.steps.map(({ state }) => state)]).toEqual(['PAUSED', 'SUCCEEDED', 'PENDING']);
    expect(paused.actions).toEqual(['RESUME', 'ABORT', 'COMMENT']);
    expect(alpha.count('through-pause')).toBe(0);
    await carla.ask(ResumeDrill, { id });
    await feed.until('finished');
    expect((await drillNow(carla, id)).state).toBe('PASSED');
    expect([alpha.count('held-pause'), alpha.count('through-pause')]).toEqual([1, 1]);
    expect(feed.events().find(({ type }) => type === 'commented')?.text).toBe('carla: Coffee.');
  });

  it('is aborted by whoever types its id, ends what runs, and takes nothing more up', async () => {
    const { id, feed } = await start(people(), { runbook: 'gated', mark: 'now' });
    await feed.until('output', 'hold');
    const wrong = await carla.refusal(AbortDrill, { id, typedId: 'DR-0', form: 'NOW', reason: 'Fire.' });
    expect(wrong.extensions).toEqual({ code: 'INVALID_INPUT', field: 'typedId' });
    expect((await drillNow(carla, id)).state).toBe('RUNNING');
    await olga.ask(AbortDrill, { id, typedId: id.toLowerCase(), form: 'NOW', reason: 'Fire.' });
    await feed.until('finished');
    const drill = await drillNow(carla, id);
    expect(drill).toMatchObject({ state: 'ABORTED', result: 'ABORTED', abort: { form: 'NOW', by: 'olga', reason: 'Fire.' } });
    expect(drill.steps.map(({ state }) => state)).toEqual(['CANCELLED', 'PENDING']);
    openGate('now');
    expect(alpha.count('through-now')).toBe(0);
  });

  it('is undone on abort: what was done is put back, once', async () => {
    const { id, feed } = await start(people(), { runbook: 'switch', mark: 'undo' });
    await feed.until('step-waiting', 'judge');
    await carla.ask(AbortDrill, { id, typedId: id, form: 'UNDO', reason: 'Put it back.' });
    await feed.until('finished');
    expect(await drillNow(carla, id)).toMatchObject({ state: 'ABORTED', isUnclean: false });
    expect([beta.count('moved-undo'), beta.count('back-undo')]).toEqual([1, 1]);
  });

  it('does not start while another holds its host: it is told who, and until when', async () => {
    const holder = await start(people(), { runbook: 'gated', mark: 'lock' });
    const other = await askAndApprove(people(), { runbook: 'look-alpha' });
    const refusal = await carla.refusal(StartDrill, other);
    expect(refusal).toMatchObject({
      message: expect.stringMatching(new RegExp(`^Host alpha is held by ${holder.id} since .* UTC until it ends`)),
      extensions: { code: 'LOCKED' },
    });
    expect((await drillNow(carla, other.id)).state).toBe('APPROVED');
    const { locks } = (await carla.ask(PreviewQuery, { input: inputOf({ runbook: 'look-alpha' }) })).previewDrill;
    expect(locks).toEqual([
      { name: 'host:alpha', heldBy: holder.id },
      { name: 'service:mail', heldBy: null },
    ]);
    openGate('lock');
    await holder.feed.until('finished');
    const feed = follow(carla, other.id);
    await carla.ask(StartDrill, other);
    await feed.until('finished');
    expect((await drillNow(carla, other.id)).state).toBe('PASSED');
  });

  it('sends nothing to a host whose key is not the pinned one', async () => {
    const { id, feed } = await start(people(), { runbook: 'look-twisted' });
    await feed.until('finished');
    const { state, steps } = await drillNow(carla, id);
    expect(state).toBe('FAILED');
    expect(steps[0]?.reason).toMatch(
      /It did not start: The host key of twisted differs from the one pinned on \d+ \w+ \d{4}, SHA256:A{43}\. It offered the ed25519 key SHA256:\S+,/,
    );
    const { checkHosts } = await carla.ask(CheckHosts, { runbook: 'look-twisted' });
    expect(checkHosts).toMatchObject([
      { host: 'twisted', isReachable: false, isKeyChanged: true, problem: expect.stringContaining('differs from the one pinned') },
    ]);
    const gaps = (await carla.ask(ServiceQuery, { key: 'mail' })).service?.readiness.gaps.map(({ code }) => code);
    expect(gaps).toContain('host-key-changed');
    expect((await carla.ask(CheckHosts, { runbook: 'switch' })).checkHosts).toMatchObject([{ isReachable: true }, { isReachable: true }]);
  });

  it('leaves no listener and no drill behind', async () => {
    const open = await muster.app.database.stores.drills.inStates(['running', 'paused', 'needs-decision', 'aborting', 'recovering']);
    expect(open).toEqual([]);
    await vi.waitFor(() => expect(muster.logged).toEqual([]));
  });
});

async function waitingOf(person: GraphqlClient): Promise<readonly unknown[]> {
  const { edges } = (await person.ask(WaitingQuery, { first: 10 })).waitingForMe;
  return edges.map(({ node }) => node);
}
