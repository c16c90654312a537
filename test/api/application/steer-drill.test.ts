// What people do to a drill that runs: start, pause, confirm, mend, abort, comment. The journal is real; the test plays the engine.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../api/application/access.ts';
import { abortDrill } from '../../../api/application/abort-drill.ts';
import { approveDrill } from '../../../api/application/approve-drill.ts';
import { acceptUnclean, commentDrill } from '../../../api/application/comment-drill.ts';
import { confirmStep } from '../../../api/application/confirm-step.ts';
import { drillActions } from '../../../api/application/drill-actions.ts';
import { decideUnknown, retryStep, skipStep } from '../../../api/application/mend-step.ts';
import { pauseDrill, resumeDrill } from '../../../api/application/pause-drill.ts';
import { requestDrill } from '../../../api/application/request-drill.ts';
import { startDrill } from '../../../api/application/start-drill.ts';
import { waitingFor } from '../../../api/application/waiting-for-me.ts';
import type { AttemptOutcome } from '../../../api/domain/drill/journal.ts';
import { REOPEN_WITHIN_MS } from '../../../api/domain/drill/reopening.ts';
import { endOf } from '../../../api/domain/drill/finish.ts';
import type { DrillState } from '../../../api/domain/drill/state.ts';
import { ADAM, AUDREY, CARLA, COSMO, DORA, drillApp, moveRunbook, OWEN, refusalOf, STRANGER, valueOf, type DrillApp } from './drill-app.ts';

let t: DrillApp;
let id: string;
let planHash: string;

beforeEach(async () => {
  t = await drillApp();
  await t.addRunbook(moveRunbook('move-mail'), { author: 'folder', approver: 'owen' });
  ({ id, planHash } = await approved());
});
afterEach(() => t.end());

async function approved(runbook = 'move-mail'): Promise<{ id: string; planHash: string }> {
  const drill = valueOf(await requestDrill(t.app, CARLA, { runbook, mode: 'rehearsal', inputs: {} }));
  valueOf(await approveDrill(t.app, COSMO, { drill: drill.id, planHash: drill.planHash }));
  return drill;
}

const start = async () => valueOf(await startDrill(t.app, CARLA, { drill: id, planHash }));
const ref = (step: string, attempt = 1) => ({ step, host: 'db1', attempt, isUndo: false });

async function intend(step: string, attempt = 1): Promise<void> {
  await t.record(id, { type: 'attempt-intended', ...ref(step, attempt), commandHash: 'c'.repeat(64), hostKeys: [], deadlineAt: 1 });
  await t.record(id, { type: 'attempt-launched', ...ref(step, attempt) });
}

async function run(step: string, outcome: AttemptOutcome = 'succeeded', attempt = 1): Promise<void> {
  await intend(step, attempt);
  const reason = outcome === 'succeeded' ? null : 'It went wrong.';
  await t.record(id, { type: 'attempt-ended', ...ref(step, attempt), outcome, exitCode: null, signal: null, reason, captured: {} });
}

async function untilTalk(): Promise<void> {
  await start();
  await run('move');
  await t.record(id, { type: 'step-waiting', step: 'talk' });
}

async function stateNow(): Promise<DrillState> {
  const state = await t.app.journal.state(id);
  if (state === null) throw new Error('gone');
  return state;
}

const stepNow = async (step: string) => (await stateNow()).steps.get(step);

const confirm = (actor: Actor, outcome: 'done' | 'failed' | 'not-applicable', note: string | null = null) =>
  confirmStep(t.app, actor, { drill: id, step: 'talk', outcome, note });

const abort = (form: 'now' | 'finish' | 'undo', typedId = id, actor: Actor = OWEN) =>
  abortDrill(t.app, actor, { drill: id, typedId, form, reason: 'Fire.' });

