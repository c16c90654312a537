// Each gap code by table: when a service has it, when it has not, and what it weighs.
import { describe, expect, it } from 'vitest';
import { ALL_GAPS } from '../../../../api/domain/readiness/gaps/all-gaps.ts';
import { assessOne, gapOf, policies } from './builders.ts';
import { one } from './gap-row.ts';
import { RUNBOOK_AND_DRILL_ROWS } from './gap-rows-drills.ts';
import { OBJECTIVE_AND_GRAPH_ROWS } from './gap-rows-graph.ts';

const ROWS = [...RUNBOOK_AND_DRILL_ROWS, ...OBJECTIVE_AND_GRAPH_ROWS];

describe('the gaps', () => {
  it.each(ROWS)('$code, when $when', ({ of, code, gap }) => {
    const found = gapOf(of, code);
    if (gap === null) expect(found).toBeUndefined();
    else expect(found).toMatchObject(gap);
  });

  it.each(ALL_GAPS.map((rule) => rule.code))('%s is tested both ways', (code) => {
    const rows = ROWS.filter((row) => row.code === code);
    expect([rows.some((row) => row.gap === null), rows.some((row) => row.gap !== null)]).toEqual([true, true]);
  });

  it('have none to show when all is proven', () => {
    expect(one({}).gaps).toEqual([]);
  });

  it('come with what helps the portfolio most first', () => {
    const gains = assessOne({ drills: [], hostChecks: [] }, { service: { deputy: null }, policy: policies()[0] ?? {} }).gaps.map(
      (gap) => gap.portfolioGain,
    );
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
    expect(gains.length).toBeGreaterThan(3);
  });

  it('hold a limit without being critical on tier 3', () => {
    expect(gapOf(one({ drills: [] }, { tier: 3 }), 'never-drilled')?.severity).toBe('high');
  });
});
