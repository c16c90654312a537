// What the steps of a plan are expected to take, from the runs that were finished before it started.
import { expectSteps, RUNS_COUNTED, type Expectations } from '../domain/drill/expectation.ts';
import type { Plan } from '../domain/drill/plan.ts';
import { familyOf, workOf } from '../domain/drill/step-work.ts';
import { estimateOf, planTimeline, type LengthOf, type Timeline } from '../domain/drill/timeline.ts';
import type { Stores } from './stores.ts';

/** A plan with the times that are expected of it. */
export interface ExpectedTimes {
  readonly expectations: Expectations;
  readonly lengthOf: LengthOf;
  readonly timeline: Timeline;
}

/** `beforeAt`: when the drill started, or now for a plan that has not; later runs do not move the plan of an earlier one. */
export async function expectedTimes(stores: Pick<Stores, 'durations'>, plan: Plan, beforeAt: number): Promise<ExpectedTimes> {
  const family = familyOf(plan.mode);
  const works = [...workOf(plan).values()];
  const past = family === null ? new Map() : await stores.durations.past({ works, family, beforeAt, runs: RUNS_COUNTED });
  const expectations = expectSteps(plan, past);
  const lengthOf: LengthOf = (step) => expectations.get(step.id)?.ms ?? estimateOf(step);
  return { expectations, lengthOf, timeline: planTimeline(plan, lengthOf) };
}
