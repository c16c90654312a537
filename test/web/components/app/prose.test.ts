// Formatting in instructions.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proseParts } from '../../../../web/components/app/prose.ts';

const bare = (text: string): string => text.replaceAll(/[`*]/gu, '');

describe('prose', () => {
  it('knows code, strong and stress', () => {
    expect(proseParts('Say **yes** when `http://a` is *up*.')).toEqual([
      { kind: 'text', text: 'Say ' },
      { kind: 'strong', text: 'yes' },
      { kind: 'text', text: ' when ' },
      { kind: 'code', text: 'http://a' },
      { kind: 'text', text: ' is ' },
      { kind: 'stress', text: 'up' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('leaves lonely marks and sums alone', () => {
    expect(proseParts('2 * 3 * 4 and `half')).toEqual([{ kind: 'text', text: '2 * 3 * 4 and `half' }]);
  });

  it('loses no letter of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '*', '`', '\n') }), (text) => {
        expect(
          bare(
            proseParts(text)
              .map((part) => part.text)
              .join(''),
          ),
        ).toBe(bare(text));
      }),
    );
  });
});
