// What an entry costs does not grow with the drill. It is counted, not timed: each look at a step of the plan, or at one of its rows, reads the step.
import { expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../../../api/domain/drill/plan.ts';
import { replay } from '../../../../api/domain/drill/reduce.ts';
import { DrivenDrill } from '../../../bench/driven-drill.ts';
import { inSequence, plan, run } from '../../../support/plan-builder.ts';

/** Readings of the steps of the plan, by the entry, while its journal is folded in. The first two entries look at every step. */
function readingsPerEntry(steps: readonly PlanStep[]): number {
  const { entries, state } = new DrivenDrill(plan(steps)).toTheEnd();
  expect(state.result).toBe('passed');
  const { counted, readings } = counting(state.plan);
  const begun = replay(counted, state.planHash, entries.slice(0, 2));
  const before = readings();
  expect(begun.ok && replay(counted, state.planHash, entries).ok).toBe(true);
  return (readings() - 2 * before) / entries.length;
}

function counting(original: Plan): { readonly counted: Plan; readonly readings: () => number } {
  let count = 0;
  const steps = original.steps.map(
    (step) =>
      new Proxy(step, {
        get(target, name, receiver) {
          count += 1;
          const value: unknown = Reflect.get(target, name, receiver);
          return value;
        },
      }),
  );
  return { counted: { ...original, steps }, readings: () => count };
}

const many = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));
const hosts = (count: number): readonly string[] => many(count, (index) => `host-${index}`);

const DRILLS: Readonly<Record<string, (size: number) => readonly PlanStep[]>> = {
  'steps one after the other': (size) => inSequence(many(size, (index) => run(`s${index}`))),
  'steps side by side': (size) => many(size, (index) => run(`s${index}`)),
  'steps with a condition': (size) => many(size, (index) => run(`s${index}`, { when: 'steps["s0"].state != "failed"' })),
  'rows of a step': (size) => [run('wide', { hosts: hosts(size) })],
  'rows of a step in batches': (size) => [run('wide', { hosts: hosts(size), batch: 5 })],
};

it.each(Object.keys(DRILLS))('looks at no more for an entry in a drill of four times as many %s', (name) => {
  const [small, large] = [40, 160].map((size) => readingsPerEntry(DRILLS[name]?.(size) ?? []));
  expect(small).toBeGreaterThan(0);
  expect(large).toBeLessThan((small ?? 0) * 1.2);
});
