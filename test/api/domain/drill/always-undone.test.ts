// What is undone however the drill ends is left to end, also when the drill was aborted at once.
import { describe, expect, it } from 'vitest';
import { DrillStory } from '../../../support/drill-story.ts';
import { inSequence, plan, run } from '../../../support/plan-builder.ts';

const aborted = (): DrillStory =>
  DrillStory.started(plan(inSequence([run('silence', { undo: 'lift', isUndoAlways: true }), run('work')])))
    .settle()
    .end('silence')
    .tell({ type: 'abort-requested', form: 'now', reason: 'x' }, 'a.brandt');

describe('A drill that is aborted at once', () => {
  it('ends the commands under way', () => {
    expect(aborted().due()).toContainEqual({ type: 'cancel', ref: { step: 'work', host: 'alpha', attempt: 1, isUndo: false } });
  });

  it('does not end the undo that runs however it ends', () => {
    const story = aborted().settle().end('work', 'cancelled');
    expect(story.live('silence')).toMatchObject({ isUndo: true });
    expect(story.due().filter(({ type }) => type === 'cancel')).toEqual([]);
    story.end('silence');
    expect(story.state).toMatchObject({ run: 'aborted', summary: { isUnclean: false } });
  });
});

describe('A step that always runs and is always undone', () => {
  it('does not let the course go on once its failure has stopped the drill and its undo has put it back', () => {
    const silence = run('silence', { undo: 'lift', isUndoAlways: true, isAlways: true });
    const story = DrillStory.started(plan([silence, run('work', { needs: ['silence'] })]))
      .settle()
      .end('silence', 'failed');
    expect(story.live('silence')).toMatchObject({ isUndo: true });
    story.end('silence');
    expect(story.step('silence').state).toBe('undone');
    expect([story.state.result, story.step('work').attempts]).toEqual(['failed', []]);
  });
});
