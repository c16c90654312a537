// One small estate worked out by hand, from the evidence to every score.
import { describe, expect, it } from 'vitest';
import { assess, MODEL_VERSION } from '../../../../api/domain/readiness/assess.ts';
import type { Evidence } from '../../../../api/domain/readiness/evidence.ts';
import { AS_OF, check, daysAgo, drill, hard, MINUTE_MS, portfolio, runbook, schedule, service, soft } from './builders.ts';

// shop (tier 1, customer-facing) needs orders hard and mail soft; orders (tier 2) needs store (tier 1) hard.
const ESTATE = portfolio(
  [
    service('shop', { isCustomerFacing: true, hasData: false }),
    service('orders', { tier: 2, rtoSeconds: 3_600, deputy: null }),
    service('store', { rtoSeconds: 600 }),
    service('mail', { tier: 4, owner: null, deputy: null }),
  ],
  [hard('shop', 'orders'), soft('shop', 'mail'), hard('orders', 'store')],
);

const EVIDENCE: Evidence = {
  runbooks: [runbook('shop', { hosts: [] }), runbook('orders', { hosts: ['host-1', 'host-2'] }), runbook('store', { approvedRevision: 'rev-2' })],
  drills: [
    drill('shop', { id: 'DR-1', finishedAt: daysAgo(100), recoveryMs: 15 * MINUTE_MS, dataLossMs: null }),
    drill('orders', { id: 'DR-2', finishedAt: daysAgo(30), recoveryMs: 30 * MINUTE_MS, hasDeviations: true }),
    drill('orders', { id: 'DR-3', finishedAt: daysAgo(60), result: 'failed', recoveryMs: null, dataLossMs: null }),
    drill('store', { id: 'DR-4', finishedAt: daysAgo(5), result: 'late', recoveryMs: 12 * MINUTE_MS, dataLossMs: 75_000 }),
  ],
  hostChecks: [check('host-1'), check('host-2', { isReachable: false, problem: 'connection refused' })],
  schedules: [schedule('shop'), schedule('orders'), schedule('store')],
};

