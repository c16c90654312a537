// Each component by table: what it earns of its points, in which state, and why.
import { describe, expect, it } from 'vitest';
import type { Service, TierPolicy } from '../../../../api/domain/catalogue/portfolio.ts';
import type { ComponentCode, ComponentResult } from '../../../../api/domain/readiness/assessment.ts';
import type { DrillEvidence, Evidence } from '../../../../api/domain/readiness/evidence.ts';
import { AS_OF, assessOne, check, DAY_MS, daysAgo, drill, MINUTE_MS, runbook } from './builders.ts';

interface Row {
  readonly title: string;
  readonly evidence?: Partial<Evidence>;
  readonly service?: Partial<Service>;
  readonly policy?: Partial<TierPolicy>;
  readonly earned: number;
  readonly state: ComponentResult['state'];
  readonly reason?: string;
}

function table(code: ComponentCode, rows: readonly Row[]): void {
  it.each(rows)('$title', (row) => {
    const component = assessOne(row.evidence, row).components.find((item) => item.code === code);
    expect(component).toMatchObject({ earned: row.earned, state: row.state });
    if (row.reason !== undefined) expect(component?.reason).toBe(row.reason);
    if (row.state !== 'not-applicable') expect(component?.action === null).toBe(component?.earned === component?.possible);
  });
}

function drills(...changes: readonly Partial<DrillEvidence>[]): Partial<Evidence> {
  return { drills: changes.map((change, at) => drill('a', { id: `DR-${changes.length - at}`, finishedAt: daysAgo(10 + at), ...change })) };
}

function byOne(step: string, person: string): Partial<DrillEvidence> {
  return { manualSteps: [{ step, title: step, people: [person] }] };
}

describe('the runbooks component', () => {
  table('runbooks', [
    { title: 'earns all when the only scenario has an approved runbook', earned: 15, state: 'proven' },
    {
      title: 'earns the share of scenarios covered',
      policy: { scenarios: ['site-loss', 'cyber'] },
      earned: 7.5,
      state: 'unproven',
      reason: 'Approved runbooks cover 1 of 2 scenarios; none covers cyber.',
    },
    {
      title: 'earns nothing for a runbook that is not approved',
      evidence: { runbooks: [runbook('a', { approvedRevision: null })] },
      earned: 0,
      state: 'unproven',
    },
    {
      title: 'earns nothing for an approval of after the day asked about',
      evidence: { runbooks: [runbook('a', { approvedAt: AS_OF + 1 })] },
      earned: 0,
      state: 'unproven',
    },
    { title: 'earns nothing for a runbook of another service', evidence: { runbooks: [runbook('b')] }, earned: 0, state: 'unproven' },
    { title: 'does not apply when the policy asks for no scenario', policy: { scenarios: [] }, earned: 0, state: 'not-applicable' },
  ]);
});

describe('the currency component', () => {
  const old = { approvedAt: daysAgo(181), reviewedAt: daysAgo(181) };
  table('currency', [
    { title: 'earns all when reviewed and drilled in its approved revision', earned: 10, state: 'proven' },
    {
      title: 'counts a review on the last day of the period',
      evidence: { runbooks: [runbook('a', { ...old, reviewedAt: daysAgo(180) })] },
      earned: 10,
      state: 'proven',
    },
    { title: 'loses half when the review is overdue', evidence: { runbooks: [runbook('a', old)] }, earned: 5, state: 'stale' },
    { title: 'takes an approval for a review', evidence: { runbooks: [runbook('a', { reviewedAt: null })] }, earned: 10, state: 'proven' },
    {
      title: 'loses half when another revision was drilled',
      evidence: { runbooks: [runbook('a', { approvedRevision: 'rev-2' })] },
      earned: 5,
      state: 'stale',
      reason: 'recover-a has changed since it was last drilled with success.',
    },
    {
      title: 'looks at the last drill with success, not at a later failure',
      evidence: drills({ result: 'failed', revision: 'rev-0' }, {}),
      earned: 10,
      state: 'proven',
    },
    { title: 'loses half when never drilled', evidence: { drills: [] }, earned: 5, state: 'unproven' },
    { title: 'earns nothing without an approved runbook', evidence: { runbooks: [] }, earned: 0, state: 'unproven' },
    {
      title: 'goes by the share of runbooks',
      evidence: { runbooks: [runbook('a'), runbook('a', { key: 'second' })] },
      earned: 7.5,
      state: 'unproven',
    },
  ]);
});

