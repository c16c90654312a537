// All services scored and set in relation to one another: what gaps and gains are then found in.
import { dependencyGraph } from '../catalogue/dependency-graph.ts';
import type { Portfolio } from '../catalogue/portfolio.ts';
import { reachOf } from '../catalogue/reach.ts';
import type { Evidence } from './evidence.ts';
import { gatherFacts } from './facts.ts';
import { inherit } from './inherit.ts';
import { scoreService } from './score-service.ts';
import type { PortfolioView } from './view.ts';
import { weakestBelow } from './weakest-below.ts';

/** Own scores from the evidence up to `asOf`, effective scores from the graph. Linear in services, dependencies and drills, sorting apart. */
export function scorePortfolio(portfolio: Portfolio, evidence: Evidence, asOf: number): PortfolioView {
  const graph = dependencyGraph(portfolio);
  const facts = gatherFacts(portfolio, evidence, asOf);
  const scored = graph.keys.map((key, number) => {
    const known = facts.get(key);
    if (known === undefined) throw new Error(`No facts were gathered about ${key}.`);
    return scoreService(number, known);
  });
  const tiers = scored.map((service) => service.facts.service.tier);
  const own = scored.map((service) => service.own);
  return { graph, scored, standing: inherit(graph, own), reaches: reachOf(portfolio, graph), weakestBelow: weakestBelow(graph, tiers) };
}
