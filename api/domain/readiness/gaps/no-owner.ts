// Gap no-owner: nobody answers for the service.
import { NAMED_HALF, peopleComponent } from '../components/people.ts';
import type { GapRule } from './gap.ts';

export const noOwnerGap: GapRule = {
  code: 'no-owner',
  title: 'No owner',
  component: 'people',
  find({ facts }) {
    const { name, owner, deputy } = facts.service;
    if (owner !== null) return null;
    return {
      reason: deputy === null ? `Neither an owner nor a deputy is named for ${name}.` : `No owner is named for ${name}.`,
      action: deputy === null ? 'Name an owner and a deputy.' : 'Name an owner.',
      since: null,
      evidence: [],
      closing: { kind: 'points', shares: { people: peopleComponent.judge(facts).share + NAMED_HALF }, lifts: [] },
    };
  },
};
