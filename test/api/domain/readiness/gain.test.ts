// Gains against the plain way: change one own score, inherit everything again, and add up the difference.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependencyGraph } from '../../../../api/domain/catalogue/dependency-graph.ts';
import type { Tier } from '../../../../api/domain/catalogue/portfolio.ts';
import { gainInput, gainOfOwn } from '../../../../api/domain/readiness/gain.ts';
import { effectiveOf, inherit } from '../../../../api/domain/readiness/inherit.ts';
import { TIER_WEIGHTS } from '../../../../api/domain/readiness/weights.ts';
import { RUNS } from './arbitraries.ts';
import { hard } from './builders.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const TIERS: readonly Tier[] = [1, 2, 3, 4, 1, 2, 3, 4];

describe('the gain of a higher own score', () => {
  it('waits for the longer side of a diamond', () => {
    // d needs b and e, e needs c, b and c need a: when a rises, d rises only once e has.
    const graph = dependencyGraph({
      services: KEYS.slice(0, 5).map((key) => ({ key })),
      dependencies: [hard('b', 'a'), hard('c', 'a'), hard('d', 'b'), hard('e', 'c'), hard('d', 'e')],
    });
    const input = gainInput(inherit(graph, [300, 900, 900, 900, 800]), TIERS);
    // From 30 to 70 for all five: tiers 1, 2, 3, 4, 1 weigh 8 + 4 + 2 + 1 + 8.
    expect(gainOfOwn(input, 0, 700)).toEqual({ own: 40, portfolio: 40 * 23 });
    // From 30 to 100: a by 70, b, c by 60, d by 50 with e at 80.
    expect(gainOfOwn(input, 0, 1_000)).toEqual({ own: 70, portfolio: 70 * 8 + 60 * 4 + 60 * 2 + 50 * 1 + 50 * 8 });
  });

  it('is what inheriting all over again gives, on any graph', () => {
    const key = fc.constantFrom(...KEYS);
    // Few different scores, so that several things often hold a service at once.
    const score = fc.constantFrom(200, 500, 900, 900);
    const edges = fc.array(fc.tuple(key, key), { maxLength: 16 });
    fc.assert(
      fc.property(fc.tuple(...KEYS.map(() => score)), edges, fc.nat({ max: KEYS.length - 1 }), (own, pairs, raised) => {
        const graph = dependencyGraph({ services: KEYS.map((name) => ({ key: name })), dependencies: pairs.map(([from, to]) => hard(from, to)) });
        const before = inherit(graph, own);
        const after = inherit(
          graph,
          own.map((value, number) => (number === raised ? 950 : value)),
        );
        const rises = KEYS.map((_, number) => (effectiveOf(after, number) - effectiveOf(before, number)) / 10);
        const portfolio = rises.reduce((sum, rise, number) => sum + rise * TIER_WEIGHTS[TIERS[number] ?? 4], 0);
        expect(gainOfOwn(gainInput(before, TIERS), raised, 950)).toEqual({ own: rises[raised], portfolio });
      }),
      { numRuns: 2 * RUNS },
    );
  });
});
