// Where the course of a drill is decided once and for all: earlier journals, called runbooks, failures that go on elsewhere, and the end.
import { describe, expect, it } from 'vitest';
import { clockReadings } from '../../../../api/domain/drill/clocks.ts';
import type { DrillEvent } from '../../../../api/domain/drill/journal.ts';
import type { Plan, PlanStep } from '../../../../api/domain/drill/plan.ts';
import { replay } from '../../../../api/domain/drill/reduce.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { call, check, confirm, inSequence, plan, run } from '../../../support/plan-builder.ts';

const started = (steps: readonly PlanStep[], change: Partial<Plan> = {}): DrillStory => DrillStory.started(plan(steps, change)).settle();
const states = (story: DrillStory): Readonly<Record<string, string>> => Object.fromEntries(story.state.steps.all.map(({ id, state }) => [id, state]));
const intent = (step: string, host = 'alpha'): DrillEvent => {
  const ref = { step, host, attempt: 1, isUndo: false };
  return { type: 'attempt-intended', ...ref, commandHash: 'c'.repeat(64), hostKeys: [], deadlineAt: 0 };
};
const end = (step: string, outcome: 'succeeded' | 'failed' | 'unknown', host = 'alpha'): DrillEvent => {
  const ref = { step, host, attempt: 1, isUndo: false };
  return { type: 'attempt-ended', ...ref, outcome, exitCode: null, signal: null, reason: outcome === 'succeeded' ? null : 'x', captured: {} };
};

const calling = (when: string, more: Parameters<typeof call>[1] = {}): readonly PlanStep[] => [
  check('position', { captures: [{ name: 'lag', from: 'stdout', pattern: null }] }),
  check('move/wait-for'),
  run('move/one'),
  run('move/two', { needs: ['move/one', 'position'] }),
  call('move', { needs: ['move/two', 'move/wait-for'], when, ...more }),
  run('after', { needs: ['move'] }),
];

describe('a journal from before people were asked', () => {
  it('passes its point of no return without a word, and still reads', () => {
    const drill = plan([run('promote', { isPointOfNoReturn: true })]);
    const story = DrillStory.started(drill);
    expect(story.due()).toEqual([{ type: 'record', event: { type: 'step-waiting', step: 'promote' } }]);
    story.tell(intent('promote')).tell({ type: 'attempt-launched', step: 'promote', host: 'alpha', attempt: 1, isUndo: false });
    story.tell(end('promote', 'succeeded')).settle();
    expect(story.state.run).toBe('passed');
    expect(replay(drill, story.state.planHash, story.entries)).toEqual({ ok: true, value: story.state });
  });

  it('starts the second host although nobody can tell about the first', () => {
    const story = DrillStory.started(plan([run('both', { hosts: ['alpha', 'beta'] })])).tell(intent('both'));
    story.tell(end('both', 'unknown'));
    expect(story.offer(intent('both', 'beta'))).toBeNull();
  });
});

describe('a point of no return that waits', () => {
  it('is not started while a person has not answered', () => {
    const story = started([run('promote', { isPointOfNoReturn: true })]);
    expect(story.step('promote').state).toBe('waiting');
    expect(story.offer(intent('promote'))?.code).toBe('BAD_STATE');
  });

  it('is not asked about in a dry run', () => {
    const story = started([run('look', { isPointOfNoReturn: true, isReadOnly: true })], { mode: 'dry-run' });
    expect(story.live('look')).toBeDefined();
  });
});

describe('the condition of a call', () => {
  const scopes = { move: { runbook: 'other', revision: 'b'.repeat(64), inputs: {} } };
  it('is judged when its first step is due, and holds for all of them', () => {
    const story = started(calling("steps.position.state == 'passed'"), { scopes });
    expect(states(story)).toMatchObject({ 'move/wait-for': 'skipped', 'move/one': 'skipped', 'move/two': 'pending' });
    story.end('position');
    expect(states(story)).toMatchObject({ position: 'succeeded', 'move/two': 'skipped', move: 'skipped', after: 'launched' });
  });

  it('once true, is true to the end of the call', () => {
    const story = started(calling("steps.position.state != 'passed'"), { scopes }).end('move/wait-for').end('move/one').end('position');
    expect(states(story)).toMatchObject({ 'move/two': 'launched' });
    story.end('move/two');
    expect(states(story)).toMatchObject({ move: 'succeeded', after: 'launched' });
  });

  it('that cannot be judged fails the call itself, as the call says, and runs none of its steps', () => {
    const story = started(calling("values.lag == '0'", { onFailure: 'continue' }), { scopes }).end('position', 'succeeded', {
      captured: { lag: '0' },
    });
    expect(states(story)).toMatchObject({ 'move/one': 'skipped', 'move/two': 'skipped', move: 'failed', after: 'launched' });
    expect(story.step('move/one').reason).toBe('It belongs to “A step”: Its condition cannot be judged.');
    expect(story.step('move').reason).toBe("Its condition `values.lag == '0'` could not be judged when its first step was due.");
    story.end('after');
    expect(story.state.run).toBe('failed');
  });
});

