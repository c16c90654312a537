// What must hold for every portfolio and every history.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependencyGraph } from '../../../../api/domain/catalogue/dependency-graph.ts';
import type { Portfolio } from '../../../../api/domain/catalogue/portfolio.ts';
import { assess } from '../../../../api/domain/readiness/assess.ts';
import type { Assessment } from '../../../../api/domain/readiness/assessment.ts';
import { gainInput, gainOfOwn, gainOfRelease } from '../../../../api/domain/readiness/gain.ts';
import type { Gain } from '../../../../api/domain/readiness/gain.ts';
import { ALL_GAPS } from '../../../../api/domain/readiness/gaps/all-gaps.ts';
import { ownWith } from '../../../../api/domain/readiness/gaps/find-gaps.ts';
import { at, effectiveOf, inherit, limitChain } from '../../../../api/domain/readiness/inherit.ts';
import type { Standing } from '../../../../api/domain/readiness/inherit.ts';
import { scorePortfolio } from '../../../../api/domain/readiness/score-portfolio.ts';
import type { PortfolioView } from '../../../../api/domain/readiness/view.ts';
import { TIER_WEIGHTS } from '../../../../api/domain/readiness/weights.ts';
import { RUNS, world } from './arbitraries.ts';
import type { World } from './arbitraries.ts';
import { AS_OF, hard } from './builders.ts';

/** A thousand assessments take a second or two, and much longer on a machine that is busy with other things. */
const SLOW_MACHINE_MS = 120_000;

function always(check: (given: World) => void): void {
  fc.assert(fc.property(world, check), { numRuns: RUNS });
}

function assessed(given: World): Assessment {
  return assess(given.portfolio, given.evidence, AS_OF);
}

function tenths(points: number): number {
  return Math.round(points * 10);
}

