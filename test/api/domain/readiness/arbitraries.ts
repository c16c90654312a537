// Random portfolios with random evidence: a few services, any graph among them, any history.
import * as fc from 'fast-check';
import type { Dependency, Portfolio, Service } from '../../../../api/domain/catalogue/portfolio.ts';
import { LEVELS } from '../../../../api/domain/catalogue/portfolio.ts';
import type { DrillEvidence, Evidence } from '../../../../api/domain/readiness/evidence.ts';
import { AS_OF, check, DAY_MS, daysAgo, drill, MINUTE_MS, policies, portfolio, runbook, schedule, service } from './builders.ts';

export const RUNS = 1_000;

export interface World {
  readonly portfolio: Portfolio;
  readonly evidence: Evidence;
}

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];
const key = fc.constantFrom(...KEYS);
const account = fc.constantFrom(null, 'ann', 'ben');
const HOSTS = ['host-1', 'host-2'];

const serviceOf = (name: string): fc.Arbitrary<Service> =>
  fc
    .record({
      tier: fc.constantFrom(1, 2, 3, 4),
      isCustomerFacing: fc.boolean(),
      owner: account,
      deputy: account,
      hasData: fc.boolean(),
      rtoSeconds: fc.constantFrom(null, 60, 1_800, 7_200),
      rpoSeconds: fc.constantFrom(null, 0, 60),
    })
    .map((changes) => service(name, changes));

const dependency: fc.Arbitrary<Dependency> = fc.record({
  from: key,
  // One that the catalogue does not know, now and then.
  to: fc.constantFrom(...KEYS, 'unknown'),
  kind: fc.constantFrom('hard', 'hard', 'soft'),
});

const drillOf: fc.Arbitrary<DrillEvidence> = fc
  .record({
    of: key,
    id: fc.nat({ max: 999 }),
    result: fc.constantFrom('passed', 'passed', 'late', 'failed', 'aborted'),
    level: fc.constantFrom(...LEVELS, 'full'),
    revision: fc.constantFrom('rev-1', 'rev-1', 'rev-0'),
    hasDeviations: fc.boolean(),
    isUnclean: fc.boolean(),
    finishedAt: fc.integer({ min: daysAgo(400), max: AS_OF + DAY_MS }),
    recoveryMs: fc.option(fc.integer({ min: 0, max: 90 * MINUTE_MS })),
    dataLossMs: fc.option(fc.integer({ min: 0, max: 200_000 })),
    manualSteps: fc.array(
      fc.record({ step: fc.constantFrom('call', 'look'), title: fc.constant('Call them'), people: fc.subarray(['ann', 'ben']) }),
      { maxLength: 2 },
    ),
  })
  .map(({ of, id, ...changes }) => drill(of, { ...changes, id: `DR-${id}` }));

const evidence: fc.Arbitrary<Evidence> = fc.record({
  runbooks: fc
    .uniqueArray(
      fc.record({
        of: key,
        scenario: fc.constantFrom('site-loss', 'cyber'),
        level: fc.constantFrom(...LEVELS, 'full'),
        isApproved: fc.boolean(),
        approvedAt: fc.integer({ min: daysAgo(400), max: AS_OF }),
        hosts: fc.subarray(HOSTS),
      }),
      { selector: (item) => `${item.of}/${item.scenario}`, maxLength: 8 },
    )
    .map((items) =>
      items.map(({ of, scenario, level, isApproved, approvedAt, hosts }) =>
        runbook(of, {
          key: scenario === 'site-loss' ? `recover-${of}` : `cyber-${of}`,
          scenario,
          level,
          approvedRevision: isApproved ? 'rev-1' : null,
          approvedAt: isApproved ? approvedAt : null,
          reviewedAt: null,
          hosts,
        }),
      ),
    ),
  drills: fc.uniqueArray(drillOf, { selector: (item) => item.id, maxLength: 14 }),
  hostChecks: fc
    .record({ standing: fc.constantFrom('good', 'bad', 'key'), host: fc.constantFrom(...HOSTS), at: fc.integer({ min: daysAgo(3), max: AS_OF }) })
    .map(({ standing, host, at }) => [check(host, { at, isReachable: standing === 'good', isKeyChanged: standing === 'key' })]),
  schedules: fc.uniqueArray(key).map((keys) => keys.map((of) => schedule(of))),
});

/** Half of the worlds are mostly proven, so that limits and inheritance have something to cut. */
export const world: fc.Arbitrary<World> = fc
  .record({
    services: fc.tuple(...KEYS.map(serviceOf)),
    dependencies: fc.array(dependency, { maxLength: 12 }),
    scenarios: fc.constantFrom([], ['site-loss'], ['site-loss', 'cyber']),
    evidence,
    isMostlyProven: fc.boolean(),
  })
  .map(({ services, dependencies, scenarios, evidence: random, isMostlyProven }) => ({
    portfolio: portfolio(services, dependencies, { policies: policies({ scenarios }) }),
    evidence: isMostlyProven ? mostlyProven(random) : random,
  }));

function mostlyProven(random: Evidence): Evidence {
  return {
    ...random,
    runbooks: KEYS.flatMap((of) => [runbook(of), runbook(of, { key: `cyber-${of}`, scenario: 'cyber' })]),
    drills: [...random.drills.slice(0, 5), ...KEYS.map((of) => drill(of, { id: `DR-${of}`, finishedAt: daysAgo(30) }))],
  };
}
