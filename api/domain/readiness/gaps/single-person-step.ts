// Gap single-person-step: in the last three drills a manual step was done by one and the same person.
import { peopleComponent, recentDrills, SHARED_HALF, singlePersonSteps } from '../components/people.ts';
import { listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

export const singlePersonStepGap: GapRule = {
  code: 'single-person-step',
  title: 'A step that only one person has done',
  component: 'people',
  find({ facts }) {
    const steps = singlePersonSteps(facts);
    const [first] = steps;
    if (first === undefined) return null;
    return {
      reason: `In the last drills only one person did ${listOf(steps.map((step) => `“${step.title}” of ${step.runbook} (${step.person})`))}.`,
      action: `Let somebody other than ${first.person} do “${first.title}” in the next drill.`,
      since: null,
      evidence: recentDrills(facts).map((drill) => drill.id),
      closing: { kind: 'points', shares: { people: peopleComponent.judge(facts).share + SHARED_HALF }, lifts: [] },
    };
  },
};
