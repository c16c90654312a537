// What people and restarts do to a drill that runs: confirm, pause, abort, decide; and the modes that run less.
import { describe, expect, it } from 'vitest';
import { DrillStory } from '../../../support/drill-story.ts';
import { check, confirm, inSequence, plan, run, sleep } from '../../../support/plan-builder.ts';

describe('people', () => {
  it('are waited for, once, and the second one is told who was first', () => {
    const story = DrillStory.started(plan([confirm('go', { title: 'Go or no-go' }), confirm('other')])).settle();
    expect(story.step('go').state).toBe('waiting');
    story.wait(120_000).tell({ type: 'step-confirmed', step: 'go', outcome: 'done', note: null }, 'a.brandt');
    const second = story.offer({ type: 'step-confirmed', step: 'go', outcome: 'failed', note: null }, 'b.two');
    expect(second).toEqual({ code: 'CONFLICT', message: 'Step 1 “Go or no-go” was confirmed by a.brandt at 14:02 UTC already.' });
  });

  it('fail a step with their note, or call it not applicable', () => {
    const story = DrillStory.started(plan([confirm('x', { onFailure: 'continue' }), confirm('y')])).settle();
    story.tell({ type: 'step-confirmed', step: 'x', outcome: 'failed', note: 'The page is blank.' }, 'a.brandt');
    story.tell({ type: 'step-confirmed', step: 'y', outcome: 'not-applicable', note: null }, 'a.brandt').settle();
    expect(story.step('x')).toMatchObject({ state: 'failed', reason: 'The page is blank.' });
    expect(story.step('y').state).toBe('skipped');
    expect(story.state.result).toBe('failed');
  });

  it('are waited for on one clock, however many questions are open', () => {
    const story = DrillStory.started(plan([confirm('x'), confirm('y')])).settle();
    story.wait(1_000).tell({ type: 'step-confirmed', step: 'x', outcome: 'done', note: null }, 'a.brandt');
    story.wait(2_000).tell({ type: 'step-confirmed', step: 'y', outcome: 'done', note: null }, 'a.brandt').settle();
    expect(story.state.summary?.humanWaitMs).toBe(3_000);
  });
});

describe('pause', () => {
  it('lets running steps end, starts no more, counts as waiting for people, and is over with resume', () => {
    const story = DrillStory.started(plan(inSequence([run('a'), run('b')]))).settle();
    story.tell({ type: 'paused' }, 'a.brandt').end('a').wait(5_000);
    expect([story.state.run, story.step('b').state]).toEqual(['paused', 'pending']);
    story.tell({ type: 'resumed' }, 'a.brandt').settle().end('b');
    expect(story.state).toMatchObject({ result: 'passed', summary: { humanWaitMs: 5_000 } });
  });

  it('keeps a failed drill open, so that a step can be retried', () => {
    const story = DrillStory.started(plan([run('a')])).settle();
    story.tell({ type: 'paused' }, 'a.brandt').end('a', 'failed');
    expect(story.state.run).toBe('paused');
    story.tell({ type: 'step-retried', step: 'a', reason: null }, 'a.brandt').tell({ type: 'resumed' }, 'a.brandt').settle();
    expect(story.end('a').state.result).toBe('passed');
  });
});

describe('sleep', () => {
  it('lasts as long as it says', () => {
    const story = DrillStory.started(plan([sleep('s', 10_000)])).settle();
    expect(story.wait(9_999).step('s').state).toBe('sleeping');
    expect(story.wait(1).state.result).toBe('passed');
  });
});

const undoable = () =>
  plan([
    ...inSequence([run('a', { undo: 'undo a' }), run('b', { undo: 'undo b' }), run('c', { undo: 'undo c' }), run('d')]),
    run('side', { undo: 'undo side' }),
  ]);

const abort = (story: DrillStory, form: 'now' | 'finish' | 'undo') =>
  story.tell({ type: 'abort-requested', form, reason: 'Enough.' }, 'a.brandt').settle();

