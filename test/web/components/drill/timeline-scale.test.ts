// The drill's time axis: everything lies on it, ticks are few and even, and a far objective does not squeeze the bars.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickLabel, timelineAxis } from '../../../../web/components/drill/timeline-scale.ts';

const MINUTE = 60_000;

describe('the time axis', () => {
  it('reaches past the plan, the elapsed time and a near objective', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 86_400_000 }),
        fc.integer({ min: 0, max: 86_400_000 }),
        fc.option(fc.integer({ min: 1, max: 86_400_000 })),
        (plannedMs, elapsedMs, objectiveMs) => {
          const axis = timelineAxis({ plannedMs, elapsedMs, objectiveMs });
          expect(axis.endMs).toBeGreaterThan(Math.max(plannedMs, elapsedMs));
          expect(axis.ticks.length).toBeLessThanOrEqual(9);
          for (const tick of axis.ticks) expect(axis.at(tick)).toBeLessThanOrEqual(100);
          if (axis.isObjectiveShown && objectiveMs !== null) expect(axis.at(objectiveMs)).toBeLessThan(100);
        },
      ),
    );
  });

  it('names an objective that is more than twice as far instead of drawing it', () => {
    expect(timelineAxis({ plannedMs: MINUTE, elapsedMs: 0, objectiveMs: 15 * MINUTE }).isObjectiveShown).toBe(false);
    expect(timelineAxis({ plannedMs: 10 * MINUTE, elapsedMs: 0, objectiveMs: 15 * MINUTE }).isObjectiveShown).toBe(true);
  });

  it('places instants in proportion and keeps them on the axis', () => {
    const axis = timelineAxis({ plannedMs: 10 * MINUTE, elapsedMs: 0, objectiveMs: null });
    expect(axis.at(5 * MINUTE) * 2).toBeCloseTo(axis.at(10 * MINUTE));
    expect(axis.at(99 * MINUTE)).toBe(100);
    expect(axis.at(-1)).toBe(0);
  });

  it('labels ticks as people say them', () => {
    expect([0, 30_000, 60_000, 90_000, 3_600_000, 5_400_000].map(tickLabel)).toEqual(['0', '30 s', '1 min', '1:30', '1 h', '1:30']);
  });
});
