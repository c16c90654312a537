// Days as texts: months, weeks and the clocks of zones, without a day too many or too few.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOrNull, isSameMonth, isZone, monthGrid, monthStart, wallIn, weekdayOf } from '../../../../web/components/calendar/days.ts';

const aDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the grid of a month', () => {
  it('is whole weeks from Monday that hold each day of the month once, in order', () => {
    fc.assert(
      fc.property(aDay, (day) => {
        const grid = monthGrid(day);
        expect(grid.length % 7).toBe(0);
        expect(weekdayOf(grid[0] ?? '')).toBe(0);
        expect(grid).toEqual([...new Set(grid)].toSorted());
        const inMonth = grid.filter((one) => isSameMonth(one, day));
        expect(inMonth[0]).toBe(monthStart(day));
        expect(inMonth.at(-1)).toBe(addDays(monthStart(day, 1), -1));
        expect(grid.length).toBeLessThanOrEqual(42);
      }),
    );
  });

  it('goes on over the turn of a year, and back', () => {
    expect(monthStart('2026-12-24', 1)).toBe('2027-01-01');
    expect(monthStart('2026-01-31', -1)).toBe('2025-12-01');
  });
});

describe('a day of a link', () => {
  it('is one that exists', () => {
    expect(dayOrNull('2028-02-29')).toBe('2028-02-29');
    for (const wrong of ['', '2026-02-29', '2026-13-01', '2026-1-1', 'today']) expect(dayOrNull(wrong)).toBeNull();
  });
});

describe('the clock of a zone', () => {
  it('shows the day that it is there', () => {
    const at = Date.parse('2026-11-24T23:30:00Z');
    expect([wallIn('UTC', at), wallIn('Europe/Berlin', at), wallIn('America/New_York', at)]).toEqual([
      '2026-11-24T23:30',
      '2026-11-25T00:30',
      '2026-11-24T18:30',
    ]);
    expect(wallIn('UTC', Date.parse('2026-11-24T00:00:00Z'))).toBe('2026-11-24T00:00');
  });

  it('is asked for only where there is one', () => {
    expect([isZone('Europe/Berlin'), isZone('Europe/Be'), isZone('')]).toEqual([true, false, false]);
  });
});