describe('starting', () => {
  it('takes the locks, wakes the engine, and starts the clock', async () => {
    t.advance(60_000);
    const drill = await start();
    expect(drill).toMatchObject({ state: 'running', startedBy: 'carla', startedAt: t.app.clock() });
    expect(t.woken.at(-1)).toBe(id);
    expect(await t.app.database.stores.drills.lockHolders(['host:db1', 'service:mail'])).toEqual(
      new Map([
        ['host:db1', id],
        ['service:mail', id],
      ]),
    );
    const again = refusalOf(await startDrill(t.app, COSMO, { drill: id, planHash }));
    expect(again).toMatchObject({ code: 'CONFLICT', message: 'The drill was started by carla at 09:01 UTC already.' });
  });

  it('leaves no trace when another drill holds what it needs', async () => {
    await t.addRunbook(moveRunbook('move-shop', { service: 'shop' }), { author: 'folder', approver: 'owen' });
    await start();
    const other = await approved('move-shop');
    const before = await t.app.database.stores.drills.journal(other.id, 0, 10);
    const refusal = refusalOf(await startDrill(t.app, CARLA, { drill: other.id, planHash: other.planHash }));
    const message = `Host db1 is held by ${id} since 2026-06-01 09:00 UTC until it ends. Wait for that, or abort it.`;
    expect(refusal).toMatchObject({ code: 'LOCKED', message: expect.stringContaining(message) });
    expect(await t.app.database.stores.drills.journal(other.id, 0, 10)).toEqual(before);
    expect(await t.app.database.stores.drills.lockHolders(['service:shop'])).toEqual(new Map());
    expect(await t.app.database.stores.drills.find(other.id)).toMatchObject({ state: 'approved' });
  });

  it('is for coordinators, and for the plan that they saw', async () => {
    for (const actor of [OWEN, AUDREY, ADAM]) expect(refusalOf(await startDrill(t.app, actor, { drill: id, planHash })).code).toBe('FORBIDDEN');
    expect(refusalOf(await startDrill(t.app, CARLA, { drill: id, planHash: 'f'.repeat(64) })).code).toBe('PLAN_CHANGED');
  });
});

describe('pausing', () => {
  it('holds what has not begun, and resuming lets it go on', async () => {
    expect(refusalOf(await pauseDrill(t.app, CARLA, { drill: id })).message).toBe('The drill is approved and has not been started. Start it first.');
    await start();
    await intend('move');
    expect(valueOf(await pauseDrill(t.app, CARLA, { drill: id })).state).toBe('paused');
    expect(refusalOf(await pauseDrill(t.app, CARLA, { drill: id })).code).toBe('CONFLICT');
    expect(refusalOf(await resumeDrill(t.app, OWEN, { drill: id })).code).toBe('FORBIDDEN');
    expect(valueOf(await resumeDrill(t.app, COSMO, { drill: id })).state).toBe('running');
    expect(refusalOf(await resumeDrill(t.app, CARLA, { drill: id })).message).toBe('cosmo let the drill go on at 09:00 UTC.');
  });
});

describe('confirming', () => {
  it('takes the first answer, by name, and tells the next who gave it', async () => {
    await start();
    expect(refusalOf(await confirm(OWEN, 'done')).message).toContain('does not wait for a confirmation: it is pending');
    await run('move');
    await t.record(id, { type: 'step-waiting', step: 'talk' });
    valueOf(await confirm(OWEN, 'done', ' All said. '));
    expect(await stepNow('talk')).toMatchObject({ state: 'succeeded', confirmation: { by: 'owen', outcome: 'done', note: 'All said.' } });
    expect(refusalOf(await confirm(CARLA, 'failed', 'No.'))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('confirmed by owen at 09:00 UTC'),
    });
  });

  it('takes a note with a failure, which becomes the reason', async () => {
    await untilTalk();
    expect(refusalOf(await confirm(DORA, 'failed', ' '))).toMatchObject({ code: 'INVALID_INPUT', field: 'note' });
    expect((await stepNow('talk'))?.state).toBe('waiting');
    valueOf(await confirm(DORA, 'failed', 'Nobody came.'));
    expect(await stepNow('talk')).toMatchObject({ state: 'failed', reason: 'Nobody came.' });
  });

  it('is for coordinators and owners, of a step that there is', async () => {
    await untilTalk();
    for (const actor of [STRANGER, AUDREY, ADAM]) expect(refusalOf(await confirm(actor, 'done')).code).toBe('FORBIDDEN');
    const unknown = await confirmStep(t.app, CARLA, { drill: id, step: 'none', outcome: 'done' });
    expect(refusalOf(unknown)).toMatchObject({ code: 'NOT_FOUND', field: 'step' });
    expect(refusalOf(await confirmStep(t.app, CARLA, { drill: id, step: 'move', outcome: 'done' })).code).toBe('BAD_STATE');
  });
});

