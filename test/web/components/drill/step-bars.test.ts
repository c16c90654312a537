// Planned and actual bars of a step.
import { describe, expect, it } from 'vitest';
import { stepBars } from '../../../../web/components/drill/step-bars.ts';

const START = Date.parse('2026-11-24T10:00:00Z');
const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();
const step = (over: object = {}) => ({
  state: 'LAUNCHED' as const,
  startedAt: null,
  endedAt: null,
  waitingSince: null,
  confirmedAt: null,
  planned: { startMs: 5_000, endMs: 9_000, kind: 'RUN' as const },
  ...over,
});

describe('the bars of a step', () => {
  it('show the plan alone before it begins', () => {
    expect(stepBars(step(), START, START + 60_000)).toEqual({ planned: { startMs: 5_000, endMs: 9_000 }, actual: null, isHuman: false });
  });

  it('reach to now while it runs', () => {
    expect(stepBars(step({ startedAt: at(6) }), START, START + 20_000).actual).toEqual({ startMs: 6_000, endMs: 20_000 });
  });

  it('end where it ended', () => {
    expect(stepBars(step({ startedAt: at(6), endedAt: at(8) }), START, START + 20_000).actual).toEqual({ startMs: 6_000, endMs: 8_000 });
  });

  it('are marked as human for a confirmation, from when it waits', () => {
    const confirm = step({ waitingSince: at(7), planned: { startMs: 5_000, endMs: 9_000, kind: 'CONFIRM' } });
    expect(stepBars(confirm, START, START + 10_000)).toMatchObject({ actual: { startMs: 7_000, endMs: 10_000 }, isHuman: true });
  });
});
