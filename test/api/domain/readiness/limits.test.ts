// Each limit by table, and the bands.
import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../api/domain/catalogue/portfolio.ts';
import { bandOf } from '../../../../api/domain/readiness/band.ts';
import type { Evidence } from '../../../../api/domain/readiness/evidence.ts';
import { assessOne, daysAgo, drill, MINUTE_MS, runbook } from './builders.ts';

interface Row {
  readonly title: string;
  readonly evidence?: Partial<Evidence>;
  readonly service?: Partial<Service>;
  readonly limit: number | null;
  readonly own: number;
  readonly band: string;
}

describe('the limits', () => {
  it.each<Row>([
    { title: 'none holds when all is proven', limit: null, own: 100, band: 'ready' },
    {
      title: '0 without an approved runbook',
      evidence: { runbooks: [runbook('a', { approvedRevision: null })] },
      limit: 0,
      own: 0,
      band: 'not-ready',
    },
    {
      title: '39 when no qualifying drill ever passed',
      evidence: { drills: [drill('a', { level: 'partial' })] },
      limit: 39,
      own: 39,
      band: 'unproven',
    },
    {
      title: '39 before 49 when the only drill failed',
      evidence: { drills: [drill('a', { result: 'failed' })] },
      limit: 39,
      own: 30,
      band: 'not-ready',
    },
    {
      title: '49 when the latest qualifying drill failed',
      evidence: { drills: [drill('a'), drill('a', { id: 'DR-2', result: 'failed', finishedAt: daysAgo(1) })] },
      limit: 49,
      own: 49,
      band: 'at-risk',
    },
    {
      title: '49 when the latest qualifying drill was aborted',
      evidence: { drills: [drill('a'), drill('a', { id: 'DR-2', result: 'aborted', finishedAt: daysAgo(1) })] },
      limit: 49,
      own: 49,
      band: 'at-risk',
    },
    {
      title: 'none for a later failure below the level asked for',
      evidence: { drills: [drill('a'), drill('a', { id: 'DR-2', result: 'failed', level: 'dry-run', finishedAt: daysAgo(1) })] },
      limit: null,
      own: 100,
      band: 'ready',
    },
    {
      title: '69 when a tier 1 pass is one day overdue',
      evidence: { drills: [drill('a', { finishedAt: daysAgo(91) })] },
      limit: 69,
      own: 69,
      band: 'at-risk',
    },
    {
      title: 'none on the last day of the drill period',
      evidence: { drills: [drill('a', { finishedAt: daysAgo(90) })] },
      limit: null,
      own: 100,
      band: 'ready',
    },
    {
      title: 'none for an overdue pass of tier 3',
      service: { tier: 3 },
      evidence: { drills: [drill('a', { finishedAt: daysAgo(438) })], runbooks: [runbook('a')] },
      // A fifth of the 365 days overdue: 25 x 0.8 = 20 points of drill proof.
      limit: null,
      own: 95,
      band: 'ready',
    },
    {
      title: '84 when the proven recovery time is above the RTO',
      evidence: { drills: [drill('a', { result: 'late', recoveryMs: 30 * MINUTE_MS + 1 })] },
      limit: 84,
      own: 84,
      band: 'nearly',
    },
  ])('is $title', (row) => {
    const one = assessOne(row.evidence, { service: row.service ?? {} });
    expect({ limit: one.limit?.at ?? null, own: one.own, band: one.band }).toEqual({ limit: row.limit, own: row.own, band: row.band });
  });

  it('names the lowest in a sentence', () => {
    expect(assessOne({ drills: [drill('a', { finishedAt: daysAgo(91) })] }).limit?.reason).toBe(
      'Its last pass is older than 90 days: a drill was due on 2026-05-31.',
    );
  });
});

describe('the bands', () => {
  it.each([
    [100, 'ready'],
    [85, 'ready'],
    [84.9, 'nearly'],
    [70, 'nearly'],
    [69.9, 'at-risk'],
    [40, 'at-risk'],
    [39.9, 'not-ready'],
    [0, 'not-ready'],
  ])('%d is %s', (score, band) => {
    expect(bandOf(score, true)).toBe(band);
    expect(bandOf(score, false)).toBe('unproven');
  });
});
