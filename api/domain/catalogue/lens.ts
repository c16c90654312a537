// The three overlapping views of the services. Each is one rectangle of the grid of operators (rows) and reaches (columns).
import { OPERATORS, REACHES } from './portfolio.ts';
import type { OperatedBy, PortfolioSettings, Reach, Service } from './portfolio.ts';

export const LENSES = ['itsm', 'esm', 'csm'] as const;
/** IT services, enterprise services, customer services. */
export type Lens = (typeof LENSES)[number];

export interface Cell {
  readonly operatedBy: OperatedBy;
  readonly reach: Reach;
}

interface Rectangle {
  readonly operators: readonly OperatedBy[];
  readonly reaches: readonly Reach[];
}

/** The twelve cells of the lens map, row by row. */
export function allCells(): readonly Cell[] {
  return OPERATORS.flatMap((operatedBy) => REACHES.map((reach) => ({ operatedBy, reach })));
}

/** The cells that a lens covers, row by row. */
export function cellsOf(lens: Lens, settings: PortfolioSettings): readonly Cell[] {
  return allCells().filter((cell) => isInLens(lens, cell, settings));
}

/** The lenses in which a service of this reach lies. None for what a supplier operates for internal use. */
export function lensesOf(service: Pick<Service, 'operatedBy'>, reach: Reach, settings: PortfolioSettings): readonly Lens[] {
  return LENSES.filter((lens) => isInLens(lens, { operatedBy: service.operatedBy, reach }, settings));
}

function isInLens(lens: Lens, cell: Cell, settings: PortfolioSettings): boolean {
  const { operators, reaches } = rectangleOf(lens, settings);
  return operators.includes(cell.operatedBy) && reaches.includes(cell.reach);
}

function rectangleOf(lens: Lens, settings: PortfolioSettings): Rectangle {
  const rectangles: Readonly<Record<Lens, Rectangle>> = {
    itsm: { operators: ['it', 'it-and-department'], reaches: REACHES },
    esm: { operators: settings.esmIsCompanyWide ? ['it', 'it-and-department', 'department'] : ['it-and-department', 'department'], reaches: REACHES },
    csm: { operators: OPERATORS, reaches: ['influences-customers', 'customer-facing'] },
  };
  return rectangles[lens];
}
