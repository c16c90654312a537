// The service of the lowest tier that each service hangs on, over any number of hard dependencies.
import type { DependencyGraph } from '../catalogue/dependency-graph.ts';
import type { Tier } from '../catalogue/portfolio.ts';
import { at } from './inherit.ts';

export interface WeakestBelow {
  readonly service: number;
  readonly tier: Tier;
}

/** By group: the lowest tier (the highest number) among what it needs and its own members; null without any. Linear. */
export function weakestBelow(graph: DependencyGraph, tiers: readonly Tier[]): readonly (WeakestBelow | null)[] {
  const weakest: (WeakestBelow | null)[] = [];
  for (const members of graph.groups) {
    let found: WeakestBelow | null = null;
    for (const member of members) {
      for (const needed of graph.hard[member] ?? []) {
        found = weaker(found, { service: needed, tier: tiers[needed] ?? 4 });
        found = weaker(found, weakest[at(graph.groupOf, needed)] ?? null);
      }
    }
    weakest.push(found);
  }
  return weakest;
}

function weaker(a: WeakestBelow | null, b: WeakestBelow | null): WeakestBelow | null {
  if (a === null || b === null) return a ?? b;
  if (a.tier !== b.tier) return a.tier > b.tier ? a : b;
  return a.service <= b.service ? a : b;
}
