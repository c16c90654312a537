// Due times in zones whose clocks are put forward and back.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_DUE_TIMES, dueTimes, nextOccurrences } from '../../../../api/domain/schedule/due-times.ts';
import { cronIn } from '../../../support/schedules.ts';
import { ZoneClock } from '../../../../api/domain/schedule/zone-clock.ts';

function at(iso: string): number {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new Error(`${iso} is no instant`);
  return ms;
}

function due(cron: string, zone: string, span: readonly [string, string]): string[] {
  return dueTimes(cronIn(zone, cron), at(span[0]), { untilAt: at(span[1]) }).map((time) => new Date(time).toISOString());
}

describe('a daily rule where the clock is put forward', () => {
  it.each([
    // 02:00 to 03:00 does not exist on 2026-03-29.
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T00:00Z', '2026-03-30T12:00Z', ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    // 02:00 to 03:00 does not exist on 2026-03-08.
    ['America/New_York', '15 2 * * *', '2026-03-07T00:00Z', '2026-03-09T12:00Z', ['2026-03-07T07:15Z', '2026-03-08T07:00Z', '2026-03-09T06:15Z']],
    // 02:00 to 02:30 does not exist on 2026-10-04: the clock goes forward by half an hour.
    ['Australia/Lord_Howe', '10 2 * * *', '2026-10-02T12:00Z', '2026-10-05T00:00Z', ['2026-10-02T15:40Z', '2026-10-03T15:30Z', '2026-10-04T15:10Z']],
    // 30 December 2011 does not exist at all.
    ['Pacific/Apia', '0 9 * * *', '2011-12-29T12:00Z', '2011-12-31T00:00Z', ['2011-12-29T19:00Z', '2011-12-30T10:00Z', '2011-12-30T19:00Z']],
  ])('falls due at the first valid instant in %s', (zone, cron, ...[from, until, expected]) => {
    expect(due(cron, zone, [from, until])).toEqual(expected.map((iso) => new Date(iso).toISOString()));
  });
});

describe('a daily rule where the clock is put back', () => {
  it.each([
    // 02:00 to 03:00 exists twice on 2026-10-25.
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T00:00Z', '2026-10-26T12:00Z', ['2026-10-24T00:30Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    // 01:00 to 02:00 exists twice on 2026-11-01.
    ['America/New_York', '30 1 * * *', '2026-10-31T00:00Z', '2026-11-02T12:00Z', ['2026-10-31T05:30Z', '2026-11-01T05:30Z', '2026-11-02T06:30Z']],
    // 01:30 to 02:00 exists twice on 2026-04-05.
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-03T12:00Z', '2026-04-06T00:00Z', ['2026-04-03T14:45Z', '2026-04-04T14:45Z', '2026-04-05T15:15Z']],
  ])('falls due once, the first time, in %s', (zone, cron, ...[from, until, expected]) => {
    expect(due(cron, zone, [from, until])).toEqual(expected.map((iso) => new Date(iso).toISOString()));
  });

  it('does not fall due again when it is asked between the two', () => {
    expect(due('30 2 * * *', 'Europe/Berlin', ['2026-10-25T00:45Z', '2026-10-25T12:00Z'])).toEqual([]);
  });
});

describe('dueTimes', () => {
  it('gathers what falls into a gap into one', () => {
    expect(due('*/15 * * * *', 'Europe/Berlin', ['2026-03-29T00:40Z', '2026-03-29T01:20Z'])).toEqual([
      '2026-03-29T00:45:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:15:00.000Z',
    ]);
  });

  it('gives nothing at `afterAt` itself and what is due at `untilAt`', () => {
    expect(due('0 * * * *', 'UTC', ['2026-01-01T00:00Z', '2026-01-01T02:00Z'])).toEqual(['2026-01-01T01:00:00.000Z', '2026-01-01T02:00:00.000Z']);
  });

  it('counts, also across years and 29 February', () => {
    const times = dueTimes(cronIn('Europe/Berlin', '0 0 29 2 *'), at('2026-01-01T00:00Z'), { count: 3 });
    expect(times.map((time) => new Date(time).toISOString().slice(0, 10))).toEqual(['2028-02-28', '2032-02-28', '2036-02-28']);
  });

  it('is bounded whatever is asked', () => {
    const times = dueTimes(cronIn('UTC', '* * * * *'), 0, { untilAt: at('2026-01-01T00:00Z') });
    expect(times).toHaveLength(MOST_DUE_TIMES);
    expect(times.at(-1)).toBe(MOST_DUE_TIMES * 60_000);
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'rises strictly, with one due time for each local day of a daily rule, in %s',
    (zone) => {
      const clock = new ZoneClock(zone);
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 23 }),
          fc.integer({ min: 0, max: 59 }),
          fc.integer({ min: at('2000-01-01T00:00Z'), max: at('2060-01-01T00:00Z') }),
          (hour, minute, start) => {
            const times = dueTimes(cronIn(zone, `${minute} ${hour} * * *`), start, { count: 400 });
            const days = times.map((time) => Math.floor(clock.wallAt(time) / 86_400_000));
            const first = days[0] ?? 0;
            expect(days).toEqual(times.map((_, index) => first + index));
            expect(times.every((time, index) => time > (times[index - 1] ?? start))).toBe(true);
          },
        ),
        { numRuns: 20 },
      );
    },
  );

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])('goes on from any of its times as if it had never stopped, in %s', (zone) => {
    fc.assert(
      fc.property(fc.constantFrom('*/20 * * * *', '0 */3 * * *', '30 2 * * 0'), fc.integer({ min: 0, max: 80 }), (cron, stop) => {
        const start = at('2026-03-01T00:00Z');
        const whole = dueTimes(cronIn(zone, cron), start, { count: 100 });
        expect([...whole.slice(0, stop), ...dueTimes(cronIn(zone, cron), whole[stop - 1] ?? start, { count: 100 - stop })]).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });
});

describe('nextOccurrences', () => {
  it('lists what is ahead, and nothing for a schedule that is not active', () => {
    const rule = cronIn('UTC', '0 2 * * 0');
    expect(nextOccurrences({ ...rule, isActive: true }, at('2026-01-01T00:00Z'), 2)).toEqual([at('2026-01-04T02:00Z'), at('2026-01-11T02:00Z')]);
    expect(nextOccurrences({ ...rule, isActive: false }, at('2026-01-01T00:00Z'), 2)).toEqual([]);
  });
});