describe('the drill proof component', () => {
  table('drill-proof', [
    {
      title: 'earns all for a recent pass at the level asked for',
      earned: 25,
      state: 'proven',
      reason: 'DR-a passed at level full on 2026-05-22; the next drill is due on 2026-08-20.',
    },
    { title: 'takes a late drill for a pass', evidence: drills({ result: 'late' }), earned: 25, state: 'proven' },
    { title: 'earns all on the day the next drill is due', evidence: drills({ finishedAt: daysAgo(90) }), earned: 25, state: 'proven' },
    { title: 'has lost half when half a period overdue', evidence: drills({ finishedAt: daysAgo(135) }), earned: 12.5, state: 'stale' },
    { title: 'has lost all at twice the period', evidence: drills({ finishedAt: daysAgo(180) }), earned: 0, state: 'stale' },
    { title: 'earns 0.4 one level below the policy', evidence: drills({ level: 'partial' }), earned: 10, state: 'unproven' },
    { title: 'earns 0.2 two levels below the policy', evidence: drills({ level: 'dry-run' }), earned: 5, state: 'unproven' },
    { title: 'earns 0.2 three levels below the policy', evidence: drills({ level: 'tabletop' }), earned: 5, state: 'unproven' },
    { title: 'earns all above the level asked for', policy: { level: 'partial' }, earned: 25, state: 'proven' },
    {
      title: 'takes the best of recency and level',
      evidence: drills({ level: 'partial' }, { finishedAt: daysAgo(99) }),
      earned: 22.5,
      state: 'stale',
    },
    { title: 'earns nothing when all drills failed', evidence: drills({ result: 'failed' }), earned: 0, state: 'failed' },
    {
      title: 'earns nothing without a drill',
      evidence: { drills: [] },
      earned: 0,
      state: 'unproven',
      reason: 'No drill of this service was ever finished.',
    },
    { title: 'does not see a drill of after the day asked about', evidence: drills({ finishedAt: AS_OF + 1 }), earned: 0, state: 'unproven' },
  ]);
});

describe('the outcome component', () => {
  table('outcome', [
    { title: 'earns all for one clean drill', earned: 15, state: 'proven' },
    {
      title: 'earns 0.6 for deviations',
      evidence: drills({ hasDeviations: true }),
      earned: 9,
      state: 'proven',
      reason: 'DR-1 passed with deviations.',
    },
    { title: 'earns 0.6 for unfinished cleanup', evidence: drills({ isUnclean: true }), earned: 9, state: 'proven' },
    { title: 'weighs the last three 3:2:1', evidence: drills({}, { result: 'failed' }, { hasDeviations: true }), earned: 9, state: 'proven' },
    {
      title: 'weighs the last two 3:2',
      evidence: drills({ result: 'failed' }, {}),
      earned: 6,
      state: 'failed',
      reason: 'DR-2 failed and DR-1 passed.',
    },
    { title: 'forgets the fourth', evidence: drills({}, {}, {}, { result: 'failed' }), earned: 15, state: 'proven' },
    { title: 'earns nothing for an aborted drill', evidence: drills({ result: 'aborted' }), earned: 0, state: 'failed' },
    { title: 'leaves out drills below the level asked for', evidence: drills({ level: 'partial' }), earned: 0, state: 'unproven' },
    { title: 'takes a late drill for a pass', evidence: drills({ result: 'late' }), earned: 15, state: 'proven' },
  ]);
});

describe('the recovery time component', () => {
  table('recovery-time', [
    { title: 'earns all within the RTO', earned: 15, state: 'proven', reason: 'Recovered in 20 min against an RTO of 30 min in DR-a.' },
    { title: 'earns all exactly at the RTO', evidence: drills({ recoveryMs: 30 * MINUTE_MS }), earned: 15, state: 'proven' },
    { title: 'has lost half at one and a half times the RTO', evidence: drills({ recoveryMs: 45 * MINUTE_MS }), earned: 7.5, state: 'failed' },
    { title: 'has lost all at twice the RTO', evidence: drills({ recoveryMs: 60 * MINUTE_MS }), earned: 0, state: 'failed' },
    { title: 'earns nothing unmeasured', evidence: drills({ recoveryMs: null }, { recoveryMs: MINUTE_MS }), earned: 0, state: 'unproven' },
    {
      title: 'looks at the latest pass, not at a later failure',
      evidence: drills({ result: 'failed', recoveryMs: 1 }, {}),
      earned: 15,
      state: 'proven',
    },
    {
      title: 'takes the RTO of the tier where the service has none',
      service: { rtoSeconds: null },
      evidence: drills({ recoveryMs: 60 * MINUTE_MS }),
      earned: 15,
      state: 'proven',
    },
    { title: 'never rounds up to full points', evidence: drills({ recoveryMs: 30 * MINUTE_MS + 1 }), earned: 14.9, state: 'failed' },
  ]);
});

