// The lens map's outlines: each lens is one rectangle, whatever cells the server counts into it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS, type CellPlace, LENSES, type LensCode, ROWS, outlineAt } from '../../../../web/components/lens/lens-rectangle.ts';

function map(lensesOf: (row: number, column: number) => readonly LensCode[]): CellPlace[] {
  return ROWS.flatMap((operatedBy, row) => COLUMNS.map((reach, column) => ({ operatedBy, reach, lenses: lensesOf(row, column) })));
}

const USUAL = map((row, column) => [
  ...(row < 2 ? ['ITSM' as const] : []),
  ...(row === 1 || row === 2 ? ['ESM' as const] : []),
  ...(column > 0 ? ['CSM' as const] : []),
]);

/** Two indexes up to `max`, in order. */
function span(max: number) {
  return fc.tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
}

describe('the outline of a lens', () => {
  it('runs around the two upper rows for IT services', () => {
    expect(outlineAt(USUAL, 'ITSM', { operatedBy: 'IT', reach: 'INTERNAL' })).toEqual({
      isInside: true,
      top: true,
      right: false,
      bottom: false,
      left: true,
    });
    expect(outlineAt(USUAL, 'ITSM', { operatedBy: 'IT_AND_DEPARTMENT', reach: 'CUSTOMER_FACING' })).toEqual({
      isInside: true,
      top: false,
      right: true,
      bottom: true,
      left: false,
    });
  });

  it('leaves out cells that are in no lens', () => {
    expect(outlineAt(USUAL, 'CSM', { operatedBy: 'OUTSIDE', reach: 'INTERNAL' }).isInside).toBe(false);
  });

  it('widens with ESM when the server counts IT into it', () => {
    const widened = map((row) => (row < 3 ? ['ESM'] : []));
    expect(outlineAt(widened, 'ESM', { operatedBy: 'IT', reach: 'INTERNAL' }).top).toBe(true);
    expect(outlineAt(widened, 'ESM', { operatedBy: 'IT_AND_DEPARTMENT', reach: 'INTERNAL' }).top).toBe(false);
  });

  it('has as many top as bottom sides and as many left as right sides, for any rectangle', () => {
    fc.assert(
      fc.property(span(3), span(2), fc.constantFrom(...LENSES), ([top, bottom], [left, right], lens) => {
        const cells = map((row, column) => (row >= top && row <= bottom && column >= left && column <= right ? [lens] : []));
        const sides = cells.map((cell) => outlineAt(cells, lens, cell));
        const count = (side: 'top' | 'right' | 'bottom' | 'left'): number => sides.filter((outline) => outline[side]).length;
        expect(count('top')).toBe(right - left + 1);
        expect(count('bottom')).toBe(right - left + 1);
        expect(count('left')).toBe(bottom - top + 1);
        expect(count('right')).toBe(bottom - top + 1);
      }),
    );
  });
});
