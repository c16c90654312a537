// What coordinators do to each other's drills and to ended ones: too late, take over, retry everywhere, reopen, revert.
import { describe, expect, it } from 'vitest';
import type { DrillEvent } from '../../../../api/domain/drill/journal.ts';
import { REOPEN_WITHIN_MS } from '../../../../api/domain/drill/reopening.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { approve, call, confirm, inSequence, plan, run, wait } from '../../../support/plan-builder.ts';

const takeOver = (from: string | null): DrillEvent => ({ type: 'taken-over', from, reason: 'Her shift has ended.' });
const twoHosts = () => plan([run('a', { hosts: ['alpha', 'beta'], onFailure: 'ask' })]);
const failed = () =>
  DrillStory.started(plan(inSequence([run('a'), run('b'), run('c')])))
    .settle()
    .end('a')
    .end('b', 'failed');
const pair = () =>
  plan([...inSequence([run('lock', { title: 'Lock', undoStep: 'unlock' }), run('b')]), run('unlock', { isAlways: true, needs: ['b'] })]);
const failedOnBeta = () => DrillStory.started(twoHosts()).settle().end('a', 'succeeded', { host: 'alpha' }).end('a', 'failed', { host: 'beta' });
const based = (event: DrillEvent, basedOn: number, id: string | null = null): DrillEvent => ({ ...event, asked: { id, basedOn } });
const decide = (host: string, decision: 'new-attempt' | 'failed' = 'new-attempt'): DrillEvent => ({
  type: 'unknown-decided',
  decision,
  reason: 'x',
  step: 'a',
  host,
});