describe('the data loss component', () => {
  table('data-loss', [
    { title: 'earns all within the RPO', earned: 10, state: 'proven', reason: 'Lost the last 30 s of writes against an RPO of 1 min in DR-a.' },
    { title: 'has lost half at one and a half times the RPO', evidence: drills({ dataLossMs: 90_000 }), earned: 5, state: 'failed' },
    { title: 'has lost all at twice the RPO', evidence: drills({ dataLossMs: 120_000 }), earned: 0, state: 'failed' },
    { title: 'holds an RPO of zero to zero', service: { rpoSeconds: 0 }, evidence: drills({ dataLossMs: 1 }), earned: 0, state: 'failed' },
    {
      title: 'earns all for no loss against an RPO of zero',
      service: { rpoSeconds: 0 },
      evidence: drills({ dataLossMs: 0 }),
      earned: 10,
      state: 'proven',
    },
    { title: 'earns nothing unmeasured', evidence: drills({ dataLossMs: null }), earned: 0, state: 'unproven' },
    { title: 'does not apply without data', service: { hasData: false }, earned: 0, state: 'not-applicable' },
  ]);
});

describe('the reachability component', () => {
  const twoHosts = [runbook('a', { hosts: ['host-1', 'host-2'] })];
  table('reachability', [
    { title: 'earns all when every host was reached', earned: 5, state: 'proven' },
    {
      title: 'counts a test of exactly 24 hours ago',
      evidence: { hostChecks: [check('host-1', { at: AS_OF - DAY_MS })] },
      earned: 5,
      state: 'proven',
    },
    {
      title: 'leaves out a test older than 24 hours',
      evidence: { hostChecks: [check('host-1', { at: AS_OF - DAY_MS - 1 })] },
      earned: 0,
      state: 'stale',
    },
    {
      title: 'earns the share of hosts reached',
      evidence: { runbooks: twoHosts, hostChecks: [check('host-1'), check('host-2', { isReachable: false })] },
      earned: 2.5,
      state: 'failed',
    },
    {
      title: 'takes a changed host key for unreachable',
      evidence: { hostChecks: [check('host-1', { isKeyChanged: true })] },
      earned: 0,
      state: 'failed',
    },
    {
      title: 'knows that a host was never tested',
      evidence: { hostChecks: [] },
      earned: 0,
      state: 'unproven',
      reason: 'Of 1 host, host-1 was never tested.',
    },
    {
      title: 'does not apply when the runbooks target no hosts',
      evidence: { runbooks: [runbook('a', { hosts: [] })] },
      earned: 0,
      state: 'not-applicable',
    },
  ]);
});

describe('the people component', () => {
  table('people', [
    { title: 'earns all when named and shared', earned: 5, state: 'proven' },
    { title: 'loses half without a deputy', service: { deputy: null }, earned: 2.5, state: 'failed' },
    { title: 'loses half without an owner', service: { owner: null }, earned: 2.5, state: 'failed' },
    {
      title: 'loses half for a step that one person always did',
      evidence: drills(byOne('call', 'ann'), byOne('call', 'ann')),
      earned: 2.5,
      state: 'failed',
    },
    {
      title: 'is content when different people did it in turn',
      evidence: drills(byOne('call', 'ann'), byOne('call', 'ben')),
      earned: 5,
      state: 'proven',
    },
    { title: 'looks back three drills only', evidence: drills(byOne('call', 'ann'), {}, {}, byOne('ring', 'ann')), earned: 5, state: 'proven' },
    { title: 'is content without manual steps', evidence: drills({ manualSteps: [] }), earned: 5, state: 'proven' },
    { title: 'earns only the names without a drill', evidence: { drills: [] }, earned: 2.5, state: 'unproven' },
  ]);
});

describe('the sum', () => {
  it('scales what applies to 100 points in all, exactly', () => {
    const one = assessOne({ runbooks: [runbook('a', { hosts: [] })] }, { service: { hasData: false } });
    // 85 points apply: 15/85, 10/85, 25/85, 15/85, 15/85, 5/85 of 1000 tenths are 176.47, 117.64, 294.11, 176.47, 176.47, 58.82;
    // rounded down they leave 3 over, which go to the largest remainders: people .82, currency .64, runbooks .47 (first of equals).
    const possible = Object.fromEntries(one.components.map((item) => [item.code, item.possible]));
    expect(possible).toEqual({
      runbooks: 17.7,
      currency: 11.8,
      'drill-proof': 29.4,
      outcome: 17.6,
      'recovery-time': 17.6,
      'data-loss': 0,
      reachability: 0,
      people: 5.9,
    });
    expect(one.own).toBe(100);
  });

  it('tells never tested from failed in the proof coverage', () => {
    expect(assessOne().proofCoverage).toBe(1);
    expect(assessOne({ drills: [drill('a', { result: 'failed' })] }).proofCoverage).toBe(0.75);
    expect(assessOne({ drills: [] }).proofCoverage).toBe(0.3);
    expect(assessOne({ runbooks: [], drills: [], hostChecks: [] }).proofCoverage).toBe(0);
  });
});
