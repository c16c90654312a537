// Inheritance: no service stands better than what it cannot run without. Worked out group by group, a circle being one group.
import { keyOf } from '../catalogue/dependency-graph.ts';
import type { DependencyGraph } from '../catalogue/dependency-graph.ts';

/** Scores in tenths of a point. Service numbers and group numbers are those of the graph. */
export interface Standing {
  readonly graph: DependencyGraph;
  readonly own: readonly number[];
  /** The lowest own score among the members of each group. */
  readonly groupOwn: readonly number[];
  /** `min(groupOwn, effective of every group it needs)`. */
  readonly groupEffective: readonly number[];
  readonly groupDependencies: readonly (readonly number[])[];
  readonly groupDependents: readonly (readonly number[])[];
  /** How many members and needed groups stand exactly at the group's effective score, and so hold it there. */
  readonly holders: readonly number[];
}

/** Effective scores from own ones; linear in services and dependencies. Relies on groups being listed dependencies first. */
export function inherit(graph: DependencyGraph, own: readonly number[]): Standing {
  const groupDependencies = graph.groups.map((members, group) => neededGroups(graph, members, group));
  const groupDependents = graph.groups.map((): number[] => []);
  for (const [group, needed] of groupDependencies.entries()) for (const other of needed) groupDependents[other]?.push(group);
  const groupOwn = graph.groups.map((members) => lowest(members.map((member) => at(own, member))));
  const groupEffective: number[] = [];
  for (const [group, needed] of groupDependencies.entries()) {
    groupEffective.push(Math.min(at(groupOwn, group), lowest(needed.map((other) => at(groupEffective, other)))));
  }
  const holders = graph.groups.map((members, group) => {
    const value = at(groupEffective, group);
    const inside = members.filter((member) => at(own, member) === value).length;
    return inside + (groupDependencies[group] ?? []).filter((other) => at(groupEffective, other) === value).length;
  });
  return { graph, own, groupOwn, groupEffective, groupDependencies, groupDependents, holders };
}

export function effectiveOf(standing: Standing, service: number): number {
  return at(standing.groupEffective, at(standing.graph.groupOf, service));
}

export interface ChainLink {
  readonly service: number;
  /** How it hangs on the next link; the last one is the root cause itself. */
  readonly because: { readonly kind: 'needs' | 'circle'; readonly next: number } | { readonly kind: 'root' };
}

/** From a service down to the one whose own score sets its effective score. Just itself when nothing holds it down. */
export function limitChain(standing: Standing, service: number): readonly ChainLink[] {
  const chain: ChainLink[] = [];
  let current = service;
  for (;;) {
    const next = nextDown(standing, current);
    chain.push({ service: current, because: next ?? { kind: 'root' } });
    if (next === null) return chain;
    current = next.next;
  }
}

/** An element that must be there; graph numbers never leave their arrays. */
export function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new Error(`Nothing is known about number ${index} of ${values.length}.`);
  return value;
}

/** First an own score that sets it, then a direct dependency, then another member of its circle; among equals the first in key order. */
function nextDown(standing: Standing, service: number): { readonly kind: 'needs' | 'circle'; readonly next: number } | null {
  const { graph, own } = standing;
  const group = at(graph.groupOf, service);
  const value = at(standing.groupEffective, group);
  if (at(own, service) === value) return null;
  const direct = holdingDependency(standing, service);
  if (direct !== null) return { kind: 'needs', next: direct };
  const members = graph.groups[group] ?? [];
  const weakest = members.find((member) => at(own, member) === value);
  const next = weakest ?? members.find((member) => holdingDependency(standing, member) !== null);
  if (next === undefined) throw new Error(`Nothing holds ${keyOf(graph, service)} at ${value}.`);
  return { kind: 'circle', next };
}

function holdingDependency(standing: Standing, service: number): number | null {
  const group = at(standing.graph.groupOf, service);
  const value = at(standing.groupEffective, group);
  const isHolding = (other: number): boolean => at(standing.graph.groupOf, other) !== group && effectiveOf(standing, other) === value;
  return (standing.graph.hard[service] ?? []).find(isHolding) ?? null;
}

function neededGroups(graph: DependencyGraph, members: readonly number[], group: number): readonly number[] {
  const needed = new Set<number>();
  for (const member of members) for (const other of graph.hard[member] ?? []) needed.add(at(graph.groupOf, other));
  needed.delete(group);
  return [...needed];
}

function lowest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}
