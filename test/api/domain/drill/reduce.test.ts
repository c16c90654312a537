// The reducer told as short stories: what each event does to a drill, and what is refused with which words.
import { describe, expect, it } from 'vitest';
import { apply } from '../../../../api/domain/drill/reduce.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { confirm, inSequence, plan, run, wait } from '../../../support/plan-builder.ts';

const asked = (): DrillStory => {
  const story = new DrillStory(plan([run('one')]));
  return story.tell({ type: 'requested', mode: 'failover', planHash: story.state.planHash, approvalsNeeded: 2 }, 'r.quester');
};

const approve = (story: DrillStory, by: string) => story.offer({ type: 'approved', planHash: story.state.planHash, note: null }, by);

describe('before the start', () => {
  it('takes two approvals by two people, neither of them the requester', () => {
    const story = asked();
    expect(approve(story, 'r.quester')?.code).toBe('FORBIDDEN');
    expect(approve(story, 'a.one')).toBeNull();
    expect(approve(story, 'a.one')?.code).toBe('CONFLICT');
    expect(story.offer({ type: 'started' }, 'a.one')?.code).toBe('NOT_APPROVED');
    expect(approve(story, 'b.two')).toBeNull();
    expect(story.state.run).toBe('approved');
    story.tell({ type: 'started' }, 'a.one');
    expect(story.state).toMatchObject({ run: 'running', startedBy: 'a.one', startedAt: story.now });
  });

  it('refuses an approval of another plan', () => {
    const story = asked();
    expect(story.offer({ type: 'approved', planHash: 'f'.repeat(64), note: null }, 'a.one')?.code).toBe('PLAN_CHANGED');
  });

  it.each(['rejected', 'expired'] as const)('is over when it is %s', (type) => {
    const story = asked().tell({ type, reason: 'No.' }, 'a.one');
    expect(story.state.run).toBe(type);
    expect(story.offer({ type: 'started' }, 'a.one')?.code).toBe('BAD_STATE');
  });

  it('refuses an entry that does not come next', () => {
    const { state, now } = asked();
    const skipping = apply(state, { seq: state.seq + 2, at: now, by: null, event: { type: 'commented', text: 'x' } });
    expect(skipping).toMatchObject({ ok: false, refusal: { code: 'CONFLICT' } });
  });
});

describe('order', () => {
  it('starts a step when its needs have ended well, and steps without needs at once', () => {
    const story = DrillStory.started(plan([run('a'), run('b'), run('c', { needs: ['a', 'b'] })])).settle();
    expect([story.step('a').state, story.step('b').state, story.step('c').state]).toEqual(['launched', 'launched', 'pending']);
    story.end('a');
    expect(story.step('c').state).toBe('pending');
    story.end('b');
    expect(story.step('c').state).toBe('launched');
    expect(story.end('c').state.run).toBe('passed');
  });

  it('runs a step on its hosts side by side, and it has ended when all have', () => {
    const story = DrillStory.started(plan([run('a', { hosts: ['alpha', 'beta'] })])).settle();
    story.end('a', 'succeeded', { host: 'alpha' });
    expect(story.step('a').state).toBe('launched');
    story.end('a', 'failed', { host: 'beta', reason: 'No room.' });
    expect(story.step('a')).toMatchObject({ state: 'failed', reason: 'beta: No room.' });
  });

  it('refuses a command that is not due, and a second one beside the first', () => {
    const story = DrillStory.started(plan(inSequence([run('a'), run('b')]))).settle();
    const intent = { type: 'attempt-intended', host: 'alpha', isUndo: false, commandHash: '', hostKeys: [], deadlineAt: 0 } as const;
    expect(story.offer({ ...intent, step: 'b', attempt: 1 })?.code).toBe('BAD_STATE');
    expect(story.offer({ ...intent, step: 'a', attempt: 2 })?.code).toBe('BAD_STATE');
    expect(story.offer({ ...intent, step: 'a', host: 'beta', attempt: 1 })?.code).toBe('BAD_STATE');
  });

  it('hands captured values on', () => {
    const story = DrillStory.started(plan(inSequence([run('a'), run('b')]))).settle();
    story.end('a', 'succeeded', { captured: { position: '42' } });
    expect(story.state.captured).toEqual({ position: '42' });
  });
});