describe('mending a step', () => {
  it('runs a failed one again, as a deviation', async () => {
    await start();
    expect(refusalOf(await retryStep(t.app, CARLA, { drill: id, step: 'move' })).message).toContain('has not failed (it is pending)');
    await run('move', 'failed');
    expect(refusalOf(await retryStep(t.app, OWEN, { drill: id, step: 'move' })).code).toBe('FORBIDDEN');
    valueOf(await retryStep(t.app, CARLA, { drill: id, step: 'move', reason: 'The disk is back.' }));
    await run('move', 'succeeded', 2);
    expect(await stepNow('move')).toMatchObject({ state: 'succeeded', isDeviation: true });
  });

  it('skips one for a reason, but not while it runs or after it went well', async () => {
    await start();
    await intend('move');
    const skip = (reason: string) => skipStep(t.app, CARLA, { drill: id, step: 'move', reason });
    expect(refusalOf(await skip('Later.')).message).toContain('is running. Wait for its end');
    await t.record(id, { type: 'attempt-ended', ...ref('move'), outcome: 'failed', exitCode: 1, signal: null, reason: 'No.', captured: {} });
    expect(refusalOf(await skip('')).field).toBe('reason');
    valueOf(await skip('Done by hand.'));
    expect(await stepNow('move')).toMatchObject({ state: 'skipped', reason: 'Done by hand.', isDeviation: true });
    expect(refusalOf(await skip('Again.')).code).toBe('CONFLICT');
  });

  it('decides what nobody can know, once', async () => {
    await start();
    await run('move', 'unknown');
    expect((await stateNow()).run).toBe('needs-decision');
    const decide = (decision: 'succeeded' | 'failed' | 'new-attempt', reason = 'Looked.') =>
      decideUnknown(t.app, CARLA, { drill: id, step: 'move', host: 'db1', decision, reason });
    expect(refusalOf(await decide('succeeded', ' ')).field).toBe('reason');
    expect(refusalOf(await decideUnknown(t.app, CARLA, { drill: id, step: 'move', host: 'db9', decision: 'failed', reason: 'x' })).code).toBe(
      'CONFLICT',
    );
    valueOf(await decide('succeeded'));
    expect(await stepNow('move')).toMatchObject({ state: 'succeeded', isDeviation: true });
    expect(refusalOf(await decide('failed')).code).toBe('CONFLICT');
  });
});

describe('aborting', () => {
  it('takes the id as it is typed by hand, and a reason', async () => {
    await start();
    expect(refusalOf(await abort('now', 'DR-77'))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'typedId',
      message: expect.stringContaining('DR-77'),
    });
    expect(refusalOf(await abortDrill(t.app, OWEN, { drill: id, typedId: id, form: 'now', reason: '' })).field).toBe('reason');
    expect((await stateNow()).run).toBe('running');
    expect(valueOf(await abort('now', ` ${id.toLowerCase()} `)).state).toBe('aborting');
    expect(await t.app.database.stores.history.about(id, 1)).toMatchObject([{ type: 'drill.abort-requested', by: 'owen', data: { form: 'now' } }]);
  });

  it('may become another form, not the same again, and none before the start', async () => {
    expect(refusalOf(await abort('finish')).code).toBe('BAD_STATE');
    await start();
    await intend('move');
    valueOf(await abort('finish'));
    expect(refusalOf(await abort('finish')).code).toBe('CONFLICT');
    valueOf(await abort('now', id, ADAM));
    expect((await stateNow()).abort).toMatchObject({ form: 'now', by: 'adam' });
    for (const actor of [STRANGER, AUDREY]) expect(refusalOf(await abort('now', id, actor)).code).toBe('FORBIDDEN');
  });
});

