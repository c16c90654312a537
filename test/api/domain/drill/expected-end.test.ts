// The remaining time of a running drill, as its steps begin, end, and take longer than expected.
import { describe, expect, it } from 'vitest';
import { remainingPath } from '../../../../api/domain/drill/expected-end.ts';
import { estimateOf } from '../../../../api/domain/drill/timeline.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { confirm, inSequence, plan, run, sleep } from '../../../support/plan-builder.ts';

const left = (story: DrillStory) => {
  const path = remainingPath(story.state, story.now, estimateOf);
  return (
    path && { endIn: (path.endAt - story.now) / 1_000, recoveryIn: path.recoveryAt && (path.recoveryAt - story.now) / 1_000, critical: path.critical }
  );
};

const seconds = (id: string, estimate: number, needs: readonly string[] = []) => run(id, { needs, estimateMs: estimate * 1_000 });
const RECOVERY = { name: 'recovery', from: null, to: 'serve', objectiveMs: null };
const STEPS = [
  seconds('stop', 10),
  seconds('move', 30, ['stop']),
  seconds('warm', 5, ['stop']),
  seconds('serve', 10, ['move', 'warm']),
  seconds('tidy', 60, ['serve']),
];

function started(): DrillStory {
  return DrillStory.started(plan(STEPS, { clocks: [RECOVERY] })).settle();
}

describe('the remaining path', () => {
  it('leads to the recovery, and from then on to the end', () => {
    const story = started();
    expect(left(story)).toEqual({ endIn: 110, recoveryIn: 50, critical: ['stop', 'move', 'serve'] });
    story.now += 10_000;
    story.end('stop');
    expect(left(story)).toEqual({ endIn: 100, recoveryIn: 40, critical: ['move', 'serve'] });
    story.now += 20_000;
    story.end('warm').end('move').end('serve');
    expect(left(story)).toEqual({ endIn: 60, recoveryIn: null, critical: ['tidy'] });
  });

  it('shrinks while a step runs, and stands when it overruns', () => {
    const story = started();
    story.now += 4_000;
    expect(left(story)?.endIn).toBe(106);
    story.now += 20_000;
    expect(left(story)?.endIn).toBe(100);
    story.now += 1_000;
    expect(left(story)?.endIn).toBe(100);
  });

  it('is another one when a step beside it overruns', () => {
    const story = started();
    story.end('stop').end('move');
    story.now += 25_000;
    expect(left(story)?.critical).toEqual(['warm', 'serve']);
  });

  it('begins anew with what a person has run again', () => {
    const story = DrillStory.started(plan([seconds('stop', 10), confirm('hold', { expectedMs: 1_000 })])).settle();
    story.now += 8_000;
    story.end('stop', 'failed');
    story.now += 50_000;
    story.tell({ type: 'step-retried', step: 'stop', reason: null }, 'a.brandt');
    expect(left(story)?.endIn).toBe(10);
    story.settle();
    story.now += 4_000;
    expect(left(story)?.endIn).toBe(6);
  });

  it('knows when a sleep ends', () => {
    const story = DrillStory.started(plan(inSequence([sleep('rest', 20_000), seconds('stop', 10)]))).settle();
    story.now += 5_000;
    expect(left(story)?.endIn).toBe(25);
  });

  it('is none before the start, after the end, and while the drill is aborted', () => {
    expect(left(new DrillStory(plan(STEPS)))).toBeNull();
    const aborted = started();
    aborted.tell({ type: 'abort-requested', form: 'finish', reason: 'Enough.' }, 'a.brandt');
    expect(left(aborted)).toBeNull();
    aborted.end('stop');
    expect(aborted.state.finishedAt).not.toBeNull();
    expect(left(aborted)).toBeNull();
  });
});
