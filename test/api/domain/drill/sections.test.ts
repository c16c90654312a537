// Sections of a drill: planned against actual, with the people in them apart.
import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../../api/domain/drill/sections.ts';
import { planTimeline } from '../../../../api/domain/drill/timeline.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { call, confirm, inSequence, plan, run } from '../../../support/plan-builder.ts';

const STEPS = inSequence([
  run('stop', { estimateMs: 10_000 }),
  run('move-db/copy', { estimateMs: 20_000 }),
  confirm('move-db/look', { expectedMs: 30_000 }),
  call('move-db', { title: 'Move the database' }),
  run('serve', { estimateMs: 5_000 }),
]);
const CLOCKS = [{ name: 'recovery', from: null, to: 'serve', objectiveMs: null }];

const read = (story: DrillStory) =>
  sectionsOf(story.state, planTimeline(story.plan), story.now).map(({ id, depth, plannedStartMs, plannedEndMs, elapsedMs, humanMs, endedAt }) => ({
    id,
    depth,
    planned: [plannedStartMs / 1_000, plannedEndMs / 1_000],
    actual: elapsedMs === null ? null : [elapsedMs / 1_000, humanMs / 1_000],
    hasEnded: endedAt !== null,
  }));

describe('the sections of a drill', () => {
  it('are the drill, its clocks and its calls, with waits for people apart', () => {
    const story = DrillStory.started(plan(STEPS, { clocks: CLOCKS })).settle();
    expect(read(story)).toEqual([
      { id: 'drill', depth: 0, planned: [0, 65], actual: [0, 0], hasEnded: false },
      { id: 'clock:recovery', depth: 1, planned: [0, 65], actual: [0, 0], hasEnded: false },
      { id: 'call:move-db', depth: 1, planned: [10, 60], actual: null, hasEnded: false },
    ]);
    story.now += 10_000;
    story.end('stop');
    story.now += 15_000;
    story.end('move-db/copy');
    story.now += 40_000;
    expect(read(story).map(({ actual }) => actual)).toEqual([
      [65, 40],
      [65, 40],
      [55, 40],
    ]);
    story.tell({ type: 'step-confirmed', step: 'move-db/look', outcome: 'done', note: null }, 'a.brandt').settle();
    story.now += 5_000;
    expect(read(story).map(({ actual, hasEnded }) => [actual, hasEnded])).toEqual([
      [[70, 40], false],
      [[70, 40], false],
      [[55, 40], true],
    ]);
  });

  it('count a pause as waiting for people', () => {
    const story = DrillStory.started(plan(inSequence([run('stop'), run('serve')]), { clocks: CLOCKS })).settle();
    story.tell({ type: 'paused' }, 'a.brandt');
    story.now += 3_000;
    story.end('stop').tell({ type: 'resumed' }, 'a.brandt').settle();
    story.now += 2_000;
    story.end('serve');
    expect(read(story)[0]?.actual).toEqual([5, 3]);
    expect(story.state.summary?.humanWaitMs).toBe(3_000);
  });
});
