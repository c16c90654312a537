// The graph of services: circles, dependents, and what is kept although it leads nowhere.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stronglyConnected } from '../../../../api/domain/catalogue/circles.ts';
import { circlesOf, dependencyGraph, dependentsOf, keyOf } from '../../../../api/domain/catalogue/dependency-graph.ts';
import type { DependencyGraph } from '../../../../api/domain/catalogue/dependency-graph.ts';
import type { Dependency } from '../../../../api/domain/catalogue/portfolio.ts';
import { hard, soft } from '../readiness/builders.ts';

function graphOf(keys: string, dependencies: readonly Dependency[]): DependencyGraph {
  return dependencyGraph({ services: keys.split('').map((key) => ({ key })), dependencies });
}

describe('the dependency graph', () => {
  it('lists dangling references and self edges, and gives them no weight', () => {
    const graph = graphOf('ba', [hard('b', 'x'), hard('a', 'a'), hard('x', 'a'), soft('a', 'b')]);
    expect(graph.dangling).toEqual([hard('b', 'x'), hard('x', 'a')]);
    expect(graph.selfEdges).toEqual([hard('a', 'a')]);
    expect([graph.hard, graph.soft]).toEqual([
      [[], []],
      [[1], []],
    ]);
  });

  it('counts a doubled edge once, and lets hard win over soft', () => {
    const graph = graphOf('abc', [soft('a', 'b'), hard('a', 'b'), hard('a', 'b'), soft('a', 'c'), soft('a', 'c')]);
    expect([graph.hard[0], graph.soft[0]]).toEqual([[1], [2]]);
  });

  it('puts dependencies before their dependents', () => {
    const graph = graphOf('abcd', [hard('a', 'b'), hard('b', 'c'), hard('c', 'b'), hard('c', 'd')]);
    expect(graph.groups.map((group) => group.map((number) => keyOf(graph, number)).join(''))).toEqual(['d', 'bc', 'a']);
    expect(circlesOf(graph)).toEqual([['b', 'c']]);
  });

  it('finds everybody who would be down, over any number of hard dependencies', () => {
    const graph = graphOf('abcde', [hard('a', 'b'), hard('b', 'c'), hard('c', 'a'), soft('d', 'c'), hard('e', 'a')]);
    expect(dependentsOf(graph, ['c'])).toEqual(['a', 'b', 'e']);
    expect(dependentsOf(graph, ['d', 'nowhere'])).toEqual([]);
  });
});

describe('strongly connected groups', () => {
  it('agree with plain reachability on any graph', () => {
    const edges = fc.integer({ min: 1, max: 7 }).chain((count) =>
      fc.array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: 14 }).map((pairs) => {
        const lists = Array.from({ length: count }, (): number[] => []);
        for (const [from, to] of pairs) lists[from]?.push(to);
        return lists;
      }),
    );
    fc.assert(
      fc.property(edges, (lists) => {
        const groups = stronglyConnected(lists);
        const groupOf = (node: number): number => groups.findIndex((group) => group.includes(node));
        for (const a of lists.keys()) {
          for (const b of lists.keys()) expect(groupOf(a) === groupOf(b)).toBe(reaches(lists, a, b) && reaches(lists, b, a));
          for (const b of lists[a] ?? []) expect(groupOf(b)).toBeLessThanOrEqual(groupOf(a));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('goes as deep as a chain of 100,000', () => {
    const count = 100_000;
    const chain = Array.from({ length: count }, (_, node) => (node + 1 < count ? [node + 1] : []));
    expect(stronglyConnected(chain)).toHaveLength(count);
    expect(stronglyConnected([...chain.slice(0, -1), [0]])).toHaveLength(1);
  });
});

function reaches(lists: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const node of seen) for (const next of lists[node] ?? []) seen.add(next);
  return seen.has(to);
}
