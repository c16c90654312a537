// What is carried on from entry to entry is what one gets who counts everything anew, in drills in which anything happens.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { asCommandStep } from '../../../../api/domain/drill/command-step.ts';
import { needsGoAhead } from '../../../../api/domain/drill/gate.ts';
import { isDue, launches } from '../../../../api/domain/drill/launches.ts';
import { isPassedOver, isReady, isStopped, passedOver, readySteps } from '../../../../api/domain/drill/order.ts';
import { letsOthersStart } from '../../../../api/domain/drill/step-ends.ts';
import { indexOf } from '../../../../api/domain/drill/plan-index.ts';
import type { PlanStep } from '../../../../api/domain/drill/plan.ts';
import { rowTally } from '../../../../api/domain/drill/row-tally.ts';
import { isStartable, startableSteps } from '../../../../api/domain/drill/starting.ts';
import type { DrillState } from '../../../../api/domain/drill/state.ts';
import { StepTable } from '../../../../api/domain/drill/step-table.ts';
import { STEP_LISTS } from '../../../../api/domain/drill/step-tally.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { thinkableStarts, wander } from '../../../support/drill-wander.ts';
import { plan, run } from '../../../support/plan-builder.ts';
import { planArb } from '../../../support/random-plans.ts';

const picksArb = fc.array(fc.nat(100_000), { minLength: 20, maxLength: 80 });
const LIMIT_MS = 60_000;

function expectInAll(look: (state: DrillState) => void): void {
  fc.assert(
    fc.property(planArb, picksArb, (drill, picks) => wander(drill, picks, look)),
    { numRuns: 300 },
  );
}

const names = (steps: readonly PlanStep[]): readonly string[] => steps.map(({ id }) => id);

it('keeps the lists of steps that a new count comes to', { timeout: LIMIT_MS }, () => {
  const met = new Set<string>();
  expectInAll(({ plan: drill, steps }) => {
    const anew = StepTable.of(indexOf(drill), steps.all);
    for (const list of STEP_LISTS) {
      expect([list, names(steps.in(list))]).toEqual([list, names(anew.in(list))]);
      if (steps.has(list)) met.add(list);
    }
    for (const { id } of drill.steps) expect(steps.areNeedsMet(id)).toBe(anew.areNeedsMet(id));
  });
  expect([...met].toSorted()).toEqual([...STEP_LISTS].toSorted());
});

it('keeps the tally of rows that a new count comes to', { timeout: LIMIT_MS }, () => {
  expectInAll(({ plan: drill, steps }) => {
    for (const planStep of drill.steps) {
      const step = asCommandStep(planStep);
      const attempts = steps.get(planStep.id)?.attempts ?? [];
      if (step === null || attempts.length === 0) continue;
      for (const isLastTry of [false, true]) expect(rowTally(step, attempts, isLastTry)).toEqual(rowTally(step, [...attempts], isLastTry));
    }
  });
});

it('counts every row again that a person has run once more', () => {
  const story = DrillStory.started(plan([run('a', { hosts: ['alpha', 'beta'], onFailure: 'ask' })])).settle();
  story.end('a', 'failed', { host: 'alpha' }).end('a', 'failed', { host: 'beta' });
  story.tell({ type: 'step-retried', step: 'a', reason: null }, 'p.erson');
  const { attempts } = story.step('a');
  expect(attempts.map(({ isSuperseded }) => isSuperseded)).toEqual([true, true]);
  expect(story.due().map((effect) => effect.type)).toEqual(['launch', 'launch']);
});

it('says of one step what it says of all', { timeout: LIMIT_MS }, () => {
  expectInAll((state) => {
    const { plan: drill, steps, abort } = state;
    const isHalted = abort !== null || isStopped(state);
    const areMet = ({ needs }: PlanStep): boolean =>
      needs.every((need) => drill.steps.some((one) => one.id === need && letsOthersStart(one, steps.get(need))));
    const ready = isHalted ? [] : drill.steps.filter((step) => steps.get(step.id)?.state === 'pending' && areMet(step));
    expect(names(readySteps(state))).toEqual(names(ready));
    expect(names(drill.steps.filter((step) => isReady(state, step)))).toEqual(names(ready));
    const startable = new Set(names(startableSteps(state)));
    const passed = new Set(passedOver(state).map(({ step }) => step.id));
    for (const step of drill.steps) {
      expect([step.id, isStartable(state, step)]).toEqual([step.id, startable.has(step.id)]);
      expect([step.id, isPassedOver(state, step)]).toEqual([step.id, passed.has(step.id)]);
    }
  });
});

it('takes down every launch that it plans, and no other', { timeout: LIMIT_MS }, () => {
  let planned = 0;
  expectInAll((state) => {
    const due = launches(state).map(({ ref }) => JSON.stringify(ref));
    planned += due.length;
    // A step at a point of no return may stand in old journals without anybody's word.
    const asks = new Set(names(state.plan.steps.filter((step) => needsGoAhead(state, step))));
    const taken = thinkableStarts(state).filter((ref) => isDue(state, ref) && !(asks.has(ref.step) && !ref.isUndo && isPending(state, ref.step)));
    expect(taken.map((ref) => JSON.stringify(ref)).toSorted()).toEqual(due.toSorted());
  });
  expect(planned).toBeGreaterThan(200);
});

function isPending({ steps }: DrillState, step: string): boolean {
  return steps.get(step)?.state === 'pending';
}