describe('for every portfolio and history', { timeout: SLOW_MACHINE_MS }, () => {
  it('scores lie within 0 and 100, with one decimal', () => {
    always((given) => {
      for (const { own, effective, proofCoverage } of assessed(given).services) {
        for (const score of [own, effective]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          expect(tenths(score) / 10).toBe(score);
        }
        expect(proofCoverage).toBeGreaterThanOrEqual(0);
        expect(proofCoverage).toBeLessThanOrEqual(1);
      }
    });
  });

  it('components add up to the score before limits, and what is possible to 100', () => {
    always((given) => {
      for (const { own, limit, components } of assessed(given).services) {
        const sum = components.reduce((total, component) => total + tenths(component.earned), 0);
        expect(tenths(own)).toBe(Math.min(sum, tenths(limit?.at ?? 100)));
        expect(components.reduce((total, component) => total + tenths(component.possible), 0)).toBe(1_000);
        for (const component of components) expect(component.earned).toBeLessThanOrEqual(component.possible);
      }
    });
  });

  it('the effective score is never above the own one, nor above that of a hard dependency', () => {
    always((given) => {
      const services = new Map(assessed(given).services.map((service) => [service.service, service]));
      for (const { own, effective } of services.values()) expect(effective).toBeLessThanOrEqual(own);
      for (const { from, to, kind } of given.portfolio.dependencies) {
        const below = services.get(to);
        if (kind === 'hard' && below !== undefined) expect(services.get(from)?.effective).toBeLessThanOrEqual(below.effective);
      }
    });
  });

  it('the chain below a score ends at a service whose own score it is', () => {
    always((given) => {
      const services = new Map(assessed(given).services.map((service) => [service.service, service]));
      for (const { service, own, effective, limitedBy } of services.values()) {
        const root = limitedBy[limitedBy.length - 1];
        expect(limitedBy.length === 0).toBe(own === effective);
        if (root === undefined) continue;
        expect(limitedBy[0]?.service).toBe(service);
        expect(new Set(limitedBy.map((link) => link.score))).toEqual(new Set([effective]));
        expect(services.get(root.service)?.own).toBe(effective);
      }
    });
  });

  it('the order of input does not matter', () => {
    always((given) => {
      const { portfolio, evidence } = given;
      const reversed: World = {
        portfolio: {
          ...portfolio,
          services: portfolio.services.toReversed(),
          dependencies: portfolio.dependencies.toReversed(),
          policies: portfolio.policies.toReversed(),
        },
        evidence: {
          runbooks: evidence.runbooks.toReversed(),
          drills: evidence.drills.toReversed(),
          hostChecks: evidence.hostChecks.toReversed(),
          schedules: evidence.schedules.toReversed(),
        },
      };
      expect(JSON.stringify(assessed(reversed))).toBe(JSON.stringify(assessed(given)));
    });
  });

  it('one more hard dependency never raises a score', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(world, key, key, (given, from, to) => {
        const more: Portfolio = { ...given.portfolio, dependencies: [...given.portfolio.dependencies, hard(from, to)] };
        const before = assessed(given).services;
        for (const [index, after] of assessed({ ...given, portfolio: more }).services.entries()) {
          expect(after.effective).toBeLessThanOrEqual(before[index]?.effective ?? 0);
          expect(after.own).toBe(before[index]?.own);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('closing a gap lowers nothing, and raises exactly what its gains say', () => {
    always((given) => {
      const view = scorePortfolio(given.portfolio, given.evidence, AS_OF);
      const tiers = view.scored.map((scored) => scored.facts.service.tier);
      const gains = gainInput(view.standing, tiers);
      for (const scored of view.scored) {
        for (const rule of ALL_GAPS) {
          const closing = rule.find(scored, view)?.closing;
          if (closing === undefined || closing.kind === 'nothing') continue;
          const isRelease = closing.kind === 'release';
          const own = isRelease ? scored.own : ownWith(scored, closing.shares, closing.lifts);
          expect(own).toBeGreaterThanOrEqual(scored.own);
          const gain = isRelease ? gainOfRelease(gains, scored.number) : gainOfOwn(gains, scored.number, own);
          const after = isRelease ? released(given, view, scored.number) : inherit(view.graph, replaced(view.standing.own, scored.number, own));
          expect(gain).toEqual(risen({ before: view.standing, after, number: scored.number, tiers }));
        }
      }
    });
  });

  it('a component that is completed gains what its result says, and a full one gains nothing', () => {
    always((given) => {
      for (const { effective, components } of assessed(given).services) {
        for (const { earned, possible, gain, state } of components) {
          expect(gain).toBeGreaterThanOrEqual(0);
          expect(effective + gain).toBeLessThanOrEqual(100);
          if (earned === possible || state === 'not-applicable') expect(gain).toBe(0);
        }
      }
    });
  });

  it('an end-to-end recovery is known just when every part of it is, and its path adds up to it', () => {
    always((given) => {
      for (const { endToEndRecoveryMs, recoveryPath, service } of assessed(given).services) {
        expect(recoveryPath[0]?.service).toBe(service);
        const known = recoveryPath.flatMap((rung) => (rung.ownMs === null ? [] : [rung.ownMs]));
        if (endToEndRecoveryMs === null) expect(known.length).toBeLessThan(recoveryPath.length);
        else expect([known.length, known.reduce((sum, ms) => sum + ms, 0)]).toEqual([recoveryPath.length, endToEndRecoveryMs]);
      }
    });
  });
});

function replaced(own: readonly number[], number: number, value: number): readonly number[] {
  return own.map((present, index) => (index === number ? value : present));
}

/** The plain way: take out what the chain names first outside the service itself, and inherit all over again. */
function released(given: World, view: PortfolioView, number: number): Standing {
  const { graph, standing } = view;
  const group = at(graph.groupOf, number);
  const links = limitChain(standing, number).map((link) => link.service);
  const outside = links.find((link) => at(graph.groupOf, link) !== group);
  if (outside === undefined) return inherit(graph, replaced(standing.own, links[links.length - 1] ?? number, 1_000));
  const groupOf = (key: string): number => at(graph.groupOf, graph.numberOf.get(key) ?? 0);
  const kept = given.portfolio.dependencies.filter(
    ({ from, to }) => !graph.numberOf.has(to) || groupOf(from) !== group || groupOf(to) !== at(graph.groupOf, outside),
  );
  return inherit(dependencyGraph({ services: given.portfolio.services, dependencies: kept }), standing.own);
}

function risen(of: {
  readonly before: Standing;
  readonly after: Standing;
  readonly number: number;
  readonly tiers: readonly (1 | 2 | 3 | 4)[];
}): Gain {
  const rises = of.tiers.map((tier, number) => ({ weight: TIER_WEIGHTS[tier], by: effectiveOf(of.after, number) - effectiveOf(of.before, number) }));
  for (const rise of rises) expect(rise.by).toBeGreaterThanOrEqual(0);
  return { own: (rises[of.number]?.by ?? 0) / 10, portfolio: rises.reduce((sum, rise) => sum + rise.by * rise.weight, 0) / 10 };
}
