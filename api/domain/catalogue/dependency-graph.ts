// The services as a graph: who needs whom, who is needed by whom, and which services depend on one another in a circle.
import { stronglyConnected } from './circles.ts';
import type { Adjacency } from './circles.ts';
import { compareKeys, sortedKeys } from './key-order.ts';
import type { Dependency, Service } from './portfolio.ts';

/** Services are numbered in key order; numbers in here are those. Doubled edges count once, and hard wins over soft. */
export interface DependencyGraph {
  readonly keys: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly hard: Adjacency;
  readonly soft: Adjacency;
  readonly hardDependents: Adjacency;
  /** Services that reach one another over hard dependencies; most hold one service. Dependencies come before their dependents. */
  readonly groups: readonly (readonly number[])[];
  readonly groupOf: readonly number[];
  /** Kept as they were written: an end of it is not in the catalogue. */
  readonly dangling: readonly Dependency[];
  /** Kept as they were written: a service that is said to need itself. */
  readonly selfEdges: readonly Dependency[];
}

/** Linear in services and dependencies, sorting apart. Dangling references and self edges are listed and carry no weight. */
export function dependencyGraph(portfolio: {
  readonly services: readonly Pick<Service, 'key'>[];
  readonly dependencies: readonly Dependency[];
}): DependencyGraph {
  const keys = sortedKeys(portfolio.services.map((service) => service.key));
  const numberOf = new Map(keys.map((key, number) => [key, number]));
  const sorted = portfolio.dependencies.toSorted(compareDependencies);
  const edges = sorted.filter((edge) => edge.from !== edge.to && numberOf.has(edge.from) && numberOf.has(edge.to));
  const hard = adjacency(keys.length, numbered(edges, 'hard', numberOf));
  const soft = adjacency(keys.length, numbered(edges, 'soft', numberOf));
  const groups = stronglyConnected(hard);
  return {
    keys,
    numberOf,
    hard,
    soft: soft.map((targets, from) => without(targets, hard[from] ?? [])),
    hardDependents: reversed(hard),
    groups,
    groupOf: groupNumbers(keys.length, groups),
    dangling: sorted.filter((edge) => !numberOf.has(edge.from) || !numberOf.has(edge.to)),
    selfEdges: sorted.filter((edge) => edge.from === edge.to && numberOf.has(edge.from)),
  };
}

/** The circles among hard dependencies, as keys; each with at least two services. */
export function circlesOf(graph: DependencyGraph): readonly (readonly string[])[] {
  return graph.groups.filter((group) => group.length > 1).map((group) => group.map((number) => keyOf(graph, number)));
}

/** Everybody who would be down with these services, themselves left out, in key order. Hard dependencies only. */
export function dependentsOf(graph: DependencyGraph, keys: readonly string[]): readonly string[] {
  const start = keys.flatMap((key) => graph.numberOf.get(key) ?? []);
  const seen = new Set(start);
  const queue = [...start];
  for (const number of queue) {
    for (const dependent of graph.hardDependents[number] ?? []) {
      if (seen.has(dependent)) continue;
      seen.add(dependent);
      queue.push(dependent);
    }
  }
  return queue
    .slice(start.length)
    .map((number) => keyOf(graph, number))
    .toSorted(compareKeys);
}

/** The key behind a number that this graph gave out. */
export function keyOf(graph: DependencyGraph, number: number): string {
  const key = graph.keys[number];
  if (key === undefined) throw new Error(`The graph has no service number ${number}.`);
  return key;
}

/** By the depending service, then by what it needs, hard first. */
export function compareDependencies(a: Dependency, b: Dependency): number {
  return compareKeys(a.from, b.from) || compareKeys(a.to, b.to) || compareKeys(a.kind, b.kind);
}

type Edge = readonly [from: number, to: number];

function numbered(edges: readonly Dependency[], kind: Dependency['kind'], numberOf: ReadonlyMap<string, number>): Edge[] {
  return edges.filter((edge) => edge.kind === kind).map((edge) => [numberOf.get(edge.from) ?? 0, numberOf.get(edge.to) ?? 0]);
}

/** Edges come sorted, so doubles are neighbours. */
function adjacency(count: number, edges: readonly Edge[]): number[][] {
  const lists = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of edges) {
    const list = lists[from];
    if (list !== undefined && list[list.length - 1] !== to) list.push(to);
  }
  return lists;
}

function reversed(edges: Adjacency): number[][] {
  const lists = Array.from({ length: edges.length }, (): number[] => []);
  for (const [from, targets] of edges.entries()) for (const to of targets) lists[to]?.push(from);
  return lists;
}

function without(numbers: readonly number[], others: readonly number[]): readonly number[] {
  if (numbers.length === 0 || others.length === 0) return numbers;
  const taken = new Set(others);
  return numbers.filter((number) => !taken.has(number));
}

function groupNumbers(count: number, groups: readonly (readonly number[])[]): number[] {
  const numbers = Array.from({ length: count }, () => 0);
  for (const [group, members] of groups.entries()) for (const member of members) numbers[member] = group;
  return numbers;
}