describe('a failure that goes on elsewhere', () => {
  const steps = inSequence([
    run('lock', { undo: null, undoStep: 'unlock' }),
    run('first', { onFailure: 'goto', goTo: 'report' }),
    run('second'),
    run('unlock', { isAlways: true }),
    run('third'),
    run('report'),
  ]);

  it('passes over what lies between, but not what always runs', () => {
    const story = started(steps).end('lock').end('first', 'failed');
    expect(states(story)).toMatchObject({ second: 'skipped', unlock: 'launched', third: 'skipped', report: 'launched' });
    story.end('unlock').end('report');
    expect(story.state).toMatchObject({ run: 'failed', summary: { isUnclean: false } });
  });

  it('lets nothing that is passed over start, even before that is noted', () => {
    const story = started(steps).end('lock');
    story.tell(end('first', 'failed'));
    expect(story.step('second').state).toBe('pending');
    expect(story.due().filter(({ type }) => type === 'launch')).toEqual([]);
    expect(story.offer(intent('second'))?.code).toBe('BAD_STATE');
  });
});

describe('the end of a drill', () => {
  const paired = inSequence([run('lock', { undo: null, undoStep: 'unlock' }), run('work'), run('unlock', { isAlways: true })]);

  it('is not turned back once what always runs has begun', () => {
    const story = started(paired).end('lock').end('work', 'failed');
    expect(states(story)).toMatchObject({ unlock: 'launched' });
    const refusal = story.offer({ type: 'step-retried', step: 'work', reason: null }, 'a.brandt');
    expect(refusal?.message).toContain('The drill is ending, and what always runs at its end has begun, so Step 2');
    expect(story.offer({ type: 'step-skipped', step: 'work', reason: 'x' }, 'a.brandt')?.code).toBe('BAD_STATE');
    story.end('unlock', 'failed');
    expect(story.state).toMatchObject({ run: 'failed', summary: { isUnclean: true } });
  });

  it('can be turned back before: a paused drill has its failed step run again', () => {
    const story = started(paired).end('lock').tell({ type: 'paused' }, 'a.brandt').end('work', 'failed');
    expect(states(story)).toMatchObject({ unlock: 'pending' });
    story.tell({ type: 'step-retried', step: 'work', reason: null }, 'a.brandt').tell({ type: 'resumed' }, 'a.brandt').settle();
    story.end('work').end('unlock');
    expect(story.state).toMatchObject({ run: 'passed', summary: { isUnclean: false } });
  });

  it('measures the recovery and the data loss before it undoes what it always undoes', () => {
    const canary = { write: { host: 'alpha', command: 'w', everyMs: 1 }, read: { host: 'beta', command: 'r' }, until: 'switch', readAfter: null };
    const clocks = [{ name: 'recovery', from: null, to: 'switch', objectiveMs: null }];
    const drill = plan([run('switch', { undo: 'back', isUndoAlways: true })], { canary, clocks });
    const story = DrillStory.started(drill).tell({ type: 'canary-acknowledged', marker: 1, writtenAt: 0 }).settle().wait(5_000).end('switch');
    expect(story.live('switch')).toBeUndefined();
    expect(story.due()).toEqual([{ type: 'read-canary' }]);
    story.tell({ type: 'canary-read', newestMarker: 1, dataLossMs: 0, reason: null }).settle();
    expect(story.live('switch')).toMatchObject({ isUndo: true });
    story.end('switch');
    expect(story.state).toMatchObject({ run: 'passed', summary: { recoveryMs: 5_000, dataLossMs: 0, isUnclean: false } });
    expect(clockReadings(story.state, story.now).find(({ name }) => name === 'recovery')).toMatchObject({ elapsedMs: 5_000 });
    expect(story.step('switch').state).toBe('undone');
  });

  it('by an abort with undo leaves a question that reverts something open', () => {
    const story = started(inSequence([run('divert', { undo: null, undoStep: 'bring-back' }), run('work'), confirm('bring-back')]))
      .end('divert')
      .end('work');
    story.tell({ type: 'abort-requested', form: 'undo', reason: 'x' }, 'a.brandt').settle();
    expect(states(story)).toMatchObject({ 'bring-back': 'waiting' });
    expect(story.state.run).toBe('aborting');
    story.tell({ type: 'step-confirmed', step: 'bring-back', outcome: 'done', note: null }, 'a.brandt').settle();
    expect(story.state).toMatchObject({ run: 'aborted' });
  });
});