describe('a control that comes too late', () => {
  it('is told who did what, and when', () => {
    const story = DrillStory.started(plan([run('a')])).settle();
    const seen = story.state.seq;
    story.wait(120_000).tell(based({ type: 'paused' }, seen), 'dr-deputy');
    const late = { code: 'CONFLICT', message: 'dr-deputy paused the drill at 14:02 UTC. Look at it again before you act.' };
    expect(story.offer(based({ type: 'paused' }, seen), 'a.brandt')).toEqual(late);
    expect(story.offer(based({ type: 'abort-requested', form: 'now', reason: 'x' }, seen), 'a.brandt')).toEqual(late);
    expect(story.offer({ type: 'paused' }, 'a.brandt')?.message).toBe('dr-deputy paused the drill at 14:02 UTC.');
    story.tell({ type: 'resumed' }, 'dr-deputy');
    expect(story.offer(based({ type: 'paused' }, seen), 'a.brandt')?.message).toContain('dr-deputy let the drill go on at 14:02 UTC.');
    expect(story.offer({ type: 'resumed' }, 'a.brandt')?.message).toBe('dr-deputy let the drill go on at 14:02 UTC.');
  });

  it('is not late for what others did elsewhere, or for what steps did by themselves', () => {
    const story = DrillStory.started(plan([run('a'), confirm('b'), confirm('c')])).settle();
    const seen = story.state.seq;
    story.end('a').tell(based({ type: 'step-confirmed', step: 'b', outcome: 'done', note: null }, seen), 'a.brandt');
    expect(story.offer(based({ type: 'step-confirmed', step: 'c', outcome: 'done', note: null }, seen), 'b.two')).toBeNull();
  });

  it('does not retry a second time what failed again meanwhile', () => {
    const story = DrillStory.started(plan([run('a', { title: 'Move', onFailure: 'ask' })]))
      .settle()
      .end('a', 'failed');
    const seen = story.state.seq;
    story
      .tell(based({ type: 'step-retried', step: 'a', reason: null }, seen), 'a.brandt')
      .settle()
      .end('a', 'failed');
    const second = story.offer(based({ type: 'step-retried', step: 'a', reason: null }, seen), 'b.two');
    expect(second?.message).toBe('a.brandt had Step 1 “Move” run again at 14:00 UTC. Look at it again before you act.');
  });

  it('is late for a row that was decided about, or a step that was run again, whatever was decided about other rows after that', () => {
    const [alpha, beta] = [{ host: 'alpha' }, { host: 'beta' }];
    const bothUnknown = () => DrillStory.started(twoHosts()).settle().end('a', 'unknown', alpha).end('a', 'unknown', beta);
    const again = bothUnknown();
    const seen = again.state.seq;
    again
      .tell(based(decide('alpha'), seen), 'b.two')
      .tell(based(decide('beta'), seen), 'b.two')
      .settle();
    again.end('a', 'unknown', alpha).end('a', 'unknown', beta);
    const late = 'b.two decided about Step 1 “A step” on alpha at 14:00 UTC. Look at it again before you act.';
    expect(again.offer(based(decide('alpha'), seen), 'a.brandt')?.message).toBe(late);
    expect(again.offer(based(decide('alpha'), again.state.seq), 'a.brandt')).toBeNull();
    const retried = bothUnknown();
    const before = retried.state.seq;
    retried.tell(decide('alpha', 'failed'), 'b.two').tell(decide('beta', 'failed'), 'b.two');
    retried.tell({ type: 'step-retried', step: 'a', reason: null }, 'c.three').settle();
    retried.end('a', 'unknown', alpha).end('a', 'unknown', beta).tell(decide('beta'), 'b.two').settle();
    expect(retried.offer(based(decide('alpha'), before), 'a.brandt')?.message).toContain('c.three had Step 1 “A step” run again');
  });

  it('is late for a step once the drill was aborted, reopened or undone, whatever steered it after that', () => {
    const skip: DrillEvent = { type: 'step-skipped', step: 'b', reason: 'x' };
    const reopened = failed();
    const seen = reopened.state.seq;
    reopened
      .tell({ type: 'reopened', reason: 'x' }, 'b.two')
      .wait(120_000)
      .tell(takeOver('b.two'), 'dr-deputy')
      .tell({ type: 'resumed' }, 'dr-deputy');
    expect(reopened.offer(based(skip, seen), 'a.brandt')).toEqual({
      code: 'CONFLICT',
      message: 'b.two reopened the drill at 14:00 UTC. Look at it again before you act.',
    });
    expect(reopened.offer(based(skip, reopened.state.seq), 'a.brandt')).toBeNull();
    const tidies = plan([...inSequence([run('a', { undo: 'back' }), run('b')]), run('tidy', { isAlways: true, needs: ['b'] })]);
    const skipTidy: DrillEvent = { ...skip, step: 'tidy' };
    const aborted = DrillStory.started(tidies).settle().end('a');
    const before = aborted.state.seq;
    aborted.tell({ type: 'abort-requested', form: 'finish', reason: 'x' }, 'b.two').tell(takeOver('s.tarter'), 'dr-deputy');
    expect(aborted.offer(based(skipTidy, before), 'a.brandt')?.message).toContain('b.two aborted the drill at 14:00 UTC.');
    aborted.settle().end('b').end('tidy', 'failed');
    const atEnd = aborted.state.seq;
    aborted.tell({ type: 'revert-requested', reason: 'x' }, 'c.three').tell(takeOver('dr-deputy'), 'b.two');
    expect(aborted.offer(based(skipTidy, atEnd), 'a.brandt')?.message).toContain('c.three had what was left behind undone at 14:00 UTC.');
  });

  it('leaves an approval by several open to the next one', () => {
    const story = DrillStory.started(plan([approve('go', { count: 2 })])).settle();
    const seen = story.state.seq;
    const go: DrillEvent = based({ type: 'step-confirmed', step: 'go', outcome: 'done', note: null }, seen);
    expect([story.offer(go, 'a.brandt'), story.offer(go, 'b.two'), story.settle().state.result]).toEqual([null, null, 'passed']);
  });

  it('is taken down once, whoever repeats it', () => {
    const story = DrillStory.started(plan([run('a')])).settle();
    story.tell(based({ type: 'paused' }, story.state.seq, 'request-1'), 'a.brandt');
    expect(story.offer(based({ type: 'paused' }, story.state.seq, 'request-1'), 'a.brandt')?.message).toBe(
      'This request has been taken down already.',
    );
    expect(story.state.requests['request-1']).toMatchObject({ by: 'a.brandt', event: { type: 'paused' } });
  });

  it('names an entry that there is', () => {
    const story = DrillStory.started(plan([run('a')]));
    expect(story.offer(based({ type: 'paused' }, 99), 'a.brandt')).toMatchObject({ code: 'INVALID_INPUT', field: 'basedOn' });
  });
});

