// The search in a log: everything is found, also what comes while it is looked at.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogBuffer } from '../../../../web/components/log/log-buffer.ts';
import { LogSearch, matchPieces } from '../../../../web/components/log/log-search.ts';

const chunk = (seq: number, text: string, host = 'a') =>
  ({ seq, at: '2026-11-24T10:00:00Z', host, attempt: 1, isUndo: false, stream: 'STDOUT', text, head: null, tail: null }) as const;

describe('the search', () => {
  it('finds lines by text, whatever the case, and by host', () => {
    const buffer = new LogBuffer();
    buffer.add([chunk(1, 'Error one\nfine\n'), chunk(2, 'no error\n', 'b')]);
    expect(new LogSearch({ host: '', text: 'eRRor' }, buffer).lines()).toEqual([0, 2]);
    expect(new LogSearch({ host: 'b', text: '' }, buffer).lines()).toEqual([2]);
  });

  it('finds the same as a search from the start, however the output came', () => {
    const parts = fc.array(fc.tuple(fc.constantFrom('x', 'ab', 'b\n', '\n', 'a'), fc.constantFrom('a', 'b')), { maxLength: 40 });
    fc.assert(
      fc.property(parts, (made) => {
        const buffer = new LogBuffer();
        const search = new LogSearch({ host: '', text: 'ab' }, buffer);
        for (const [index, [text, host]] of made.entries()) {
          buffer.add([chunk(index + 2, text, host)]);
          expect(search.lines()).toEqual(new LogSearch({ host: '', text: 'ab' }, buffer).lines());
        }
        buffer.add([chunk(1, 'ab before\n')]);
        expect(search.lines()).toEqual(new LogSearch({ host: '', text: 'ab' }, buffer).lines());
      }),
    );
  });
});

it.each([
  ['an Error, an error', 'error', ['an ', '[Error]', ', an ', '[error]']],
  ['none', 'x', ['none']],
  ['all', '', ['all']],
  ['', 'x', ['']],
  ['aaa', 'aa', ['[aa]', 'a']],
])('in %j the text %j is marked', (line, text, expected) => {
  expect(matchPieces(line, text).map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))).toEqual(expected);
});
