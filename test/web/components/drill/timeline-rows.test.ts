// Rows of the timeline: calls span what they bring and fold it away; numbers stay.
import { describe, expect, it } from 'vitest';
import type { StepDetail } from '../../../../web/components/drill/drill-type.ts';
import { timelineRows } from '../../../../web/components/drill/timeline-rows.ts';

const START = Date.parse('2026-11-24T10:00:00Z');
const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();

function step([id, kind]: readonly [string, string], [startMs, endMs]: readonly [number, number], over: object = {}): StepDetail {
  const planned = { id, kind, startMs: startMs * 1_000, endMs: endMs * 1_000, isCritical: id !== 'site/web' };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rows look at these fields alone
  return { id, state: 'PENDING', startedAt: null, endedAt: null, waitingSince: null, confirmedAt: null, planned, ...over } as unknown as StepDetail;
}

const STEPS = [
  step(['stop', 'RUN'], [0, 10], { state: 'SUCCEEDED', startedAt: at(0), endedAt: at(12) }),
  step(['site', 'CALL'], [40, 40]),
  step(['site/db', 'RUN'], [10, 40], { state: 'LAUNCHED', startedAt: at(12) }),
  step(['site/web', 'RUN'], [10, 15], { state: 'SUCCEEDED', startedAt: at(13), endedAt: at(14) }),
  step(['serve', 'RUN'], [40, 50]),
];
const rows = (folded: readonly string[] = [], remainingCritical: readonly string[] = ['site/web']) =>
  timelineRows(
    { steps: STEPS, remainingCritical: [...remainingCritical], state: 'RUNNING' },
    { startedAt: START, now: START + 20_000, folded: new Set(folded) },
  );

describe('the rows of the timeline', () => {
  it('are all there from the first second, a call over all that it brings', () => {
    expect(rows().map((row) => [row.number, row.step.id, row.holds])).toEqual([
      [1, 'stop', 0],
      [2, 'site', 2],
      [3, 'site/db', 0],
      [4, 'site/web', 0],
      [5, 'serve', 0],
    ]);
    expect(rows()[1]?.bars).toEqual({
      planned: { startMs: 10_000, endMs: 40_000 },
      actual: { startMs: 12_000, endMs: 20_000 },
      isHuman: false,
    });
  });

  it('fold away under their call, and keep their numbers', () => {
    expect(rows(['site']).map((row) => [row.number, row.step.id, row.isFolded])).toEqual([
      [1, 'stop', false],
      [2, 'site', true],
      [5, 'serve', false],
    ]);
  });

  it('mark the critical path of what remains, and of the plan for what has ended', () => {
    expect(rows([], ['site/db', 'serve']).flatMap((row) => (row.isCritical ? [row.step.id] : []))).toEqual(['stop', 'site/db', 'serve']);
    expect(rows([], []).flatMap((row) => (row.isCritical ? [row.step.id] : []))).toEqual(['stop', 'site', 'site/db', 'serve']);
  });
});
