// The lines on view.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../../web/components/log/log-buffer.ts';
import { firstAtLeast, sliceAsText, sliceLines } from '../../../../web/components/log/log-slice.ts';

const line = (text: string): LogLine => ({ at: 0, host: 'a', attempt: 1, isUndo: false, isError: false, text });
const LINES = ['one', 'two', 'three', 'four'].map(line);

describe('a slice of a log', () => {
  it('is everything without a choice', () => {
    const all = sliceLines(LINES, null);
    expect([all.count, all.at(3)?.number, all.at(4), all.indexOf(2), all.indexOf(9)]).toEqual([4, 4, undefined, 1, -1]);
  });

  it('keeps the numbers of the lines that were chosen', () => {
    const some = sliceLines(LINES, [1, 3]);
    expect([some.count, some.at(0)?.number, some.at(1)?.number, some.at(2)]).toEqual([2, 2, 4, undefined]);
    expect(sliceAsText(some, null)).toBe('two\nfour');
  });

  it('finds the next line on view when the asked one is not', () => {
    expect([sliceLines(LINES, [1, 3]).indexOf(3), sliceLines(LINES, [1]).indexOf(4)]).toEqual([1, -1]);
  });

  it('gives the marked lines alone for the clipboard', () => {
    expect(sliceAsText(sliceLines(LINES, null), [2, 3])).toBe('two\nthree');
  });
});

it.each([
  [0, 0],
  [4, 1],
  [5, 1],
  [9, 3],
] as const)('the first value of 3, 5, 8 that is at least %i stands at %i', (value, expected) => {
  expect(firstAtLeast([3, 5, 8], value)).toBe(expected);
});
