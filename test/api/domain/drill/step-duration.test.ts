// What a finished run teaches about its steps: the work, and the people in it, kept apart.
import { describe, expect, it } from 'vitest';
import { measuredSteps, spanOf } from '../../../../api/domain/drill/step-duration.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { confirm, inSequence, plan, run, sleep } from '../../../support/plan-builder.ts';

const A_RETRY = { attempts: 2, everyMs: 1_000, backoff: 1 } as const;

function later(story: DrillStory, seconds: number): DrillStory {
  story.now += seconds * 1_000;
  return story;
}

const taught = (story: DrillStory) => measuredSteps(story.state).map(({ step, workMs, humanMs }) => [step, workMs / 1_000, humanMs / 1_000]);

describe('a finished run teaches', () => {
  it('the work of commands and the wait of questions', () => {
    const story = DrillStory.started(plan(inSequence([run('stop'), confirm('go'), run('serve')]))).settle();
    later(story, 10).end('stop');
    later(story, 20).tell({ type: 'step-confirmed', step: 'go', outcome: 'done', note: null }, 'a.brandt').settle();
    later(story, 30).end('serve');
    expect(taught(story)).toEqual([
      ['stop', 10, 0],
      ['go', 0, 20],
      ['serve', 30, 0],
    ]);
  });

  it('of a step that a person had run again, the time until they did so as the person’s', () => {
    const story = DrillStory.started(plan([run('stop')])).settle();
    later(story, 10).end('stop', 'failed');
    expect(story.state.result).toBe('failed');
    const open = DrillStory.started(plan([run('stop'), confirm('hold')])).settle();
    later(open, 10).end('stop', 'failed');
    later(open, 60).tell({ type: 'step-retried', step: 'stop', reason: null }, 'a.brandt').settle();
    later(open, 5).end('stop');
    open.tell({ type: 'step-confirmed', step: 'hold', outcome: 'done', note: null }, 'a.brandt').settle();
    expect(taught(open)).toEqual([
      ['stop', 15, 60],
      ['hold', 0, 75],
    ]);
  });

  it('of an automatic retry, its pause as work', () => {
    const story = DrillStory.started(plan([run('stop', { retry: A_RETRY })])).settle();
    later(story, 3).end('stop', 'failed');
    later(story, 1).settle();
    later(story, 2).end('stop');
    expect(taught(story)).toEqual([['stop', 6, 0]]);
  });

  it('of rows side by side, the time in which one of them worked', () => {
    const story = DrillStory.started(plan([run('stop', { hosts: ['alpha', 'beta'] })])).settle();
    later(story, 4).end('stop', 'succeeded', { host: 'alpha' });
    later(story, 3).end('stop', 'succeeded', { host: 'beta' });
    expect(taught(story)).toEqual([['stop', 7, 0]]);
  });

  it('nothing about sleeps, failures, skips, and a drill that has not ended', () => {
    const open = DrillStory.started(plan(inSequence([run('stop'), run('serve')]))).settle();
    later(open, 1).end('stop');
    expect(taught(open)).toEqual([]);
    const story = DrillStory.started(plan([sleep('rest', 1_000), run('stop', { onFailure: 'continue' })])).settle();
    story.end('stop', 'failed');
    later(story, 1).settle();
    expect(story.state.finishedAt).not.toBeNull();
    expect(taught(story)).toEqual([]);
  });

  it('nothing in a check', () => {
    const story = DrillStory.started(plan([run('stop', { isShownOnly: true })], { mode: 'check' })).settle();
    expect(story.state.finishedAt).not.toBeNull();
    expect(taught(story)).toEqual([]);
  });
});

describe('the span of a step', () => {
  it('grows while it runs, and is none before it has begun', () => {
    const steps = inSequence([run('stop'), confirm('go')]);
    const story = DrillStory.started(plan(steps)).settle();
    const spanIn = (id: string) => {
      const step = steps.find((one) => one.id === id);
      const progress = story.state.steps.get(id);
      return step === undefined || progress === undefined ? undefined : spanOf(step, progress, story.now + 9_000);
    };
    expect(spanIn('stop')).toEqual({ elapsedMs: 9_000, humanMs: 0 });
    expect(spanIn('go')).toBeNull();
    story.end('stop');
    expect(spanIn('go')).toEqual({ elapsedMs: 9_000, humanMs: 9_000 });
  });
});
