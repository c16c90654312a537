// The lists and the overview, cut from one view of the catalogue: filters, orders, pages, cells and sums.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogueView, ServiceRow } from '../../../api/application/catalogue-view.ts';
import { listServices, SERVICE_SORTS, type ServiceFilter, type ServiceSort } from '../../../api/application/list-services.ts';
import { fixFirst, summariseCells, summariseDepartments, summariseLenses } from '../../../api/application/overview.ts';
import { LENSES, lensesOf } from '../../../api/domain/catalogue/lens.ts';
import { OPERATORS, REACHES, TIERS, type Service } from '../../../api/domain/catalogue/portfolio.ts';
import { BANDS, type Band, type Gap, type ServiceAssessment } from '../../../api/domain/readiness/assessment.ts';
import { aPortfolio, aService } from '../db/records.ts';
import { assessOne } from '../domain/readiness/builders.ts';

const SETTINGS = { esmIsCompanyWide: false };
const ASSESSED = assessOne();

interface RowFacts extends Partial<Service> {
  readonly reach?: ServiceRow['reach'];
  readonly band?: Band;
  readonly effective?: number;
  readonly lastDrillAt?: number | null;
  readonly gaps?: readonly Gap[];
}

function row({ reach = 'internal', band = 'ready', effective = 100, lastDrillAt = null, gaps = [], ...fields }: RowFacts): ServiceRow {
  const service = aService(fields);
  const assessment: ServiceAssessment = { ...ASSESSED, service: service.key, band, effective, lastDrillAt, gaps };
  return { service, reach, reachPath: [], lenses: lensesOf(service, reach, SETTINGS), assessment, assessedAt: 1, band };
}

function view(rows: readonly ServiceRow[]): CatalogueView {
  const portfolio = aPortfolio({ services: rows.map(({ service }) => service) });
  return { portfolio, rows, byKey: new Map(rows.map((one) => [one.service.key, one])) };
}

function gap(service: string, portfolioGain: number, code = 'never-drilled'): Gap {
  return {
    code,
    service,
    component: null,
    severity: 'high',
    title: code,
    reason: '',
    action: '',
    pointsLost: 1,
    gain: 1,
    portfolioGain,
    since: null,
    evidence: [],
  };
}

function keys(rows: readonly ServiceRow[], filter: ServiceFilter = {}, sort: ServiceSort = 'name'): readonly string[] {
  return listServices(view(rows), filter, { first: 100, after: null, sort }).rows.map(({ service }) => service.key);
}

const anyRow = fc
  .record({
    number: fc.integer({ min: 1, max: 1_000_000 }),
    tier: fc.constantFrom(...TIERS),
    operatedBy: fc.constantFrom(...OPERATORS),
    reach: fc.constantFrom(...REACHES),
    band: fc.constantFrom(...BANDS),
    effective: fc.integer({ min: 0, max: 100 }),
    department: fc.constantFrom('Payments', 'Trade', null),
    owner: fc.constantFrom('owen', 'dora', null),
    portfolioGain: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ number, portfolioGain, ...facts }) =>
    row({ ...facts, key: `s${number}`, name: `S ${number % 7}`, gaps: [gap(`s${number}`, portfolioGain)] }),
  );
const anyRows = fc.uniqueArray(anyRow, { maxLength: 40, selector: ({ service }) => service.key });