describe('being in charge', () => {
  it('is for whoever started, until somebody takes over with a reason', () => {
    const story = DrillStory.started(plan([run('a')]));
    expect(story.state.inCharge).toMatchObject({ name: 's.tarter', from: null });
    story.wait(60_000).tell(takeOver('s.tarter'), 'dr-deputy');
    expect(story.state.inCharge).toMatchObject({ name: 'dr-deputy', from: 's.tarter', reason: 'Her shift has ended.', sinceAt: story.now });
  });

  it('goes to one of two who take over at the same moment', () => {
    const story = DrillStory.started(plan([run('a')])).tell(takeOver('s.tarter'), 'dr-deputy');
    expect(story.offer(takeOver('s.tarter'), 'b.two')?.message).toContain('dr-deputy is in charge since 14:00 UTC');
    expect(story.offer(takeOver('dr-deputy'), 'dr-deputy')?.message).toBe('You are in charge of this drill already.');
    expect(story.offer(takeOver('dr-deputy'), 'b.two')).toBeNull();
  });

  it('is for a drill that runs', () => {
    const story = DrillStory.started(plan([run('a')]))
      .settle()
      .end('a');
    expect(story.offer(takeOver('s.tarter'), 'dr-deputy')?.code).toBe('BAD_STATE');
  });
});

describe('a retry', () => {
  it('is for the hosts that failed', () => {
    const story = failedOnBeta().tell({ type: 'step-retried', step: 'a', reason: null }, 'a.brandt').settle();
    expect([story.live('a', 'alpha'), story.live('a', 'beta')?.attempt]).toEqual([undefined, 2]);
    expect(story.end('a').state).toMatchObject({ result: 'passed', summary: { hasDeviations: true } });
  });

  it('is for all hosts when that is what is asked for', () => {
    const story = failedOnBeta().tell({ type: 'step-retried', step: 'a', reason: null, isEverywhere: true }, 'a.brandt').settle();
    expect([story.live('a', 'alpha')?.attempt, story.live('a', 'beta')?.attempt]).toEqual([2, 2]);
  });
});

