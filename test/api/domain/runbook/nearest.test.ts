// "Did you mean", and the distance behind it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, inWords, levenshtein, nearest } from '../../../../api/domain/runbook/nearest.ts';

describe('nearest', () => {
  it.each([
    ['timeuot', ['title', 'timeout', 'estimate'], 'timeout'],
    ['neds', ['needs', 'note'], 'needs'],
    ['on', ['one', 'two'], 'one'],
    ['zebra', ['needs', 'note'], null],
    ['ab', ['ac', 'bb', 'aa'], 'aa'],
    ['x', [], null],
    ['x'.repeat(65), ['x'.repeat(65)], null],
  ])('finds for %s among %j: %s', (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  it('becomes a question, or else what is said otherwise', () => {
    expect(didYouMean('neds', ['needs'], 'No.')).toBe('Did you mean `needs`?');
    expect(didYouMean('zebra', ['needs'], 'No.')).toBe('No.');
  });
});

describe('levenshtein', () => {
  const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });

  it('is a distance: zero for the same word only, the same both ways, and no longer than any detour', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(levenshtein(a, b) === 0).toBe(a === b);
        expect(levenshtein(a, b)).toBe(levenshtein(b, a));
        expect(levenshtein(a, c)).toBeLessThanOrEqual(levenshtein(a, b) + levenshtein(b, c));
      }),
    );
  });

  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['flaw', 'lawn', 2],
  ])('between %j and %j is %i', (a, b, distance) => {
    expect(levenshtein(a, b)).toBe(distance);
  });
});

describe('inWords', () => {
  it.each([
    [[], ''],
    [['a'], '`a`'],
    [['a', 'b'], '`a` or `b`'],
    [['a', 'b', 'c'], '`a`, `b` or `c`'],
  ])('joins %j', (words, text) => {
    expect(inWords(words, 'or')).toBe(text);
  });
});
