// Gap rto-inversion: what a service needs may take longer to recover than the service has time left. Stands on both.
import { formatDuration } from '../../duration.ts';
import { provenRecoveryMs } from '../components/recovery-time.ts';
import { at } from '../inherit.ts';
import { scoredOf } from '../view.ts';
import type { PortfolioView, Scored } from '../view.ts';
import type { GapRule } from './gap.ts';
import { CLOSES_NOTHING } from './gap.ts';

export const rtoInversionGap: GapRule = {
  code: 'rto-inversion',
  title: 'RTO inversion',
  component: null,
  leastSeverity: 'medium',
  find(scored, view) {
    const { graph } = view;
    const needs = (graph.hard[scored.number] ?? []).map((number) => ({ above: scored, below: scoredOf(view, number) }));
    const neededBy = (graph.hardDependents[scored.number] ?? []).map((number) => ({ above: scoredOf(view, number), below: scored }));
    const inverted = [...needs, ...neededBy].filter((pair) => isInverted(view, pair.above, pair.below));
    const [first] = inverted;
    if (first === undefined) return null;
    const others = inverted.map((pair) => (pair.below === scored ? pair.above : pair.below).facts.service.key);
    const more = inverted.length === 1 ? '' : ` The same holds for ${inverted.length - 1} more of its dependencies or dependents.`;
    return {
      reason: `${pairText(first.above, first.below)}${more}`,
      action: `Shorten the RTO of ${first.below.facts.service.name}, lengthen that of ${first.above.facts.service.name}, or make the dependency soft.`,
      since: null,
      evidence: others,
      closing: CLOSES_NOTHING,
    };
  },
};

/** An unproven own recovery takes no time away here: the inversion is then certain at least to this extent. Members of a circle recover together. */
function isInverted(view: PortfolioView, above: Scored, below: Scored): boolean {
  if (at(view.graph.groupOf, above.number) === at(view.graph.groupOf, below.number)) return false;
  return below.facts.objective.rtoSeconds * 1_000 > above.facts.objective.rtoSeconds * 1_000 - (provenRecoveryMs(above.facts) ?? 0);
}

function pairText(above: Scored, below: Scored): string {
  const rtoMs = above.facts.objective.rtoSeconds * 1_000;
  const ownMs = provenRecoveryMs(above.facts);
  const left =
    ownMs === null
      ? formatDuration(rtoMs)
      : `${formatDuration(Math.max(0, rtoMs - ownMs))} (RTO ${formatDuration(rtoMs)}, own recovery ${formatDuration(ownMs)})`;
  return `${below.facts.service.name} may take ${formatDuration(below.facts.objective.rtoSeconds * 1_000)}, its RTO, but ${above.facts.service.name} needs it back within ${left}.`;
}