describe('a step that fails', () => {
  it('stops the drill: what runs ends, nothing new starts, the result is failed', () => {
    const story = DrillStory.started(plan([run('a'), run('b'), run('c', { needs: ['b'] })])).settle();
    story.end('a', 'failed');
    expect(story.state.run).toBe('running');
    story.end('b');
    expect(story.step('c').state).toBe('pending');
    expect(story.state).toMatchObject({ run: 'failed', result: 'failed' });
  });

  it('with "continue" lets the steps after it start, and the drill fails in the end', () => {
    const story = DrillStory.started(plan(inSequence([run('a', { onFailure: 'continue' }), run('b')]))).settle();
    story.end('a', 'failed').end('b');
    expect(story.state.result).toBe('failed');
  });

  it('with "warn" is a warning, and the drill can pass', () => {
    const story = DrillStory.started(plan(inSequence([run('a', { onFailure: 'warn' }), run('b')]))).settle();
    story.end('a', 'timed-out');
    expect(story.step('a').state).toBe('warned');
    expect(story.end('b').state.result).toBe('passed');
  });

  it('is tried again as its retry says, each pause longer than the one before', () => {
    const story = DrillStory.started(plan([run('a', { retry: { attempts: 3, everyMs: 1_000, backoff: 3 } })])).settle();
    story.end('a', 'failed');
    expect(story.due()).toEqual([{ type: 'wake', at: story.now + 1_000 }]);
    story.wait(1_000).end('a', 'failed');
    expect(story.due()).toEqual([{ type: 'wake', at: story.now + 3_000 }]);
    story.wait(3_000).end('a', 'failed');
    expect(story.state.result).toBe('failed');
    expect(story.step('a').attempts).toHaveLength(3);
  });

  it('runs again on the hosts where it failed when a person says so, and that is a deviation', () => {
    const story = DrillStory.started(plan([run('a', { hosts: ['alpha', 'beta'] }), confirm('hold')])).settle();
    story.end('a', 'succeeded', { host: 'alpha' }).end('a', 'failed', { host: 'beta' });
    story.tell({ type: 'step-retried', step: 'a', reason: 'Disk freed.' }, 'a.brandt').settle();
    expect(story.live('a')).toMatchObject({ host: 'beta', attempt: 2 });
    story.end('a').tell({ type: 'step-confirmed', step: 'hold', outcome: 'done', note: null }, 'a.brandt').settle();
    expect(story.state).toMatchObject({ result: 'passed', summary: { hasDeviations: true } });
    expect(story.step('a').attempts).toHaveLength(3);
  });

  it('can be skipped with a reason, and the drill goes on', () => {
    const story = DrillStory.started(plan([...inSequence([run('a'), run('b')]), confirm('hold')])).settle();
    story.end('a', 'failed').tell({ type: 'step-skipped', step: 'a', reason: 'Done by hand.' }, 'a.brandt').settle();
    expect(story.step('a')).toMatchObject({ state: 'skipped', reason: 'Done by hand.', isDeviation: true });
    expect(story.live('b')).toBeDefined();
  });

  it('is not skipped or retried while it runs', () => {
    const story = DrillStory.started(plan([run('a')])).settle();
    expect(story.offer({ type: 'step-skipped', step: 'a', reason: 'x' }, 'a.brandt')?.message).toContain('is running');
    expect(story.offer({ type: 'step-retried', step: 'a', reason: null }, 'a.brandt')?.code).toBe('BAD_STATE');
  });
});

describe('a wait', () => {
  it('looks again until it holds as often as it must, in a row', () => {
    const story = DrillStory.started(plan([wait('w', { stable: 2, everyMs: 500 })])).settle();
    story.end('w', 'failed').wait(500).end('w').wait(500).end('w', 'failed').wait(500).end('w').wait(500);
    expect(story.step('w').state).toBe('launched');
    expect(story.end('w').state.result).toBe('passed');
  });

  it('gives up at its deadline, which is that of the whole step', () => {
    const story = DrillStory.started(plan([wait('w', { timeoutMs: 1_000, everyMs: 400 })])).settle();
    story.end('w', 'failed').wait(400).end('w', 'failed').wait(400).end('w', 'failed', { reason: 'Still replaying.' });
    expect(story.step('w')).toMatchObject({ state: 'timed-out', reason: 'It did not hold within 1 s: Still replaying.' });
  });

  it('goes on looking while the drill is paused', () => {
    const story = DrillStory.started(plan([wait('w', { everyMs: 500 }), run('a', { needs: ['w'] })])).settle();
    story.tell({ type: 'paused' }, 'a.brandt').end('w', 'failed').wait(500).end('w');
    expect([story.state.run, story.step('w').state, story.step('a').state]).toEqual(['paused', 'succeeded', 'pending']);
  });
});