describe('the list of services', () => {
  it('has every service once, from page to page, in every order', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...SERVICE_SORTS), fc.integer({ min: 1, max: 7 }), (rows, sort, first) => {
        const seen: string[] = [];
        for (let after: string | null = null; ;) {
          const page = listServices(view(rows), {}, { first, after, sort });
          seen.push(...page.rows.map(({ service }) => service.key));
          expect(page.total).toBe(rows.length);
          if (!page.hasNext) break;
          after = page.cursors.at(-1) ?? null;
        }
        expect(seen).toEqual(listServices(view(rows), {}, { first: 100, after: null, sort }).rows.map(({ service }) => service.key));
        expect(seen.toSorted()).toEqual(rows.map(({ service }) => service.key).toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('begins anew after a service that has left it', () => {
    const rows = [row({ key: 'a' }), row({ key: 'b' })];
    expect(listServices(view(rows), {}, { first: 1, after: 'gone', sort: 'name' }).cursors).toEqual(['a']);
  });

  it('puts what nothing speaks for ahead of the lowest score, and what was never drilled first', () => {
    const rows = [
      row({ key: 'good', effective: 90, lastDrillAt: 9 }),
      row({ key: 'bad', effective: 0, lastDrillAt: 5 }),
      row({ key: 'dark', band: 'unproven' }),
    ];
    expect(keys(rows, {}, 'score')).toEqual(['dark', 'bad', 'good']);
    expect(keys(rows, {}, 'last-drill')).toEqual(['dark', 'bad', 'good']);
  });

  it('puts first what helps the whole portfolio most', () => {
    const rows = [row({ key: 'a', gaps: [gap('a', 1), gap('a', 2)] }), row({ key: 'b', gaps: [gap('b', 5)] }), row({ key: 'c' })];
    expect(keys(rows, {}, 'fix-first')).toEqual(['b', 'a', 'c']);
  });

  it('is cut by owner or deputy, by department, and by a part of the name in any case', () => {
    const rows = [
      row({ key: 'pay', name: 'Card Payments', owner: 'owen', department: 'Payments' }),
      row({ key: 'mail', name: 'Mail', deputy: 'owen' }),
      row({ key: 'trade', name: 'Trade', owner: 'dora', tier: 3 }),
    ];
    expect(keys(rows, { owner: 'owen' })).toEqual(['pay', 'mail']);
    expect(keys(rows, { text: ' CARD ' })).toEqual(['pay']);
    expect(keys(rows, { text: 'rad' })).toEqual(['trade']);
    expect(keys(rows, { department: 'Payments', tier: 3 })).toEqual([]);
    expect(keys(rows, { owner: null, text: '' })).toHaveLength(3);
  });
});

describe('the overview', () => {
  it('counts every service in one cell, under the lenses of that cell', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const cells = summariseCells(view(rows), rows);
        expect(cells.map(({ operatedBy, reach }) => `${operatedBy} ${reach}`)).toEqual(
          OPERATORS.flatMap((by) => REACHES.map((reach) => `${by} ${reach}`)),
        );
        expect(sum(cells.map(({ count }) => count))).toBe(rows.length);
        for (const cell of cells) expect(sum(cell.bands.map(({ count }) => count))).toBe(cell.count);
        for (const { lens, count } of summariseLenses(rows)) {
          expect(count).toBe(sum(cells.filter(({ lenses }) => lenses.includes(lens)).map((cell) => cell.count)));
          expect(count).toBe(keys(rows, { lens }).length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has a row for each department of each operator that involves one', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const departments = summariseDepartments(view(rows), rows);
        expect(sum(departments.flatMap(({ cells }) => cells.map(({ count }) => count)))).toBe(
          rows.filter(({ service }) => service.department !== null).length,
        );
        for (const { cells, operatedBy } of departments) expect(cells.map((cell) => cell.operatedBy)).toEqual(REACHES.map(() => operatedBy));
      }),
      { numRuns: 30 },
    );
  });

  it('names the worst service of a cell, and counts the gaps of tier 1 and 2 there', () => {
    const gaps = [gap('x', 1)];
    const rows = [
      row({ gaps, key: 'low', effective: 10, tier: 3 }),
      row({ gaps, key: 'dark', band: 'unproven', tier: 2 }),
      row({ gaps, key: 'dim', band: 'unproven', tier: 1 }),
    ];
    const [cell] = summariseCells(view(rows), rows);
    expect(cell).toMatchObject({ worst: { service: { key: 'dim' } }, urgentGaps: 2, lenses: ['itsm'] });
    expect(summariseLenses(rows).map(({ lens, worst }) => [lens, worst?.service.key ?? null])).toEqual(
      LENSES.map((lens) => [lens, lens === 'itsm' ? 'dim' : null]),
    );
  });

  it('lists to fix first at most one gap of a service, eight in all, and none that helps nobody', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      row({ key: `s${index}`, gaps: [gap(`s${index}`, index), gap(`s${index}`, index, 'no-owner')] }),
    );
    const shown = fixFirst(many);
    expect(shown.map(({ service }) => service)).toEqual(['s11', 's10', 's9', 's8', 's7', 's6', 's5', 's4']);
    expect(fixFirst(many.slice(0, 1))).toEqual([]);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
