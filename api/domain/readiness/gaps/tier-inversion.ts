// Gap tier-inversion: a customer-facing service hangs on one of a lower tier, which is drilled and restored with less care.
import { at } from '../inherit.ts';
import { scoredOf } from '../view.ts';
import type { GapRule } from './gap.ts';
import { CLOSES_NOTHING } from './gap.ts';

export const tierInversionGap: GapRule = {
  code: 'tier-inversion',
  title: 'Tier inversion',
  component: null,
  leastSeverity: 'medium',
  find(scored, view) {
    const { service } = scored.facts;
    const weakest = view.weakestBelow[at(view.graph.groupOf, scored.number)] ?? null;
    if (view.reaches.get(service.key)?.reach !== 'customer-facing' || weakest === null || weakest.tier <= service.tier) return null;
    const below = scoredOf(view, weakest.service).facts.service;
    return {
      reason: `${service.name} is customer-facing and of tier ${service.tier}, but hangs on ${below.name} of tier ${below.tier}.`,
      action: `Raise ${below.name} to tier ${service.tier}, or make ${service.name} able to run without it.`,
      since: null,
      evidence: [below.key],
      closing: CLOSES_NOTHING,
    };
  },
};
