// What waits for whom, and in which order it is shown.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../api/application/access.ts';
import { approveDrill } from '../../../api/application/approve-drill.ts';
import { confirmStep } from '../../../api/application/confirm-step.ts';
import { requestDrill } from '../../../api/application/request-drill.ts';
import { startDrill } from '../../../api/application/start-drill.ts';
import { pageOfWaiting, waitingFor } from '../../../api/application/waiting-for-me.ts';
import { byUrgency, type WaitingItem } from '../../../api/application/waiting-item.ts';
import type { Preflight } from '../../../api/domain/schedule/preflight.ts';
import { aSchedule } from '../../support/schedules.ts';
import { ADAM, AUDREY, CARLA, COSMO, DORA, drillApp, moveRunbook, OWEN, STRANGER, valueOf, type DrillApp } from './drill-app.ts';

const MINUTE_MS = 60_000;
/** Later than the clock of these tests. */
const DUE_AT = Date.UTC(2030, 0, 6, 2);
const ASKING = `
runbook: ask-mail
title: Ask about mail
services: [mail]
scenario: site-loss
level: full
steps:
  - { id: go, title: Go on, approve: { role: coordinator } }
  - { id: talk, title: Talk, confirm: Talk about it., timeout: 20m, needs: [] }
  - { id: look, title: Look, confirm: Look at it., onFailure: ask, needs: [] }
`;

let t: DrillApp;
beforeEach(async () => {
  t = await drillApp();
});
afterEach(() => t.end());

const waiting = (actor: Actor): Promise<readonly WaitingItem[]> => waitingFor(t.app, actor, (drill) => t.app.journal.state(drill));
const kinds = async (actor: Actor): Promise<readonly string[]> =>
  (await waiting(actor)).map(({ kind, step }) => (step === null ? kind : `${kind} ${step.id}`));

/** Started by carla. */
async function started(runbook: string, text: string): Promise<string> {
  await t.addRunbook(text, { author: 'folder', approver: 'owen' });
  const { id, planHash } = valueOf(await requestDrill(t.app, CARLA, { runbook, mode: 'rehearsal', inputs: {} }));
  valueOf(await approveDrill(t.app, COSMO, { drill: id, planHash }));
  valueOf(await startDrill(t.app, CARLA, { drill: id, planHash }));
  return id;
}

describe('the questions of a running drill', () => {
  it('wait for those who may answer each of them, with the time that is left', async () => {
    const id = await started('ask-mail', ASKING);
    const askedAt = t.app.clock();
    for (const step of ['go', 'talk']) await t.record(id, { type: 'step-waiting', step });
    await t.record(id, { type: 'step-waiting', step: 'look' });
    valueOf(await confirmStep(t.app, OWEN, { drill: id, step: 'look', outcome: 'failed', note: 'It is dark.' }));
    // carla started it, so that she does not say go; owen has not the role for it and no control.
    expect(await kinds(CARLA)).toEqual(['confirm talk', 'failed-step look']);
    expect(await kinds(COSMO)).toEqual(['confirm talk', 'go-no-go go', 'failed-step look']);
    expect(await kinds(OWEN)).toEqual(['confirm talk']);
    for (const other of [STRANGER, AUDREY, ADAM]) expect(await kinds(other)).toEqual([]);
    const [talk] = await waiting(OWEN);
    expect(talk).toMatchObject({ sinceAt: askedAt, untilAt: askedAt + 20 * MINUTE_MS, serviceNames: ['Mail'] });
    expect(talk?.step).toMatchObject({ number: 2, title: 'Talk', instruction: 'Talk about it.' });
  });
});

describe('what was left behind', () => {
  it('waits for a coordinator until somebody accepts it', async () => {
    const id = await started('move-mail', moveRunbook('move-mail'));
    await t.app.database.write(({ drills }) => drills.update(id, { state: 'failed', result: 'failed', finishedAt: 5, isUnclean: true }));
    expect(await kinds(CARLA)).toEqual(['unclean']);
    expect(await kinds(OWEN)).toEqual([]);
    await t.app.database.write(({ drills }) => drills.update(id, { isUnclean: false }));
    expect(await kinds(CARLA)).toEqual([]);
  });
});

