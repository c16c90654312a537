// Two runs side by side: what took longer, what is new, what is gone.
import { describe, expect, it } from 'vitest';
import { compareSections, compareSteps } from '../../../../api/domain/drill/compare-runs.ts';
import { sectionsOf } from '../../../../api/domain/drill/sections.ts';
import type { PlanStep } from '../../../../api/domain/drill/plan.ts';
import { planTimeline } from '../../../../api/domain/drill/timeline.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { inSequence, plan, run } from '../../../support/plan-builder.ts';

/** A run whose steps take these seconds, one after the other. */
function ran(steps: readonly PlanStep[], ...seconds: readonly number[]): DrillStory {
  const sequence = inSequence(steps);
  const story = DrillStory.started(plan(sequence)).settle();
  for (const [index, { id }] of sequence.entries()) {
    const took = seconds[index];
    if (took === undefined) break;
    story.now += took * 1_000;
    story.end(id);
  }
  return story;
}

const compared = (before: DrillStory, after: DrillStory) =>
  compareSteps(before.state, after.state, after.now).map((row) => [
    row.kind,
    row.before?.id ?? null,
    row.now?.id ?? null,
    row.differenceMs === null ? null : row.differenceMs / 1_000,
  ]);

const sections = (story: DrillStory) => sectionsOf(story.state, planTimeline(story.plan), story.now);

describe('two runs', () => {
  it('of the same steps show the difference of each', () => {
    const before = ran([run('stop'), run('serve')], 10, 20);
    const after = ran([run('stop'), run('serve')], 12, 15);
    expect(compared(before, after)).toEqual([
      ['same', 'stop', 'stop', 2],
      ['same', 'serve', 'serve', -5],
    ]);
    expect(compareSteps(before.state, after.state, after.now)[0]).toMatchObject({
      before: { state: 'succeeded', elapsedMs: 10_000, humanMs: 0 },
      now: { state: 'succeeded', elapsedMs: 12_000 },
    });
  });

  it('show what is new, gone, changed, and what has another id', () => {
    const before = ran([run('stop'), run('warm', { title: 'Warm it', command: 'warm' }), run('old', { title: 'Old' }), run('serve')], 1, 1, 1, 1);
    const after = ran(
      [run('stop', { command: 'halt' }), run('heat', { title: 'Warm it', command: 'warm' }), run('new', { title: 'New' }), run('serve')],
      1,
      3,
      1,
      1,
    );
    expect(compared(before, after)).toEqual([
      ['changed', 'stop', 'stop', 0],
      ['moved', 'warm', 'heat', 2],
      ['gone', 'old', null, null],
      ['new', null, 'new', null],
      ['same', 'serve', 'serve', 0],
    ]);
  });

  it('show no difference for what has not begun', () => {
    const before = ran([run('stop'), run('serve')], 10, 20);
    const after = ran([run('stop'), run('serve')], 12);
    expect(compared(before, after)[1]).toEqual(['same', 'serve', 'serve', -20]);
  });

  it('compare their sections by name', () => {
    const before = ran([run('stop')], 10);
    const after = ran([run('stop')], 12);
    expect(compareSections(sections(before), sections(after)).map(({ now, differenceMs }) => [now?.id, differenceMs])).toEqual([['drill', 2_000]]);
  });
});
