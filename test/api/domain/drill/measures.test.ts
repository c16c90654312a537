// What a drill measures: recovery time, data loss, and what its clocks show.
import { describe, expect, it } from 'vitest';
import { measureDataLoss } from '../../../../api/domain/drill/canary.ts';
import { clockReadings } from '../../../../api/domain/drill/clocks.ts';
import type { CanaryState } from '../../../../api/domain/drill/state.ts';
import type { Plan } from '../../../../api/domain/drill/plan.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { confirm, inSequence, plan, run } from '../../../support/plan-builder.ts';

const recovery = (from: string | null) => ({ name: 'recovery', from, to: 'serve', objectiveMs: null });
const steps = inSequence([run('stop'), confirm('go'), run('serve'), run('tidy')]);

/** 10 s before `stop` ends, 20 s for the person, 30 s for `serve`. */
function told(change: Partial<Plan>): DrillStory {
  const story = DrillStory.started(plan(steps, change)).wait(0).settle();
  story.now += 10_000;
  story.end('stop').wait(20_000).tell({ type: 'step-confirmed', step: 'go', outcome: 'done', note: null }, 'a.brandt').settle();
  story.now += 30_000;
  story.end('serve');
  story.now += 99_000;
  return story.end('tidy');
}

describe('recovery time', () => {
  it('runs from the declaration to the end of the last step of its clock, people included', () => {
    expect(told({ clocks: [recovery(null)] }).state.summary).toMatchObject({ recoveryMs: 60_000, humanWaitMs: 20_000 });
  });

  it('runs from the start of the step that the clock names', () => {
    expect(told({ clocks: [recovery('go')] }).state.summary?.recoveryMs).toBe(50_000);
  });

  it('beyond the RTO makes the drill late', () => {
    expect(told({ clocks: [recovery(null)], objective: { rtoSeconds: 60, rpoSeconds: null } }).state.result).toBe('passed');
    expect(told({ clocks: [recovery(null)], objective: { rtoSeconds: 59, rpoSeconds: null } }).state.result).toBe('late');
  });

  it('is not measured without its clock, and not by a step that was skipped', () => {
    expect(told({}).state.summary?.recoveryMs).toBeNull();
    const story = DrillStory.started(plan([run('serve'), confirm('hold')], { clocks: [recovery(null)] }))
      .settle()
      .end('serve', 'failed');
    story.tell({ type: 'step-skipped', step: 'serve', reason: 'By hand.' }, 'a.brandt');
    story.tell({ type: 'step-confirmed', step: 'hold', outcome: 'done', note: null }, 'a.brandt').settle();
    expect(story.state).toMatchObject({ result: 'passed', summary: { recoveryMs: null } });
  });
});

describe('clocks', () => {
  it('show what has run so far, and stand still once the drill has ended', () => {
    const story = DrillStory.started(
      plan(steps, { clocks: [recovery('go'), { name: 'read-only', from: 'stop', to: 'serve', objectiveMs: 9 }] }),
    ).settle();
    expect(clockReadings(story.state, story.now + 500)).toEqual([
      { name: 'drill', startedAt: story.now, endedAt: null, elapsedMs: 500, objectiveMs: null },
      { name: 'recovery', startedAt: null, endedAt: null, elapsedMs: null, objectiveMs: 3_600_000 },
      { name: 'read-only', startedAt: story.now, endedAt: null, elapsedMs: 500, objectiveMs: 9 },
      { name: 'human-wait', startedAt: null, endedAt: null, elapsedMs: 0, objectiveMs: null },
    ]);
    story.end('stop', 'failed');
    const later = clockReadings(story.state, story.now + 1e9);
    expect(later.map((clock) => clock.elapsedMs)).toEqual([0, null, 0, 0]);
    expect(later[2]?.endedAt).toBeNull();
  });
});

const marker = (number: number, writtenAt: number) => ({ type: 'canary-acknowledged', marker: number, writtenAt }) as const;

const types = (story: DrillStory) => story.due().map((effect) => effect.type);

describe('the canary', () => {
  const canary = { write: { host: 'alpha', command: 'w', everyMs: 1_000 }, read: { host: 'beta', command: 'r' }, until: 'stop', readAfter: null };
  const withCanary = (change: Partial<Plan> = {}) =>
    plan(inSequence([run('before'), run('stop'), run('serve')]), { canary, clocks: [recovery(null)], ...change });
  it('writes until its step may start, and is read when the recovery has ended', () => {
    const story = DrillStory.started(withCanary({ objective: { rtoSeconds: 60, rpoSeconds: 2 } })).settle();
    expect(types(story)).toEqual(['write-canary']);
    story.tell(marker(1, story.now)).tell(marker(2, story.now + 5_000));
    story.end('before');
    expect(types(story)).toEqual([]);
    story.end('stop').end('serve');
    expect(types(story)).toEqual(['read-canary']);
    const reading = measureDataLoss(story.state.canary, 1);
    story.tell({ type: 'canary-read', ...reading }).settle();
    expect(story.state).toMatchObject({ result: 'late', summary: { dataLossMs: 5_000 } });
  });

  it('is given the chance of one marker before the step that ends it', () => {
    const story = DrillStory.started(withCanary({ canary: { ...canary, until: 'before' } })).settle();
    expect(story.step('before').state).toBe('pending');
    story.tell({ type: 'canary-missed', marker: 1, reason: 'No table.' }).settle();
    expect(story.step('before').state).toBe('launched');
  });

  it('goes on while the drill is paused before its step', () => {
    const story = DrillStory.started(withCanary()).settle().tell(marker(1, 1)).tell({ type: 'paused' }, 'a.brandt').end('before');
    expect(types(story)).toEqual(['write-canary']);
  });

  it('makes the drill late when the recovery side has no marker at all', () => {
    const story = DrillStory.started(withCanary({ objective: { rtoSeconds: 60, rpoSeconds: 999 } }))
      .settle()
      .tell(marker(1, 1));
    story
      .end('before')
      .end('stop')
      .end('serve')
      .tell({ type: 'canary-read', ...measureDataLoss(story.state.canary, null) })
      .settle();
    expect(story.state).toMatchObject({ result: 'late', summary: { dataLossMs: null } });
  });

  it('does nothing in a dry run', () => {
    expect(types(DrillStory.started(withCanary({ mode: 'dry-run' })).settle())).toEqual([]);
  });

  it('loss is the time between the last acknowledged marker and the newest found', () => {
    const acknowledged = [
      { marker: 1, writtenAt: 100 },
      { marker: 2, writtenAt: 200 },
      { marker: 4, writtenAt: 400 },
    ];
    const state: CanaryState = { acknowledged, lastAcknowledged: acknowledged[2] ?? null, lastMarker: 5, missed: 2, read: null };
    const loss = (newest: number | null) => measureDataLoss(state, newest).dataLossMs;
    expect([loss(4), loss(5), loss(2), loss(3), loss(1), loss(0), loss(null)]).toEqual([0, 0, 200, 200, 300, null, null]);
    expect(measureDataLoss({ ...state, acknowledged: [], lastAcknowledged: null }, 3).reason).toContain('No marker was acknowledged');
  });
});
