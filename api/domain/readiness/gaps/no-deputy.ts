// Gap no-deputy: the owner is named, but nobody stands in for them. Without an owner, no-owner asks for both.
import { NAMED_HALF, peopleComponent } from '../components/people.ts';
import type { GapRule } from './gap.ts';

export const noDeputyGap: GapRule = {
  code: 'no-deputy',
  title: 'No deputy',
  component: 'people',
  find({ facts }) {
    const { name, owner, deputy } = facts.service;
    if (owner === null || deputy !== null) return null;
    return {
      reason: `Only ${owner} answers for ${name}; nobody is named to stand in.`,
      action: 'Name a deputy.',
      since: null,
      evidence: [],
      closing: { kind: 'points', shares: { people: peopleComponent.judge(facts).share + NAMED_HALF }, lifts: [] },
    };
  },
};
