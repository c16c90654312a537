// Durations in files and in sentences.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration, writeDuration } from '../../../api/domain/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['1h30m', 5_400_000],
    ['1d2h3m4s5ms', 93_784_005],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', ' ', '5', 'm', '-5m', '1.5h', '5 m', '30min', '30m1h', '5M', '1h ', '1e3s', '40000d', '1w', '٣s'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('reads back what writeDuration wrote', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 3_000_000_000_000 }), (ms) => parseDuration(writeDuration(ms)) === ms));
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [850, '850 ms'],
    [10_000, '10 s'],
    [59_600, '1 min'],
    [250_000, '4 min 10 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [3_605_000, '1 h'],
    [86_400_000, '1 d'],
    [273_600_000, '3 d 4 h'],
    [-250_000, '-4 min 10 s'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