describe('abort', () => {
  it('now: what runs is to be cancelled, and what was changed is left and said', () => {
    const story = DrillStory.started(undoable()).settle().end('a');
    abort(story, 'now');
    expect(story.due().filter((effect) => effect.type === 'cancel')).toHaveLength(2);
    story.end('b', 'cancelled').end('side', 'cancelled');
    expect(story.state).toMatchObject({ run: 'aborted', summary: { isUnclean: true } });
  });

  it('finish: what runs ends, nothing starts', () => {
    const story = DrillStory.started(undoable()).settle();
    abort(story, 'finish');
    expect(story.due()).toEqual([]);
    story.end('a').end('side');
    expect(story.state.run).toBe('aborted');
    expect(story.step('b').state).toBe('pending');
  });

  it('undo: reverts every finished action, backwards along the graph, and is clean then', () => {
    const story = DrillStory.started(undoable()).settle().end('a').end('b').end('side');
    abort(story, 'undo');
    expect(story.live('b')).toBeUndefined();
    story.end('c');
    expect([story.live('c')?.isUndo, story.live('b'), story.live('side')?.isUndo]).toEqual([true, undefined, true]);
    story.end('side').end('c');
    expect(story.live('b')?.isUndo).toBe(true);
    expect(story.live('a')).toBeUndefined();
    story.end('b').end('a');
    expect(story.state).toMatchObject({ run: 'aborted', summary: { isUnclean: false } });
    expect(story.step('a').state).toBe('undone');
  });

  it('undo: what comes before a step that could not be reverted is left alone', () => {
    const story = DrillStory.started(undoable()).settle().end('a').end('b').end('side');
    abort(story, 'undo').end('c').end('side').end('c', 'failed');
    expect(story.state).toMatchObject({ run: 'aborted', summary: { isUnclean: true } });
    expect([story.step('b').state, story.step('a').state]).toEqual(['succeeded', 'succeeded']);
  });

  it('undo is not offered once a point of no return has started', () => {
    const story = DrillStory.started(plan([run('promote', { isPointOfNoReturn: true, title: 'Promote' })])).settle();
    story.tell({ type: 'step-confirmed', step: 'promote', outcome: 'done', note: null }, 'a.brandt').settle();
    const refusal = story.offer({ type: 'abort-requested', form: 'undo', reason: 'x' }, 'a.brandt');
    expect(refusal?.message).toContain('Step 1 “Promote” is the point of no return');
    expect(story.offer({ type: 'abort-requested', form: 'finish', reason: 'x' }, 'a.brandt')).toBeNull();
  });

  it('can be turned from finishing into stopping now', () => {
    const story = DrillStory.started(plan([run('a')])).settle();
    abort(story, 'finish');
    expect(story.offer({ type: 'abort-requested', form: 'finish', reason: 'x' }, 'a.brandt')?.code).toBe('CONFLICT');
    abort(story, 'now');
    expect(story.due()).toMatchObject([{ type: 'cancel' }]);
  });

  it('ends waiting and sleeping, and takes no confirmation any more', () => {
    const story = DrillStory.started(plan([confirm('c'), sleep('s', 1_000), run('a')])).settle();
    abort(story, 'finish');
    expect([story.step('c').state, story.step('s').state]).toEqual(['cancelled', 'cancelled']);
    expect(story.offer({ type: 'step-confirmed', step: 'c', outcome: 'done', note: null }, 'a.brandt')?.code).toBe('BAD_STATE');
  });

  it('what it left behind can be accepted by a person, once', () => {
    const story = DrillStory.started(undoable()).settle();
    abort(story, 'now').end('a', 'cancelled').end('side', 'cancelled');
    story.tell({ type: 'undo-accepted', reason: 'Will be rebuilt.' }, 'a.brandt');
    expect(story.state.summary?.isUnclean).toBe(false);
    expect(story.offer({ type: 'undo-accepted', reason: 'x' }, 'a.brandt')?.code).toBe('CONFLICT');
  });
});

const unknown = (decision: 'succeeded' | 'failed' | 'new-attempt') =>
  ({ type: 'unknown-decided', decision, reason: 'Looked at the host.', step: 'a', host: 'alpha' }) as const;

