// When a service has the gaps about objectives, hosts, the graph and schedules, and when not.
import type { Portfolio } from '../../../../api/domain/catalogue/portfolio.ts';
import type { ServiceAssessment } from '../../../../api/domain/readiness/assessment.ts';
import type { Evidence } from '../../../../api/domain/readiness/evidence.ts';
import {
  AS_OF,
  check,
  DAY_MS,
  daysAgo,
  drill,
  hard,
  MINUTE_MS,
  only,
  portfolio,
  provenEvidence,
  runbook,
  schedule,
  service,
  soft,
} from './builders.ts';
import { drilled, one } from './gap-row.ts';
import type { GapRow } from './gap-row.ts';

const TWO_HOSTS = [runbook('a', { hosts: ['host-1', 'host-2'] })];
const slowB = service('b', { rtoSeconds: 1_801 });

/** Objective, host, graph and schedule gaps. */
export const OBJECTIVE_AND_GRAPH_ROWS: readonly GapRow[] = [
  {
    code: 'rto-missed',
    when: 'it took 45 min of 30',
    of: drilled({ result: 'late', recoveryMs: 45 * MINUTE_MS }),
    gap: { severity: 'critical', pointsLost: 7.5, gain: 16, reason: 'Recovered in 45 min in DR-1: 15 min over the RTO of 30 min.' },
  },
  { code: 'rto-missed', when: 'it is unmeasured', of: drilled({ recoveryMs: null }), gap: null },
  {
    code: 'rto-unmeasured',
    when: 'the pass did not measure it',
    of: drilled({ recoveryMs: null }),
    gap: { pointsLost: 15, gain: 15, severity: 'high' },
  },
  { code: 'rto-unmeasured', when: 'it is missed', of: drilled({ recoveryMs: 45 * MINUTE_MS }), gap: null },
  {
    code: 'rpo-missed',
    when: 'it lost 90 s of 60',
    of: drilled({ dataLossMs: 90_000 }),
    gap: { pointsLost: 5, gain: 5, reason: 'DR-1 lost the last 1 min 30 s of writes; the RPO allows 1 min.' },
  },
  { code: 'rpo-missed', when: 'there is no data', of: one({ drills: [drill('a', { dataLossMs: 90_000 })] }, { hasData: false }), gap: null },
  { code: 'rpo-unmeasured', when: 'the pass did not measure it', of: drilled({ dataLossMs: null }), gap: { pointsLost: 10, gain: 10 } },
  { code: 'rpo-unmeasured', when: 'there is no data', of: one({ drills: [drill('a', { dataLossMs: null })] }, { hasData: false }), gap: null },

  {
    code: 'host-unreachable',
    when: 'one of two refused',
    of: one({ runbooks: TWO_HOSTS, hostChecks: [check('host-1'), check('host-2', { isReachable: false, problem: 'connection refused' })] }),
    gap: { pointsLost: 2.5, gain: 2.5, since: AS_OF - MINUTE_MS, reason: 'host-2 could not be reached (connection refused).' },
  },
  {
    code: 'host-unreachable',
    when: 'the last test is old',
    of: one({ hostChecks: [check('host-1', { at: AS_OF - 2 * DAY_MS })] }),
    gap: { pointsLost: 5 },
  },
  {
    code: 'host-unreachable',
    when: 'only the key changed',
    of: one({ hostChecks: [check('host-1', { isReachable: false, isKeyChanged: true })] }),
    gap: null,
  },
  {
    code: 'host-key-changed',
    when: 'the key changed',
    of: one({ runbooks: TWO_HOSTS, hostChecks: [check('host-1', { isKeyChanged: true })] }),
    gap: { pointsLost: 2.5, severity: 'medium' },
  },
  { code: 'host-key-changed', when: 'the host refused', of: one({ hostChecks: [check('host-1', { isReachable: false })] }), gap: null },
  {
    code: 'single-person-step',
    when: 'one person did it each time',
    of: drilled({ manualSteps: [{ step: 'call', title: 'call', people: ['ann'] }] }),
    gap: { pointsLost: 2.5, gain: 2.5, reason: 'In the last drills only one person did “call” of recover-a (ann).' },
  },
  { code: 'single-person-step', when: 'two did', of: one({}), gap: null },

  {
    code: 'hard-dependency-limits',
    when: 'a dependency stands lower',
    of: among(portfolio([service('a'), service('b', { deputy: null })], [hard('a', 'b')])),
    gap: { pointsLost: 2.5, gain: 2.5, portfolioGain: 20, reason: 'A would stand at 100, but hangs on B at 97.5.', evidence: ['b'] },
  },
  {
    code: 'hard-dependency-limits',
    when: 'a soft one stands lower',
    of: among(portfolio([service('a'), service('b', { deputy: null })], [soft('a', 'b')])),
    gap: null,
  },
  {
    code: 'soft-dependency-not-ready',
    when: 'a soft one is unproven',
    of: among(portfolio([service('a'), service('b')], [soft('a', 'b')]), { drills: [drill('a')] }),
    gap: { pointsLost: 0, gain: 0, severity: 'low', reason: 'A uses B, which is not ready.' },
  },
  { code: 'soft-dependency-not-ready', when: 'it is ready', of: among(portfolio([service('a'), service('b')], [soft('a', 'b')])), gap: null },
  {
    code: 'dependency-cycle',
    when: 'two need one another',
    of: among(portfolio([service('a'), service('b')], [hard('a', 'b'), hard('b', 'a')])),
    gap: {
      evidence: ['a', 'b'],
      severity: 'medium',
      reason:
        'A and B need one another in a circle. They recover as one group, which takes the sum of their times, 40 min, and all share the lowest own score among them.',
    },
  },
  { code: 'dependency-cycle', when: 'it is said to need itself', of: among(portfolio([service('a')], [hard('a', 'a')])), gap: null },
  {
    code: 'rto-inversion',
    when: 'what it needs may take longer than it has left',
    of: among(portfolio([service('a'), service('b', { rtoSeconds: 601 })], [hard('a', 'b')])),
    gap: {
      severity: 'medium',
      evidence: ['b'],
      reason: 'B may take 10 min 1 s, its RTO, but A needs it back within 10 min (RTO 30 min, own recovery 20 min).',
    },
  },
  {
    code: 'rto-inversion',
    when: 'there is just enough time',
    of: among(portfolio([service('a'), service('b', { rtoSeconds: 600 })], [hard('a', 'b')])),
    gap: null,
  },
  {
    code: 'rto-inversion',
    when: 'a dependent has less time left',
    of: among(portfolio([service('a'), service('b')], [hard('b', 'a')])),
    gap: { evidence: ['b'] },
  },
  {
    code: 'rto-inversion',
    when: 'its own recovery is unproven and the RTO of the other is longer',
    of: among(portfolio([service('a'), slowB], [hard('a', 'b')]), { drills: [] }),
    gap: { reason: 'B may take 30 min 1 s, its RTO, but A needs it back within 30 min.' },
  },
  { code: 'rto-inversion', when: 'they are in one circle', of: among(portfolio([service('a'), slowB], [hard('a', 'b'), hard('b', 'a')])), gap: null },
  {
    code: 'tier-inversion',
    when: 'a customer-facing one hangs on a lower tier, two steps down',
    of: among(portfolio([service('a', { isCustomerFacing: true }), service('b'), service('c', { tier: 3 })], [hard('a', 'b'), hard('b', 'c')])),
    gap: { evidence: ['c'], severity: 'medium' },
  },
  { code: 'tier-inversion', when: 'it is internal', of: among(portfolio([service('a'), service('b', { tier: 3 })], [hard('a', 'b')])), gap: null },
  {
    code: 'tier-inversion',
    when: 'the tier is higher',
    of: among(portfolio([service('a', { isCustomerFacing: true, tier: 2 }), service('b')], [hard('a', 'b')])),
    gap: null,
  },

  { code: 'schedule-missing', when: 'there is none', of: one({ schedules: [] }), gap: { severity: 'low', reason: 'No schedule drills A.' } },
  {
    code: 'schedule-missing',
    when: 'it is paused',
    of: one({ schedules: [schedule('a', { isActive: false })] }),
    gap: { reason: 'Every schedule that drills A is paused.' },
  },
  { code: 'schedule-missing', when: 'one is active', of: one({}), gap: null },
  {
    code: 'schedule-missed',
    when: 'due times passed since the last drill',
    of: one({ schedules: [schedule('a', { missedAt: [daysAgo(30), daysAgo(7), daysAgo(3)] })] }),
    gap: { since: daysAgo(7), reason: 'A scheduled drill of recover-a did not happen 2 times since 2026-05-25.' },
  },
  { code: 'schedule-missed', when: 'a drill was run since', of: one({ schedules: [schedule('a', { missedAt: [daysAgo(30)] })] }), gap: null },
];

function among(of: Portfolio, changes: Partial<Evidence> = {}): ServiceAssessment {
  return only(
    of,
    provenEvidence(
      of.services.map((item) => item.key),
      changes,
    ),
    'a',
  );
}
