// Secret values in output: none of them is stored, in whatever form it is printed and wherever the output is cut into pieces.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, SecretMask } from '../../../api/engine/secret-mask.ts';

const SECRET = 's3cr€t "pä\'ss" & more\\';

function masked(values: readonly string[], pieces: readonly Buffer[]): string {
  const stream = new SecretMask(values).stream();
  return Buffer.concat([...pieces.map((piece) => stream.push(piece)), stream.end()]).toString('utf8');
}

const whole = (text: string): readonly Buffer[] => [Buffer.from(text)];

describe('a secret value in output', () => {
  const FORMS: Readonly<Record<string, string>> = {
    'as it is': SECRET,
    'in base64': Buffer.from(SECRET).toString('base64'),
    'in base64 with its line end': Buffer.from(`${SECRET}\n`).toString('base64'),
    'in base64 for addresses': Buffer.from(SECRET).toString('base64url'),
    'percent-encoded': encodeURIComponent(SECRET),
    'percent-encoded with small letters': encodeURIComponent(SECRET).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    'as a form': encodeURIComponent(SECRET).replaceAll('%20', '+'),
    'in JSON': JSON.stringify(SECRET),
    'as a shell shows it': `'${SECRET.replaceAll("'", "'\\''")}'`,
  };

  it.each(Object.entries(FORMS))('is masked %s, at every place where the output can be cut', (_form, printed) => {
    const bytes = Buffer.from(`before ${printed} after ${printed}`);
    const expected = masked([SECRET], [bytes]);
    expect(expected).toMatch(/^before ["']?•••=*["']? after ["']?•••=*["']?$/);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(masked([SECRET], [bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toBe(expected);
    }
    expect(
      masked(
        [SECRET],
        [...bytes].map((byte) => Buffer.from([byte])),
      ),
    ).toBe(expected);
  });

  it('leaves what only begins like it', () => {
    expect(masked(['secret'], whole('secre secres sesecret'))).toBe(`secre secres se${MASK}`);
    expect(masked(['aaab'], whole('aaaaaab aaa'))).toBe(`aaa${MASK} aaa`);
  });

  it('covers values that overlap, and one that holds another', () => {
    expect(masked(['abcd', 'cdef'], whole('xabcdefx'))).toBe(`x${MASK}x`);
    expect(masked(['abcd', 'xxabcdyy'], whole('xxabcdyy xxabcdy abcd'))).toBe(`${MASK} xx${MASK}y ${MASK}`);
    expect(masked(['abab'], whole('ababab'))).toBe(MASK);
  });

  it('is left alone when it is too short to be told from words', () => {
    expect(masked(['abc', '', '      '], whole('abc      abc'))).toBe('abc      abc');
    expect(new SecretMask(['abc']).isEmpty).toBe(true);
  });

  it('is found in a sentence and in a value', () => {
    const mask = new SecretMask([SECRET]);
    expect(mask.inText(`It said: ${SECRET}`)).toBe(`It said: ${MASK}`);
    expect([mask.isIn(`x${SECRET}`), mask.isIn('x')]).toEqual([true, false]);
  });

  it('passes all other bytes on unchanged, and at once where they cannot belong to it', () => {
    const bytes = Buffer.from([0, 255, 254, 0x80, ...Buffer.from('hello'), 0xc3]);
    const stream = new SecretMask(['topsecret']).stream();
    expect(Buffer.concat([stream.push(bytes), stream.end()])).toEqual(bytes);
    const prompt = new SecretMask(['topsecret']).stream();
    expect(prompt.push(Buffer.from('ready\ntops')).toString()).toBe('ready\n');
  });
});

it('whatever the values, the text and the cuts: the same comes out as of the whole, and no value is left', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), minLength: 4, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(letters, { minLength: 1, maxLength: 3 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', ' '), maxLength: 60 }),
      fc.array(fc.nat(120)),
      (values, text, cuts) => {
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((to, index) => bytes.subarray(places[index], to));
        const out = masked(values, pieces);
        expect(out).toBe(masked(values, [bytes]));
        for (const value of values) expect(out).not.toContain(value);
        expect(out.split(MASK).join('').length).toBeLessThanOrEqual(text.length);
      },
    ),
    { numRuns: 2_000 },
  );
});