describe('a step of which nobody can tell whether it ran', () => {
  it('waits for a person once nothing else goes on', () => {
    const story = DrillStory.started(plan([run('a'), run('b')]))
      .settle()
      .end('a', 'unknown');
    expect(story.state.run).toBe('running');
    expect(story.end('b').state.run).toBe('needs-decision');
    expect(story.due()).toEqual([]);
  });

  it('is never retried by itself, whatever its retry says', () => {
    const story = DrillStory.started(plan([run('a', { retry: { attempts: 5, everyMs: 0, backoff: 1 } })])).settle();
    expect(story.end('a', 'unknown').state.run).toBe('needs-decision');
    expect(story.tell(unknown('failed'), 'a.brandt').settle().state.result).toBe('failed');
    expect(story.step('a').attempts).toHaveLength(1);
  });

  it('succeeds when a person says so, as a deviation', () => {
    const story = DrillStory.started(plan([run('a')]))
      .settle()
      .end('a', 'unknown');
    expect(story.offer(unknown('succeeded'), null)?.code).toBe('FORBIDDEN');
    story.tell(unknown('succeeded'), 'a.brandt').settle();
    expect(story.state).toMatchObject({ result: 'passed', summary: { hasDeviations: true } });
    expect(story.offer(unknown('succeeded'), 'a.brandt')?.code).toBe('BAD_STATE');
  });

  it('runs anew when a person says so', () => {
    const story = DrillStory.started(plan([run('a')]))
      .settle()
      .end('a', 'unknown');
    story.tell(unknown('new-attempt'), 'a.brandt').settle();
    expect(story.live('a')?.attempt).toBe(2);
    expect(story.end('a').state.result).toBe('passed');
  });

  it('holds up an undo that depends on it', () => {
    const story = DrillStory.started(plan(inSequence([run('a', { undo: 'undo a' }), run('b', { undo: 'undo b' })])))
      .settle()
      .end('a');
    story.tell({ type: 'abort-requested', form: 'undo', reason: 'x' }, 'a.brandt').settle().end('b', 'unknown');
    expect(story.state.run).toBe('needs-decision');
    story.tell({ ...unknown('succeeded'), step: 'b' }, 'a.brandt').settle();
    expect(story.live('b')?.isUndo).toBe(true);
    story.end('b').end('a');
    expect(story.state).toMatchObject({ run: 'aborted', summary: { isUnclean: false } });
  });

  it('that may be repeated is started again, and only so often', () => {
    const story = DrillStory.started(plan([check('c')])).settle();
    for (let tries = 0; tries < 5; tries += 1) story.end('c', 'cancelled', { reason: 'Lost.' }).wait(1_000);
    expect(story.end('c', 'cancelled', { reason: 'Lost.' }).step('c')).toMatchObject({ state: 'failed', reason: 'Lost.' });
    expect(story.step('c').attempts).toHaveLength(6);
  });
});

describe('after a restart', () => {
  it('goes on where it was, paused or not', () => {
    const story = DrillStory.started(plan([run('a'), run('b', { needs: ['a'] })]))
      .settle()
      .tell({ type: 'paused' }, 'a.brandt');
    story.tell({ type: 'recovering', reason: 'Restart.' }).tell({ type: 'recovering', reason: 'Again.' });
    expect(story.due()).toEqual([]);
    expect(story.offer({ type: 'resumed' }, 'a.brandt')?.code).toBe('BAD_STATE');
    story.tell({ type: 'recovered' });
    expect(story.state.run).toBe('paused');
  });
});

describe('modes that run less', () => {
  it('dry run: shows what is not read-only and runs the rest', () => {
    const story = DrillStory.started(plan(inSequence([run('act', { isShownOnly: true }), check('look')]), { mode: 'dry-run' })).settle();
    expect(story.step('act')).toMatchObject({ state: 'skipped', isDeviation: false });
    expect(story.end('look').state.result).toBe('passed');
  });

  it('check: runs nothing', () => {
    const story = DrillStory.started(plan(inSequence([run('act'), check('look'), confirm('ask')]), { mode: 'check' })).settle();
    expect(story.state).toMatchObject({ result: 'passed', summary: { hasDeviations: false, recoveryMs: null } });
    expect(story.entries.some((entry) => entry.event.type === 'attempt-intended')).toBe(false);
  });
});
