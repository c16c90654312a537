// Inheritance, the chain to the root cause, and recovery along the graph.
import { describe, expect, it } from 'vitest';
import { dependencyGraph } from '../../../../api/domain/catalogue/dependency-graph.ts';
import type { Dependency } from '../../../../api/domain/catalogue/portfolio.ts';
import { effectiveOf, inherit } from '../../../../api/domain/readiness/inherit.ts';
import { recoveryTimes } from '../../../../api/domain/readiness/recovery-path.ts';
import { drill, hard, only, portfolio, provenEvidence, service, soft } from './builders.ts';

function effectives(own: Readonly<Record<string, number>>, dependencies: readonly Dependency[]): Readonly<Record<string, number>> {
  const graph = dependencyGraph({ services: Object.keys(own).map((key) => ({ key })), dependencies });
  const standing = inherit(
    graph,
    graph.keys.map((key) => own[key] ?? 0),
  );
  return Object.fromEntries(graph.keys.map((key, number) => [key, effectiveOf(standing, number)]));
}

function times(own: Readonly<Record<string, number | null>>, dependencies: readonly Dependency[]): ReturnType<typeof recoveryTimes> {
  const graph = dependencyGraph({ services: Object.keys(own).map((key) => ({ key })), dependencies });
  return recoveryTimes(
    graph,
    graph.keys.map((key) => own[key] ?? null),
  );
}

describe('inheritance', () => {
  it('takes the lowest along hard dependencies, and leaves soft ones out', () => {
    const own = { a: 900, b: 800, c: 310, d: 100 };
    expect(effectives(own, [hard('a', 'b'), hard('b', 'c'), soft('c', 'd')])).toEqual({ a: 310, b: 310, c: 310, d: 100 });
  });

  it('lets a circle share the lowest own score in it, and what it needs hold all of it', () => {
    const circle = [hard('a', 'b'), hard('b', 'c'), hard('c', 'a'), hard('x', 'a')];
    expect(effectives({ a: 900, b: 500, c: 700, x: 950, y: 400 }, circle)).toEqual({ a: 500, b: 500, c: 500, x: 500, y: 400 });
    expect(effectives({ a: 900, b: 500, c: 700, x: 950, y: 400 }, [...circle, hard('c', 'y')])).toEqual({ a: 400, b: 400, c: 400, x: 400, y: 400 });
  });

  it('is not disturbed by self edges and dangling references', () => {
    expect(effectives({ a: 900 }, [hard('a', 'a'), hard('a', 'nowhere'), hard('nowhere', 'a')])).toEqual({ a: 900 });
  });

  it('names the chain down to the root cause', () => {
    const estate = portfolio([service('app'), service('db'), service('san')], [hard('app', 'db'), hard('db', 'san')]);
    const evidence = provenEvidence(['app', 'db', 'san'], { drills: [drill('app'), drill('db')] });
    // 15 runbooks + 5 review + 5 hosts + 2.5 names.
    expect(only(estate, evidence, 'app').limitedBy).toEqual([
      { service: 'app', score: 27.5, reason: 'APP cannot run without DB, which stands at 27.5.' },
      { service: 'db', score: 27.5, reason: 'DB cannot run without SAN, which stands at 27.5.' },
      { service: 'san', score: 27.5, reason: 'No drill of this service was ever finished.' },
    ]);
    expect(only(estate, evidence, 'san').limitedBy).toEqual([]);
  });

  it('names the other member of a circle that holds it down', () => {
    const estate = portfolio([service('a'), service('b', { deputy: null })], [hard('a', 'b'), hard('b', 'a')]);
    expect(only(estate, provenEvidence(['a', 'b']), 'a').limitedBy).toMatchObject([{ service: 'a' }, { service: 'b', score: 97.5 }]);
  });
});

describe('recovery along the graph', () => {
  it('adds the longest chain of hard dependencies', () => {
    const along = times({ a: 10, b: 20, c: 5, d: 30 }, [hard('a', 'b'), hard('a', 'c'), hard('c', 'd')]);
    expect(along.endToEndMs(0)).toBe(45);
    expect(along.path(0)).toEqual([
      { service: 'a', ownMs: 10 },
      { service: 'c', ownMs: 5 },
      { service: 'd', ownMs: 30 },
    ]);
  });

  it('is unknown where the chain is unproven, and shows where', () => {
    const along = times({ a: 10, b: 20, c: null, d: 30 }, [hard('a', 'b'), hard('b', 'c'), hard('a', 'd')]);
    expect([0, 1, 2, 3].map((number) => along.endToEndMs(number))).toEqual([null, null, null, 30]);
    expect(along.path(0)).toEqual([
      { service: 'a', ownMs: 10 },
      { service: 'b', ownMs: 20 },
      { service: 'c', ownMs: null },
    ]);
  });

  it('is unknown when a hard dependency is not in the catalogue', () => {
    const along = times({ a: 10 }, [hard('a', 'ghost'), soft('a', 'shade')]);
    expect([along.endToEndMs(0), along.path(0)]).toEqual([
      null,
      [
        { service: 'a', ownMs: 10 },
        { service: 'ghost', ownMs: null },
      ],
    ]);
  });

  it('takes a circle as one group that needs the sum of its members', () => {
    const along = times({ a: 10, b: 20, c: 5 }, [hard('a', 'b'), hard('b', 'a'), hard('a', 'c')]);
    expect([0, 1, 2].map((number) => along.endToEndMs(number))).toEqual([35, 35, 5]);
    expect(along.path(1).map((rung) => rung.service)).toEqual(['b', 'a', 'c']);
  });
});
