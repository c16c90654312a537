// Planned times along the needs, and the path that decides how long recovery takes.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClockDefinition } from '../../../../api/domain/runbook/runbook.ts';
import { planTimeline } from '../../../../api/domain/drill/timeline.ts';
import { check, confirm, plan, run, sleep, wait } from '../../../support/plan-builder.ts';

const RECOVERY: ClockDefinition = { name: 'recovery', from: null, to: 'd', objectiveMs: null };

/** a (10 s), then b (5 s) and c (20 s) side by side, then d (1 s); e (60 s) beside all of it. */
const DIAMOND = [
  run('a', { estimateMs: 10_000 }),
  run('b', { needs: ['a'], estimateMs: 5_000 }),
  run('c', { needs: ['a'], estimateMs: 20_000 }),
  run('d', { needs: ['b', 'c'], estimateMs: 1_000 }),
  run('e', { estimateMs: 60_000 }),
];

describe('planTimeline', () => {
  it('starts each step when all that it needs has ended', () => {
    const { steps, totalMs, recoveryMs } = planTimeline(plan(DIAMOND, { clocks: [RECOVERY] }));
    expect(steps.map(({ id, startMs, endMs }) => [id, startMs, endMs])).toEqual([
      ['a', 0, 10_000],
      ['b', 10_000, 15_000],
      ['c', 10_000, 30_000],
      ['d', 30_000, 31_000],
      ['e', 0, 60_000],
    ]);
    expect([totalMs, recoveryMs]).toEqual([60_000, 31_000]);
  });

  it.each<[string, readonly ClockDefinition[], readonly string[], number | null]>([
    ['the end of the recovery clock', [RECOVERY], ['a', 'c', 'd'], 31_000],
    ['a recovery clock that starts with a step', [{ ...RECOVERY, from: 'c' }], ['a', 'c', 'd'], 21_000],
    ['the end of the drill without one', [], ['e'], null],
    ['the end of the drill beside another clock', [{ ...RECOVERY, name: 'read-only' }], ['e'], null],
  ])('marks the path to %s', (...[, clocks, critical, recoveryMs]) => {
    const timeline = planTimeline(plan(DIAMOND, { clocks }));
    expect(timeline.steps.filter(({ isCritical }) => isCritical).map(({ id }) => id)).toEqual(critical);
    expect(timeline.recoveryMs).toBe(recoveryMs);
  });

  it('marks all paths that are equally long', () => {
    const steps = [run('a', { estimateMs: 5_000 }), run('b', { estimateMs: 5_000 }), run('d', { needs: ['a', 'b'], estimateMs: 1_000 })];
    expect(planTimeline(plan(steps, { clocks: [RECOVERY] })).steps.every(({ isCritical }) => isCritical)).toBe(true);
  });

  it.each([
    ['a run without estimate', run('a', { estimateMs: null }), 30_000],
    ['a check without estimate', check('a', { estimateMs: null }), 5_000],
    ['a wait without estimate', wait('a', { estimateMs: null }), 30_000],
    ['a confirmation without estimate', confirm('a', { estimateMs: null, expectedMs: null }), 300_000],
    ['a confirmation with an expected duration', confirm('a', { estimateMs: null, expectedMs: 60_000 }), 60_000],
    ['a confirmation with both', confirm('a', { estimateMs: 7_000, expectedMs: 60_000 }), 7_000],
    ['a sleep', sleep('a', 9_000, { estimateMs: 1 }), 9_000],
    ['an estimate of nothing', run('a', { estimateMs: 0 }), 0],
    ['a step that is only shown', run('a', { estimateMs: 10_000, isShownOnly: true }), 0],
  ])('takes for %s', (_, step, totalMs) => {
    expect(planTimeline(plan([step])).totalMs).toBe(totalMs);
  });

  it('does not mind steps that stand before what they need', () => {
    const steps = [run('b', { needs: ['a'], estimateMs: 1_000 }), run('a', { estimateMs: 2_000 })];
    expect(planTimeline(plan(steps)).steps.map(({ startMs }) => startMs)).toEqual([2_000, 0]);
  });

  it('has no slack on the path and no step before its needs, whatever the graph', () => {
    const graph = fc.array(fc.record({ estimate: fc.integer({ min: 0, max: 5 }), needs: fc.array(fc.nat(), { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(graph, (nodes) => {
        const steps = nodes.map(({ estimate, needs }, index) =>
          run(`s${index}`, { estimateMs: estimate, needs: index === 0 ? [] : [...new Set(needs.map((need) => `s${need % index}`))] }),
        );
        const timeline = planTimeline(plan(steps));
        const timeOf = new Map(timeline.steps.map((time) => [time.id, time]));
        for (const step of steps) {
          const latest = Math.max(0, ...step.needs.map((need) => timeOf.get(need)?.endMs ?? Number.NaN));
          expect(timeOf.get(step.id)?.startMs).toBe(latest);
        }
        // A longer critical step makes the drill longer by as much; a longer one elsewhere by less.
        for (const [index, time] of timeline.steps.entries()) {
          const longer = steps.map((step, at) => (at === index ? { ...step, estimateMs: (step.estimateMs ?? 0) + 100 } : step));
          const grownMs = planTimeline(plan(longer)).totalMs - timeline.totalMs;
          expect(grownMs === 100).toBe(time.isCritical);
        }
      }),
    );
  });

  it('takes ten thousand steps in a row without running out of stack', () => {
    const steps = Array.from({ length: 10_000 }, (_, index) => run(`s${index}`, { needs: index === 0 ? [] : [`s${index - 1}`], estimateMs: 1 }));
    expect(planTimeline(plan(steps)).totalMs).toBe(10_000);
  });
});
