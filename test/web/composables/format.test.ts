// Durations, scores and instants as people read them.
import { describe, expect, it } from 'vitest';
import { formatClock, formatDuration, formatInstant, formatPoints, formatScore, formatUtc, regionalTag } from '../../../web/composables/format.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const HOUR = 3_600_000;

describe('a clock', () => {
  it('shows minutes and seconds, and hours only when there are any', () => {
    expect([0, 59_999, 1_120_000, 3_723_000, -5_000].map(formatClock)).toEqual(['00:00', '00:59', '18:40', '1:02:03', '-00:05']);
  });
});

/** With plain spaces, for reading. */
const plain = (ms: number): string => formatDuration(ms).replaceAll('\u00A0', ' ');

describe('a duration', () => {
  it('holds number and unit together', () => {
    expect(formatDuration(90_000)).not.toContain(' ');
  });

  it('names the two largest units that matter', () => {
    const cases: [number, string][] = [
      [0, '0 s'],
      [420, '420 ms'],
      [45_000, '45 s'],
      [90_000, '1 min 30 s'],
      [120_000, '2 min'],
      [18 * 60_000 + 20_000, '18 min'],
      [65 * 60_000, '1 h 5 min'],
      [2 * HOUR, '2 h'],
      [75 * HOUR, '3 d 3 h'],
      [-90_000, '-1 min 30 s'],
    ];
    for (const [ms, text] of cases) expect(plain(ms)).toBe(text);
  });

  it('never rounds up into sixty of a unit', () => {
    expect(plain(59_700)).toBe('1 min');
    expect(plain(599_800)).toBe('10 min');
    expect(plain(59 * 60_000 + 45_000)).toBe('1 h');
    expect(plain(24 * HOUR - 10_000)).toBe('1 d');
  });
});

describe('a score', () => {
  it('is a dash while unproven, never 0', () => {
    expect(formatScore(null, 'en')).toBe('–');
    expect(formatScore(0, 'en')).toBe('0');
  });

  it('has at most one decimal, and points always one', () => {
    expect(formatScore(77.25, 'en')).toBe('77.3');
    expect(formatScore(62, 'de')).toBe('62');
    expect(formatPoints(15, 'de')).toBe('15,0');
  });
});

describe('an instant', () => {
  it('is relative under 24 hours, either way', () => {
    expect(formatInstant(NOW - 12 * 60_000, NOW, { language: 'en' })).toBe('12 minutes ago');
    expect(formatInstant(NOW + 3 * HOUR, NOW, { language: 'de' })).toBe('in 3 Stunden');
  });

  it('is absolute with its zone from then on', () => {
    expect(formatInstant(NOW - 24 * HOUR, NOW, { language: 'en-GB', zone: 'Europe/Stockholm' })).toBe('23 Nov 2026, 11:00 CET');
  });

  it('shows one event consistently in two zones', () => {
    expect(formatUtc(NOW)).toBe('2026-11-24 10:00:00 UTC');
    expect(formatInstant(NOW - 48 * HOUR, NOW, { language: 'en-GB', zone: 'UTC' })).toBe('22 Nov 2026, 10:00 UTC');
  });
});

describe('the regional variety', () => {
  it('is the reader’s own, or British English', () => {
    expect(regionalTag('en', ['sv-SE', 'en-US'])).toBe('en-US');
    expect(regionalTag('en', ['sv-SE'])).toBe('en-GB');
    expect(regionalTag('de', ['en-US', 'de-AT'])).toBe('de-AT');
  });
});
