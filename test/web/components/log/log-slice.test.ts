// The lines on view.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../../web/components/log/log-buffer.ts';
import { sliceAsText, sliceLines } from '../../../../web/components/log/log-slice.ts';

const line = (text: string, host = 'a'): LogLine => ({ at: 0, host, attempt: 1, isUndo: false, isError: false, text });
const LINES = [line('one'), line('Two', 'b'), line('three'), line('two again', 'b')];

describe('a slice of a log', () => {
  it('is everything without a filter', () => {
    const all = sliceLines(LINES, { host: '', text: '' });
    expect([all.count, all.at(3)?.number, all.at(4), all.indexOf(2), all.indexOf(9)]).toEqual([4, 4, undefined, 1, -1]);
  });

  it('keeps the numbers of the lines that fit', () => {
    const some = sliceLines(LINES, { host: 'b', text: 'TWO' });
    expect([some.count, some.at(0)?.number, some.at(1)?.number, some.at(2)]).toEqual([2, 2, 4, undefined]);
    expect(sliceAsText(some)).toBe('Two\ntwo again');
  });

  it('finds the next line on view when the asked one is filtered away', () => {
    expect(sliceLines(LINES, { host: 'b', text: '' }).indexOf(3)).toBe(1);
  });
});