describe('a drill that ended', () => {
  const reopened: DrillEvent = { type: 'reopened', reason: 'The disk is free again.' };

  it('goes on from where it stopped: paused, then retried, then passed with deviations', () => {
    const story = failed();
    const endedAt = story.now;
    expect(story.state.result).toBe('failed');
    story.wait(600_000).tell(reopened, 'dr-deputy').settle();
    expect(story.state).toMatchObject({ run: 'paused', result: null, finishedAt: null, inCharge: { name: 'dr-deputy', from: 's.tarter' } });
    story.tell({ type: 'step-retried', step: 'b', reason: null }, 'dr-deputy').tell({ type: 'resumed' }, 'dr-deputy').settle();
    expect(story.live('b')?.attempt).toBe(2);
    story.end('b').end('c');
    expect(story.state).toMatchObject({ result: 'passed', summary: { hasDeviations: true, humanWaitMs: 600_000 } });
    expect(story.step('a').attempts).toHaveLength(1);
    expect(story.state.formerEnds).toMatchObject([{ result: 'failed', endedAt, reopenedAt: story.now, reopenedBy: 'dr-deputy', isRevert: false }]);
  });

  it('counts the time in between as recovery time', () => {
    const clocks = [{ name: 'recovery', from: null, to: 'a', objectiveMs: null }];
    const story = DrillStory.started(plan([run('a')], { clocks }))
      .settle()
      .end('a', 'failed');
    story.wait(7_200_000).tell(reopened, 'dr-deputy').tell({ type: 'step-retried', step: 'a', reason: null }, 'dr-deputy');
    story.tell({ type: 'resumed' }, 'dr-deputy').settle().end('a');
    expect(story.state).toMatchObject({ result: 'late', summary: { recoveryMs: 7_200_000 } });
  });

  it('runs what always runs again at its new end, and asks again what an abort cut short', () => {
    const story = DrillStory.started(plan([...inSequence([run('a'), confirm('b')]), run('tidy', { needs: ['b'], isAlways: true })]))
      .settle()
      .end('a');
    story.tell({ type: 'abort-requested', form: 'finish', reason: 'Lunch.' }, 'a.brandt').settle().end('tidy');
    expect([story.state.result, story.step('b').state, story.step('tidy').state]).toEqual(['aborted', 'cancelled', 'succeeded']);
    story.tell(reopened, 'a.brandt').tell({ type: 'resumed' }, 'a.brandt').settle();
    expect([story.step('b').state, story.step('tidy').state]).toEqual(['waiting', 'pending']);
    story.tell({ type: 'step-confirmed', step: 'b', outcome: 'done', note: null }, 'a.brandt').settle();
    expect(story.live('tidy')?.attempt).toBe(2);
    expect(story.end('tidy').state.result).toBe('passed');
  });

  it('goes on inside a called runbook', () => {
    const steps = [run('move/a'), run('move/b', { needs: ['move/a'] }), call('move', { needs: ['move/b'] }), run('after', { needs: ['move'] })];
    const story = DrillStory.started(plan(steps)).settle().end('move/a').end('move/b', 'failed');
    story.tell(reopened, 'a.brandt').tell({ type: 'step-retried', step: 'move/b', reason: null }, 'a.brandt').tell({ type: 'resumed' }, 'a.brandt');
    story.settle().end('move/b').end('after');
    expect(story.state.result).toBe('passed');
  });

  it('looks again where a wait was cut short, and keeps what nobody can tell for a person to decide', () => {
    const story = DrillStory.started(plan([wait('w', { timeoutMs: 60_000 }), run('u')])).settle();
    story.tell({ type: 'abort-requested', form: 'finish', reason: 'x' }, 'a.brandt').settle().end('u', 'unknown').end('w', 'failed');
    expect(story.state.result).toBe('aborted');
    story.tell(reopened, 'a.brandt').tell({ type: 'resumed' }, 'a.brandt').wait(100);
    expect([story.live('w')?.attempt, story.step('u').state]).toEqual([2, 'unknown']);
    story.end('w');
    expect(story.state.run).toBe('needs-decision');
  });

  it('does not go on once something was put back, after too long, or when it passed', () => {
    const put = DrillStory.started(pair()).settle().end('lock').end('b', 'failed').end('unlock');
    expect(put.offer(reopened, 'a.brandt')?.message).toContain('Step 1 “Lock” was put back by Step 3');
    const undone = DrillStory.started(plan(inSequence([run('a', { undo: 'back' }), confirm('b')])))
      .settle()
      .end('a');
    undone.tell({ type: 'abort-requested', form: 'undo', reason: 'x' }, 'a.brandt').settle().end('a');
    expect(undone.offer(reopened, 'a.brandt')?.message).toContain('The drill was undone');
    const old = failed().wait(REOPEN_WITHIN_MS + 1);
    expect(old.offer(reopened, 'a.brandt')?.message).toContain('ended more than 1 d ago');
    expect(
      DrillStory.started(plan([run('a')]))
        .settle()
        .end('a')
        .offer(reopened, 'a.brandt')?.message,
    ).toContain('passed');
    expect(DrillStory.started(plan([run('a')])).offer(reopened, 'a.brandt')?.message).toBe('s.tarter started the drill at 14:00 UTC. It is running.');
  });

  it('can have undone later what it left behind, and keeps its result', () => {
    const steps = inSequence([run('a', { undo: 'back a' }), run('b', { undo: 'back b' }), run('c')]);
    const story = DrillStory.started(plan(steps)).settle().end('a').end('b').end('c', 'failed');
    expect(story.state).toMatchObject({ result: 'failed', summary: { isUnclean: true } });
    story
      .wait(REOPEN_WITHIN_MS * 3)
      .tell({ type: 'revert-requested', reason: 'Tidying up.' }, 'a.brandt')
      .settle();
    expect([story.live('a'), story.live('b')?.isUndo]).toEqual([undefined, true]);
    story.end('b', 'failed');
    expect(story.state).toMatchObject({ result: 'failed', summary: { isUnclean: true } });
    story.tell({ type: 'revert-requested', reason: 'Once more.' }, 'a.brandt').settle().end('b').end('a');
    expect(story.state).toMatchObject({ result: 'failed', summary: { isUnclean: false } });
    expect(story.offer({ type: 'revert-requested', reason: 'x' }, 'a.brandt')?.code).toBe('CONFLICT');
  });

  it('tells whoever comes too late who acted before, and when', () => {
    const story = DrillStory.started(plan([run('a', { hosts: ['alpha', 'beta'], onFailure: 'ask' })])).settle();
    story.end('a', 'unknown', { host: 'alpha' }).tell({ type: 'paused', stop: { reason: 'Power is out.' } }, 'c.lead');
    expect(story.state.pause).toEqual({ by: 'c.lead', at: story.now, stop: 'Power is out.' });
    const decided = { type: 'unknown-decided', step: 'a', host: 'alpha', decision: 'succeeded', reason: 'Seen.' } as const;
    story.tell(decided, 'a.brandt');
    expect(story.offer(decided, 'b.two')?.message).toContain('a.brandt decided about Step 1 “A step” on alpha at 14:00 UTC.');
    story.tell({ type: 'resumed' }, 'b.two');
    expect(story.state.pause).toBeNull();
    story.tell({ type: 'abort-requested', form: 'finish', reason: 'x' }, 'a.brandt').settle().end('a', 'failed', { host: 'beta' });
    expect(story.offer({ type: 'paused' }, 'b.two')?.message).toBe(
      'a.brandt aborted the drill at 14:00 UTC, and it ended at 14:00 UTC. Request a new one to run it again.',
    );
  });
});