describe('leaving words', () => {
  it('is possible at any time, for all but admins, and not without words', async () => {
    valueOf(await commentDrill(t.app, AUDREY, { drill: id, text: ' Seen. ' }));
    expect((await t.app.database.stores.drills.journal(id, 2, 1))[0]).toMatchObject({ by: 'audrey', event: { type: 'commented', text: 'Seen.' } });
    expect(refusalOf(await commentDrill(t.app, CARLA, { drill: id, text: '\n ' })).field).toBe('comment');
    expect(refusalOf(await commentDrill(t.app, CARLA, { drill: id, text: 'x'.repeat(4_001) })).message).toContain('4000');
    expect(refusalOf(await commentDrill(t.app, ADAM, { drill: id, text: 'x' })).code).toBe('FORBIDDEN');
  });

  it('accepts what a drill left behind only when it left something', async () => {
    expect(refusalOf(await acceptUnclean(t.app, CARLA, { drill: id, reason: 'Fine.' })).code).toBe('BAD_STATE');
    expect(refusalOf(await acceptUnclean(t.app, OWEN, { drill: id, reason: 'Fine.' })).code).toBe('FORBIDDEN');
  });
});

describe('what a person is shown', () => {
  const ownSubject = { owners: ['owen', 'dora'] };
  const actions = async (actor: Actor) => drillActions(await stateNow(), { actor, subject: ownSubject, at: t.app.clock() });

  it('to do about a drill follows its state and the person', async () => {
    expect(await actions(CARLA)).toEqual(['start', 'comment']);
    expect(await actions(OWEN)).toEqual(['comment']);
    await untilTalk();
    expect(await actions(CARLA)).toEqual(['pause', 'abort', 'confirm', 'comment']);
    expect(await actions(OWEN)).toEqual(['abort', 'confirm', 'comment']);
    expect(await actions(ADAM)).toEqual(['abort']);
    expect(await actions(STRANGER)).toEqual([]);
    valueOf(await confirmStep(t.app, OWEN, { drill: id, step: 'talk', outcome: 'done' }));
    await run('after', 'unknown');
    expect(await actions(CARLA)).toEqual(['abort', 'decide', 'comment']);
  });

  it('to do about a drill is only what would be taken', async () => {
    await start();
    await run('move', 'unknown');
    await t.record(id, { type: 'recovering', reason: 'Started again.' });
    expect(await actions(CARLA)).toEqual(['comment']);
    await t.record(id, { type: 'recovered' });
    valueOf(await decideUnknown(t.app, CARLA, { drill: id, step: 'move', host: 'db1', decision: 'failed', reason: 'Looked.' }));
    expect(await actions(CARLA)).toEqual(['pause', 'abort', 'retry', 'skip', 'comment']);
    valueOf(await retryStep(t.app, CARLA, { drill: id, step: 'move' }));
    await intend('move', 2);
    valueOf(await abortDrill(t.app, CARLA, { drill: id, typedId: id, form: 'finish', reason: 'Fire.' }));
    expect(await actions(CARLA)).toEqual(['abort', 'comment']);
    await t.record(id, { type: 'attempt-ended', ...ref('move', 2), outcome: 'unknown', exitCode: null, signal: null, reason: 'Lost.', captured: {} });
    const end = endOf(await stateNow());
    if (end !== null) await t.record(id, { type: 'finished', ...end });
    expect((await stateNow()).run).toBe('aborted');
    expect(await actions(CARLA)).toEqual(['comment', 'reopen']);
    t.advance(REOPEN_WITHIN_MS + 1);
    expect(await actions(CARLA)).toEqual(['comment']);
  });

  it('to wait for comes oldest first: plans, starts, confirmations and fates', async () => {
    const waiting = async (actor: Actor) =>
      (await waitingFor(t.app, actor, (drill) => t.app.journal.state(drill))).map(({ drill, kind, step }) => [drill?.id, kind, step?.id ?? null]);
    await untilTalk();
    t.advance(1_000);
    const other = valueOf(await requestDrill(t.app, CARLA, { runbook: 'move-mail', mode: 'rehearsal', inputs: {} }));
    expect(await waiting(OWEN)).toEqual([
      [id, 'confirm', 'talk'],
      [other.id, 'approve-plan', null],
    ]);
    expect(await waiting(CARLA)).toEqual([[id, 'confirm', 'talk']]);
    expect(await waiting(STRANGER)).toEqual([]);
    valueOf(await confirmStep(t.app, OWEN, { drill: id, step: 'talk', outcome: 'done' }));
    await run('after', 'unknown');
    valueOf(await approveDrill(t.app, DORA, { drill: other.id, planHash: other.planHash }));
    expect(await waiting(CARLA)).toEqual([
      [id, 'decide', 'after'],
      [other.id, 'start', null],
    ]);
    expect(await waiting(OWEN)).toEqual([]);
  });
});
