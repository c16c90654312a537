// How a drill stands against plan and RTO.
import { describe, expect, it } from 'vitest';
import { outlook } from '../../../../web/components/drill/recovery-outlook.ts';

const START = Date.parse('2026-11-24T10:00:00Z');
const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();
const RUNNING = { name: 'recovery', objectiveMs: 90_000, startedAt: at(0), endedAt: null, elapsedMs: 10_000 };

/** A drill of 100 s of which the last 20 s come after the recovery; RTO 90 s. */
function drill(over: Partial<Parameters<typeof outlook>[0]> = {}): Parameters<typeof outlook>[0] {
  return {
    startedAt: at(0),
    finishedAt: null,
    expectedEndAt: at(100),
    expectedRecoveryAt: at(80),
    plannedTotalMs: 100_000,
    recoveryMs: null,
    rtoSeconds: 90,
    clocks: [RUNNING],
    ...over,
  };
}

describe('the outlook of a drill', () => {
  it('is unknown before the start', () => {
    expect(outlook(drill({ startedAt: null }), START)).toBeNull();
  });

  it('does not count against the RTO what follows the recovery', () => {
    expect(outlook(drill(), START + 10_000)).toEqual({
      elapsedMs: 10_000,
      remainingMs: 90_000,
      endAt: START + 100_000,
      lateMs: 0,
      spareMs: 10_000,
      isRecovered: false,
    });
  });

  it('counts the recovery from where its clock started', () => {
    expect(outlook(drill({ clocks: [{ ...RUNNING, startedAt: at(30) }] }), START + 40_000)?.spareMs).toBe(40_000);
  });

  it('takes the end for the recovery where no clock runs', () => {
    expect(outlook(drill({ clocks: [], expectedRecoveryAt: null }), START)?.spareMs).toBe(-10_000);
  });

  it('moves the finish and eats the spare when the expected end is late', () => {
    const view = outlook(drill({ expectedEndAt: at(115), expectedRecoveryAt: at(95) }), START + 60_000);
    expect(view).toMatchObject({ lateMs: 15_000, spareMs: -5_000, remainingMs: 55_000 });
  });

  it('never promises an end in the past', () => {
    expect(outlook(drill(), START + 130_000)).toMatchObject({ endAt: START + 130_000, remainingMs: 0 });
  });

  it('leaves no spare once the RTO has passed without a recovery, whatever was expected', () => {
    expect(outlook(drill(), START + 95_000)?.spareMs).toBe(-5_000);
  });

  it('takes the measured recovery over any estimate', () => {
    const clocks = [{ ...RUNNING, endedAt: at(70), elapsedMs: 70_000 }];
    expect(outlook(drill({ clocks, expectedEndAt: at(300) }), START + 100_000)).toMatchObject({ spareMs: 20_000, isRecovered: true });
  });

  it('promises nothing while nobody can say', () => {
    expect(outlook(drill({ expectedEndAt: null, expectedRecoveryAt: null }), START)).toMatchObject({ remainingMs: null, endAt: null, spareMs: null });
  });

  it('stops the elapsed time when the drill is over', () => {
    expect(outlook(drill({ finishedAt: at(101), recoveryMs: 95_000, expectedEndAt: null }), START + 999_000)).toEqual({
      elapsedMs: 101_000,
      remainingMs: 0,
      endAt: START + 101_000,
      lateMs: 1_000,
      spareMs: -5_000,
      isRecovered: true,
    });
  });
});