describe('a revision', () => {
  it('waits for those who may approve it and did not write it, until it is approved', async () => {
    const hash = await t.addRunbook(moveRunbook('move-mail'), { author: 'owen', approver: null });
    expect(await kinds(OWEN)).toEqual([]);
    expect(await kinds(STRANGER)).toEqual([]);
    expect(await kinds(DORA)).toEqual(['approve-revision']);
    expect(await waiting(CARLA)).toMatchObject([{ drill: null, revision: { hash }, serviceNames: ['Mail'] }]);
    await t.app.database.write(({ runbooks }) => runbooks.approve(hash, t.app.clock(), 'dora'));
    expect(await kinds(DORA)).toEqual([]);
  });
});

const FROZEN = [{ code: 'in-freeze', severity: 'error', message: 'A freeze.', remedy: 'Wait.' }] as const;
async function lookAhead(kind: Preflight['kind'], problems: Preflight['problems']): Promise<void> {
  t.advance(1_000);
  const due = { schedule: 'SC-1', dueAt: DUE_AT, kind, begunAt: t.app.clock(), endedAt: t.app.clock(), problems };
  await t.app.database.write(async ({ preflights }) => {
    await preflights.begin(due, t.app.clock());
    await preflights.end(due);
  });
}

describe('a due time that would fail as things stand', () => {
  it('waits for those who may change the schedule, until a newer look finds nothing or the time has passed', async () => {
    await t.addRunbook(moveRunbook('move-mail'), { author: 'folder', approver: 'owen' });
    await t.app.database.write(({ schedules }) => schedules.create(aSchedule({ runbook: 'move-mail' })));
    await lookAhead('day', FROZEN);
    expect(await waiting(OWEN)).toMatchObject([
      { kind: 'preflight', untilAt: DUE_AT, due: { dueAt: DUE_AT, reason: 'A freeze.' }, serviceNames: ['Mail'] },
    ]);
    expect(await kinds(CARLA)).toEqual(['preflight']);
    for (const other of [STRANGER, AUDREY, ADAM]) expect(await kinds(other)).toEqual([]);
    await lookAhead('hour', []);
    expect(await kinds(OWEN)).toEqual([]);
    await lookAhead('asked', FROZEN);
    expect(await kinds(OWEN)).toEqual(['preflight']);
    t.advance(DUE_AT);
    expect(await kinds(OWEN)).toEqual([]);
  });
});

/** Made up, for the order alone. */
const item = (id: string, over: Partial<WaitingItem>): WaitingItem => ({
  id,
  kind: 'confirm',
  drill: null,
  step: null,
  revision: null,
  due: null,
  serviceNames: [],
  sinceAt: 0,
  untilAt: null,
  ...over,
});

describe('the order', () => {
  it('is what stands still, then the earliest deadline, then the longest wait', () => {
    const items = [
      item('revision', { kind: 'approve-revision', sinceAt: -9 }),
      item('plan', { kind: 'approve-plan', sinceAt: -8 }),
      item('young', { sinceAt: 2 }),
      item('old', { sinceAt: 1 }),
      item('due later', { untilAt: 20 }),
      item('due soon', { untilAt: 10, sinceAt: 5 }),
    ];
    expect(items.toSorted(byUrgency).map(({ id }) => id)).toEqual(['due soon', 'due later', 'old', 'young', 'plan', 'revision']);
  });

  it('makes pages without gap or double', () => {
    const items = ['a', 'b', 'c'].map((id) => item(id, {}));
    const first = pageOfWaiting(items, { first: 2, after: null });
    expect([first.rows.map(({ id }) => id), first.hasNext, first.total]).toEqual([['a', 'b'], true, 3]);
    const second = pageOfWaiting(items, { first: 2, after: first.cursors.at(-1) ?? null });
    expect([second.rows.map(({ id }) => id), second.hasNext]).toEqual([['c'], false]);
  });
});
