// The whole portfolio after scoring and before gaps: what a gap may look at beyond its own service.
import type { DependencyGraph } from '../catalogue/dependency-graph.ts';
import type { ServiceReach } from '../catalogue/reach.ts';
import type { ComponentCode } from './assessment.ts';
import type { ComponentFinding } from './components/component.ts';
import type { ServiceFacts } from './facts.ts';
import type { Standing } from './inherit.ts';
import type { HeldLimit } from './limits.ts';
import type { WeakestBelow } from './weakest-below.ts';

/** One service with its own score. Points are in tenths. */
export interface Scored {
  readonly number: number;
  readonly facts: ServiceFacts;
  readonly findings: ReadonlyMap<ComponentCode, ComponentFinding>;
  readonly possible: ReadonlyMap<ComponentCode, number>;
  readonly earned: ReadonlyMap<ComponentCode, number>;
  readonly sum: number;
  readonly limits: readonly HeldLimit[];
  readonly own: number;
}

export interface PortfolioView {
  readonly graph: DependencyGraph;
  /** By service number. */
  readonly scored: readonly Scored[];
  readonly standing: Standing;
  readonly reaches: ReadonlyMap<string, ServiceReach>;
  /** By group number. */
  readonly weakestBelow: readonly (WeakestBelow | null)[];
}

/** The scored service with this number of the graph. */
export function scoredOf(view: PortfolioView, number: number): Scored {
  const scored = view.scored[number];
  if (scored === undefined) throw new Error(`Service number ${number} was not scored.`);
  return scored;
}
