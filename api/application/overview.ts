// The overview: the lens map, the lens totals and the gaps that are worth most, cut from the catalogue view.
import { allCells, cellsOf, LENSES, type Cell, type Lens } from '../domain/catalogue/lens.ts';
import { OPERATORS, type OperatedBy } from '../domain/catalogue/portfolio.ts';
import { BANDS, type Band, type Gap } from '../domain/readiness/assessment.ts';
import type { CatalogueView, ServiceRow } from './catalogue-view.ts';
import { scoreOf } from './list-services.ts';

export interface BandCount {
  readonly band: Band;
  readonly count: number;
}

export interface CellSummary extends Cell {
  readonly lenses: readonly Lens[];
  readonly count: number;
  readonly bands: readonly BandCount[];
  /** Gaps of tier 1 and 2 services. */
  readonly urgentGaps: number;
  readonly worst: ServiceRow | null;
}

export interface LensSummary {
  readonly lens: Lens;
  readonly count: number;
  readonly bands: readonly BandCount[];
  readonly worst: ServiceRow | null;
}

export interface DepartmentSummary {
  readonly department: string;
  readonly operatedBy: OperatedBy;
  readonly cells: readonly CellSummary[];
}

/** How many gaps the list "Fix first" shows: what a person can take on in a week or two. */
const FIX_FIRST_COUNT = 8;

/** One for each of the twelve cells, row by row; each in one pass over the rows. */
export function summariseCells(view: CatalogueView, rows: readonly ServiceRow[]): readonly CellSummary[] {
  const byCell = Map.groupBy(rows, (row) => cellKey({ operatedBy: row.service.operatedBy, reach: row.reach }));
  return allCells().map((cell) => summariseCell(view, cell, byCell.get(cellKey(cell)) ?? []));
}

export function summariseLenses(rows: readonly ServiceRow[]): readonly LensSummary[] {
  return LENSES.map((lens) => {
    const inLens = rows.filter((row) => row.lenses.includes(lens));
    return { lens, count: inLens.length, bands: countBands(inLens), worst: worstOf(inLens) };
  });
}

/** A row for each department in each of the operators that involve one, in the order of the map. */
export function summariseDepartments(view: CatalogueView, rows: readonly ServiceRow[]): readonly DepartmentSummary[] {
  return OPERATORS.flatMap((operatedBy) => {
    const inRow = rows.filter((row) => row.service.operatedBy === operatedBy && row.service.department !== null);
    const byDepartment = Map.groupBy(inRow, (row) => row.service.department ?? '');
    return [...byDepartment]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([department, members]) => ({
        department,
        operatedBy,
        cells: summariseCells(view, members).filter((cell) => cell.operatedBy === operatedBy),
      }));
  });
}

/** The gaps whose closing helps the whole portfolio most; at most one for each service, so that the list does not repeat itself. */
export function fixFirst(rows: readonly ServiceRow[]): readonly Gap[] {
  const best = rows.flatMap((row) => row.assessment?.gaps.toSorted(byWorth).slice(0, 1) ?? []);
  return best
    .filter((gap) => gap.portfolioGain > 0)
    .toSorted(byWorth)
    .slice(0, FIX_FIRST_COUNT);
}

export function byWorth(a: Gap, b: Gap): number {
  return b.portfolioGain - a.portfolioGain || b.gain - a.gain || (a.code < b.code ? -1 : 1);
}

function summariseCell(view: CatalogueView, cell: Cell, rows: readonly ServiceRow[]): CellSummary {
  const lenses = LENSES.filter((lens) => cellsOf(lens, view.portfolio.settings).some((covered) => cellKey(covered) === cellKey(cell)));
  const urgent = rows.filter((row) => row.service.tier <= 2);
  return {
    ...cell,
    lenses,
    count: rows.length,
    bands: countBands(rows),
    urgentGaps: urgent.reduce((sum, row) => sum + (row.assessment?.gaps.length ?? 0), 0),
    worst: worstOf(rows),
  };
}

function countBands(rows: readonly ServiceRow[]): readonly BandCount[] {
  return BANDS.map((band) => ({ band, count: rows.filter((row) => row.band === band).length }));
}

function worstOf(rows: readonly ServiceRow[]): ServiceRow | null {
  const [worst] = rows.toSorted((a, b) => scoreOf(a) - scoreOf(b) || a.service.tier - b.service.tier || (a.service.key < b.service.key ? -1 : 1));
  return worst ?? null;
}

function cellKey(cell: Cell): string {
  return `${cell.operatedBy} ${cell.reach}`;
}
