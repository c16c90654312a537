// The chain from a service to the root cause of its score, in words.
import { keyOf } from '../catalogue/dependency-graph.ts';
import type { ServiceAssessment } from './assessment.ts';
import { effectiveOf, limitChain } from './inherit.ts';
import type { ChainLink } from './inherit.ts';
import { pointsOf } from './points.ts';
import { scoredOf } from './view.ts';
import type { PortfolioView, Scored } from './view.ts';

/** The service first, the root cause last; empty when its own score sets it. */
export function describeChain(view: PortfolioView, number: number): ServiceAssessment['limitedBy'] {
  const chain = limitChain(view.standing, number);
  if (chain.length === 1) return [];
  return chain.map((link) => ({
    service: keyOf(view.graph, link.service),
    score: pointsOf(effectiveOf(view.standing, link.service)),
    reason: reasonOf(view, link),
  }));
}

function reasonOf(view: PortfolioView, link: ChainLink): string {
  const scored = scoredOf(view, link.service);
  if (link.because.kind === 'root') return rootReason(scored);
  const next = scoredOf(view, link.because.next).facts.service.name;
  const score = pointsOf(effectiveOf(view.standing, link.because.next));
  if (link.because.kind === 'circle') return `${scored.facts.service.name} shares a circle of dependencies with ${next}.`;
  return `${scored.facts.service.name} cannot run without ${next}, which stands at ${score}.`;
}

/** The limit that cuts the score, or else the component that loses most. */
function rootReason(scored: Scored): string {
  const [limit] = scored.limits;
  if (limit !== undefined && scored.own < scored.sum) return limit.reason;
  let worst = { lost: -1, reason: '' };
  for (const [code, possible] of scored.possible) {
    const lost = possible - (scored.earned.get(code) ?? 0);
    if (lost > worst.lost) worst = { lost, reason: scored.findings.get(code)?.reason ?? '' };
  }
  return worst.reason;
}
