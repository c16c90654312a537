// The lens map's geometry: which of the twelve cells a lens covers. Each lens is one rectangle.
import type { SchemaEnum } from '../../graphql/graphql.ts';

export type OperatedBy = SchemaEnum<'OperatedBy'>;
export type Reach = SchemaEnum<'Reach'>;
export type LensCode = SchemaEnum<'LensCode'>;

export const ROWS = ['IT', 'IT_AND_DEPARTMENT', 'DEPARTMENT', 'OUTSIDE'] as const satisfies readonly OperatedBy[];
export const COLUMNS = ['INTERNAL', 'INFLUENCES_CUSTOMERS', 'CUSTOMER_FACING'] as const satisfies readonly Reach[];
export const LENSES = ['ITSM', 'ESM', 'CSM'] as const satisfies readonly LensCode[];

export interface CellPlace {
  readonly operatedBy: OperatedBy;
  readonly reach: Reach;
  readonly lenses: readonly LensCode[];
}

/** Which sides of a cell lie on the outline of a lens's rectangle. */
export interface Outline {
  readonly isInside: boolean;
  readonly top: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
  readonly left: boolean;
}

const OUTSIDE: Outline = { isInside: false, top: false, right: false, bottom: false, left: false };

/** The outline at one cell. Which cells belong to a lens is the server's word, so a widened lens draws its wider rectangle. */
export function outlineAt(cells: readonly CellPlace[], lens: LensCode, place: { operatedBy: OperatedBy; reach: Reach }): Outline {
  const has = (row: number, column: number): boolean =>
    cells.some((cell) => cell.operatedBy === ROWS[row] && cell.reach === COLUMNS[column] && cell.lenses.includes(lens));
  const row = ROWS.indexOf(place.operatedBy);
  const column = COLUMNS.indexOf(place.reach);
  if (!has(row, column)) return OUTSIDE;
  return {
    isInside: true,
    top: !has(row - 1, column),
    right: !has(row, column + 1),
    bottom: !has(row + 1, column),
    left: !has(row, column - 1),
  };
}
