// Gap hard-dependency-limits: the service could stand higher, but something it cannot run without does not.
import { keyOf } from '../../catalogue/dependency-graph.ts';
import { effectiveOf, limitChain } from '../inherit.ts';
import { pointsOf } from '../points.ts';
import { scoredOf } from '../view.ts';
import type { GapRule } from './gap.ts';

export const hardDependencyLimitsGap: GapRule = {
  code: 'hard-dependency-limits',
  title: 'Held down by a dependency',
  component: null,
  find(scored, view) {
    const effective = effectiveOf(view.standing, scored.number);
    if (scored.own === effective) return null;
    const chain = limitChain(view.standing, scored.number);
    const nameOf = (number: number): string => scoredOf(view, number).facts.service.name;
    const root = chain[chain.length - 1] ?? { service: scored.number };
    const via = chain.slice(1, -1).map((link) => nameOf(link.service));
    const through = via.length === 0 ? '' : ` through ${via.join(', then ')}`;
    return {
      reason: `${scored.facts.service.name} would stand at ${pointsOf(scored.own)}, but hangs on ${nameOf(root.service)} at ${pointsOf(effective)}${through}.`,
      action: `Close the gaps of ${nameOf(root.service)} first.`,
      since: null,
      evidence: chain.slice(1).map((link) => keyOf(view.graph, link.service)),
      closing: { kind: 'release' },
    };
  },
};