describe('the golden estate', () => {
  const assessment = assess(ESTATE, EVIDENCE, AS_OF);
  const of = (key: string) => assessment.services.find((item) => item.service === key);
  const earned = (key: string): readonly (readonly [number, number])[] =>
    of(key)?.components.map((item) => [item.earned, item.possible] as const) ?? [];

  it('is stamped and in key order', () => {
    expect([assessment.modelVersion, assessment.asOf]).toEqual([MODEL_VERSION, AS_OF]);
    expect(assessment.services.map((item) => item.service)).toEqual(['mail', 'orders', 'shop', 'store']);
  });

  it('scores orders at 85.4', () => {
    // Runbook approved: 15. Reviewed 20 days ago and drilled in rev-1 by DR-2: 10. DR-2 is 30 of 180 days old: 25.
    // Outcome: DR-2 passed with deviations 0.6 x 3, DR-3 failed 0 x 2, over 5: 0.36 of 15 is 5.4.
    // 30 min against 60: 15. 30 s against 60: 10. One of two hosts: 2.5. No deputy: 2.5 of 5.
    expect(earned('orders')).toEqual([
      [15, 15],
      [10, 10],
      [25, 25],
      [5.4, 15],
      [15, 15],
      [10, 10],
      [2.5, 5],
      [2.5, 5],
    ]);
    expect(of('orders')).toMatchObject({ own: 85.4, limit: null, proofCoverage: 1, provenRecoveryMs: 30 * MINUTE_MS });
  });

  it('scores store at 84', () => {
    // rev-2 is approved, rev-1 was drilled: 5 of 10. 12 min against 10: 1 - 0.2 = 0.8 of 15 is 12. 75 s against 60: 0.75 of 10 is 7.5.
    // 15 + 5 + 25 + 15 + 12 + 7.5 + 5 + 5 = 89.5, cut to 84 for the missed RTO.
    expect(earned('store')).toEqual([
      [15, 15],
      [5, 10],
      [25, 25],
      [15, 15],
      [12, 15],
      [7.5, 10],
      [5, 5],
      [5, 5],
    ]);
    expect(of('store')).toMatchObject({ own: 84, effective: 84, band: 'nearly', limit: { at: 84 }, limitedBy: [] });
  });

  it('scores shop at 69', () => {
    // No data and no target hosts: 85 points apply. Scaled: 17.7, 11.8, 29.4, 17.6, 17.6 and 5.9 for people.
    // DR-1 is 100 days old, 10 over the 90: recency 80/90 of 29.4 is 26.13, so 26.1. All else is full: 100 - 3.3 = 96.7.
    // Tier 1 and overdue: cut to 69.
    expect(earned('shop')).toEqual([
      [17.7, 17.7],
      [11.8, 11.8],
      [26.1, 29.4],
      [17.6, 17.6],
      [17.6, 17.6],
      [0, 0],
      [0, 0],
      [5.9, 5.9],
    ]);
    expect(of('shop')).toMatchObject({ own: 69, effective: 69, band: 'at-risk', limit: { at: 69 }, nextDueAt: daysAgo(10), rpoSeconds: null });
  });

  it('scores mail at 0 and shows it as unproven', () => {
    expect(of('mail')).toMatchObject({ own: 0, effective: 0, band: 'unproven', limit: { at: 0 }, proofCoverage: 0, lastDrillAt: null });
  });

  it('lets store hold orders down, and orders not shop', () => {
    expect(of('orders')).toMatchObject({ effective: 84, band: 'nearly' });
    expect(of('orders')?.limitedBy.map((link) => link.service)).toEqual(['orders', 'store']);
    expect(of('shop')?.limitedBy).toEqual([]);
  });

  it('adds up the recovery of shop: 15 min after 30 min after 12 min', () => {
    expect(of('shop')?.endToEndRecoveryMs).toBe(57 * MINUTE_MS);
    expect(of('shop')?.recoveryPath.map((rung) => rung.service)).toEqual(['shop', 'orders', 'store']);
  });

  it('lists the gaps with what closing each would bring', () => {
    const gaps = Object.fromEntries(
      assessment.services.map((item) => [item.service, item.gaps.map((gap) => [gap.code, gap.pointsLost, gap.gain, gap.portfolioGain])]),
    );
    expect(gaps).toEqual({
      mail: [
        // 15 of the 95 points that apply are 15.8 and stay below 39; all else brings nothing under a limit of 0.
        ['no-runbook', 15.8, 15.8, 15.8],
        // A tabletop pass brings 25 + 15 of 95: 26.3 + 15.8.
        ['never-drilled', 42.1, 0, 0],
        ['rto-unmeasured', 15.8, 0, 0],
        ['rpo-unmeasured', 10.5, 0, 0],
        ['no-owner', 2.6, 0, 0],
        ['schedule-missing', 0, 0, 0],
      ],
      orders: [
        // Store no longer holds it: 85.4 - 84, of tier 2, and shop at 69 stays.
        ['hard-dependency-limits', 1.4, 1.4, 5.6],
        // A clean pass: (3 + 2 x 0.6 + 0) / 6 = 0.7 of 15 is 10.5. Own scores bring nothing while store holds it at 84.
        ['drill-with-deviations', 5.1, 0, 0],
        ['no-deputy', 2.5, 0, 0],
        ['host-unreachable', 2.5, 0, 0],
        // Seen from both ends: orders may take its 60 min, and shop has 30 - 15 left.
        ['rto-inversion', 0, 0, 0],
      ],
      shop: [
        // 100, held at 84 by orders: 15 points of tier 1.
        ['drill-overdue', 3.3, 15, 120],
        ['soft-dependency-not-ready', 0, 0, 0],
        ['rto-inversion', 0, 0, 0],
        ['tier-inversion', 0, 0, 0],
      ],
      store: [
        // 89.5 + 3 = 92.5 without the limit: 8.5 of tier 1, and orders rises by 1.4 of tier 2.
        ['rto-missed', 3, 8.5, 73.6],
        // Nothing while the limit of 84 holds.
        ['runbook-changed-since-drill', 5, 0, 0],
        ['rpo-missed', 2.5, 0, 0],
      ],
    });
  });
});
