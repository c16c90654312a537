// Gap never-drilled: no drill that qualifies was ever finished, so nothing is proven.
import type { GapRule } from './gap.ts';
import { drillAction, passToday } from './pass-today.ts';

export const neverDrilledGap: GapRule = {
  code: 'never-drilled',
  title: 'Never drilled',
  component: 'drill-proof',
  find({ facts }) {
    if (facts.qualifying.length > 0) return null;
    const { name } = facts.service;
    const [latest] = facts.drills;
    const reason =
      latest === undefined
        ? `${name} has never been drilled.`
        : `${name} has never been drilled at level ${facts.policy.level}; ${latest.id} was at level ${latest.level}.`;
    return {
      reason,
      action: drillAction(facts),
      since: null,
      evidence: facts.drills.slice(0, 1).map((drill) => drill.id),
      closing: passToday(facts),
    };
  },
};
