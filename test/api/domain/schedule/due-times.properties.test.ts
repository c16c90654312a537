// Twenty zones, ten years, rules of all kinds: due times against another reading of rules and clocks.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueTimes, MOST_DUE_TIMES, type DueRule } from '../../../../api/domain/schedule/due-times.ts';
import { WEEKDAYS, type CalendarRule, type Rule } from '../../../../api/domain/schedule/rule.ts';
import { firstInstant, offsetSpans } from '../../../support/zone-oracle.ts';

/** Northern and southern, half hours, whole days left out, rules that changed within the ten years, and none at all. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/Moscow',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Caracas',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Auckland',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Africa/Casablanca',
] as const;

const IS_LONG = process.env['MUSTER_LONG'] === '1';
const RULES_EACH = IS_LONG ? 20 : 2;
const FROM_AT = Date.UTC(2009, 0, 1);
const UNTIL_AT = Date.UTC(2019, 0, 1);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Mondays are counted from here. */
const A_MONDAY = Date.UTC(2001, 0, 1);

/** A rule, and whether it holds on a local day and at a minute of it, in other words than those of the app. */
interface Spoken {
  readonly rule: Rule;
  readonly isOn: (day: Date) => boolean;
  readonly minutes: readonly number[];
}

const hour = fc.integer({ min: 0, max: 23 });
const minute = fc.integer({ min: 0, max: 59 });
/** Most clocks are changed between midnight and three. */
const critical = fc.oneof(hour, fc.integer({ min: 0, max: 3 }));

const crons: fc.Arbitrary<Spoken> = fc.oneof(
  fc.tuple(critical, minute).map(([h, m]) => spoken(`${m} ${h} * * *`, () => true, [h * 60 + m])),
  fc
    .tuple(critical, minute, fc.integer({ min: 0, max: 6 }))
    .map(([h, m, w]) => spoken(`${m} ${h} * * ${w}`, (day) => day.getUTCDay() === w, [h * 60 + m])),
  fc
    .tuple(critical, minute, fc.integer({ min: 1, max: 31 }))
    .map(([h, m, d]) => spoken(`${m} ${h} ${d} * *`, (day) => day.getUTCDate() === d, [h * 60 + m])),
  fc.constant(spoken('*/20 0-3 * * 0', (day) => day.getUTCDay() === 0, times(0, 4 * 60, 20))),
);

const calendars: fc.Arbitrary<Spoken> = fc
  .record({
    unit: fc.constantFrom('day', 'week', 'month'),
    every: fc.integer({ min: 1, max: 4 }),
    weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 3 }),
    monthDays: fc.uniqueArray(fc.constantFrom(-1, 1, 15, 29, 31), { maxLength: 2 }),
    nthWeekdays: fc.array(fc.record({ nth: fc.constantFrom(-1, 1, 2, 5), weekday: fc.constantFrom(...WEEKDAYS) }), { minLength: 1, maxLength: 2 }),
    times: fc.uniqueArray(
      fc.tuple(critical, minute).map(([h, m]) => `${two(h)}:${two(m)}`),
      { minLength: 1, maxLength: 3 },
    ),
    from: fc.integer({ min: 0, max: 1_000 }).map((days) => new Date(FROM_AT + days * DAY_MS).toISOString().slice(0, 10)),
  })
  .map((fields) => {
    const rule = { kind: 'calendar', ...fields } as const;
    return { rule, isOn: (day: Date) => isOn(rule, day), minutes: rule.times.map(minutesOf).toSorted((a, b) => a - b) };
  });

describe.each(ZONES)('in %s', (zone) => {
  it('every rule falls due when its times first are, once each, for ten years', () => {
    const spans = offsetSpans(zone, FROM_AT - 2 * DAY_MS, UNTIL_AT + 2 * DAY_MS);
    fc.assert(
      fc.property(fc.oneof(crons, calendars), (said) => {
        expect(allDue(said.rule, zone)).toEqual(expected(said, spans));
      }),
      // A run takes a while, and shrinking many of them; a failing seed replays.
      { numRuns: RULES_EACH, endOnFailure: true },
    );
  });
});

function allDue(rule: Rule, zone: string): number[] {
  const due: DueRule = { rule, zone, startsOn: null, endsOn: null, exceptions: [] };
  const all: number[] = [];
  for (;;) {
    const some = dueTimes(due, all.at(-1) ?? FROM_AT, { untilAt: UNTIL_AT });
    all.push(...some);
    if (some.length < MOST_DUE_TIMES) return all;
  }
}

function expected({ isOn: holds, minutes }: Spoken, spans: ReturnType<typeof offsetSpans>): number[] {
  const found = new Set<number>();
  for (let day = FROM_AT - 2 * DAY_MS; day <= UNTIL_AT + 2 * DAY_MS; day += DAY_MS) {
    if (!holds(new Date(day))) continue;
    for (const of of minutes) {
      const at = firstInstant(spans, day + of * MINUTE_MS);
      if (at !== null && at > FROM_AT && at <= UNTIL_AT) found.add(at);
    }
  }
  return [...found].toSorted((a, b) => a - b);
}

function isOn({ unit, every, weekdays, monthDays, nthWeekdays, from }: CalendarRule, day: Date): boolean {
  const first = new Date(`${from}T00:00:00Z`);
  if (day < first) return false;
  const weekday = WEEKDAYS[(day.getUTCDay() + 6) % 7] ?? 'monday';
  if (unit === 'day') return ((day.getTime() - first.getTime()) / DAY_MS) % every === 0;
  if (unit === 'week') return weekdays.includes(weekday) && (weekOf(day) - weekOf(first)) % every === 0;
  const months = (day.getUTCFullYear() - first.getUTCFullYear()) * 12 + day.getUTCMonth() - first.getUTCMonth();
  const date = day.getUTCDate();
  const inWeek = new Date(day.getTime() + 7 * DAY_MS);
  const isLast = new Date(day.getTime() + DAY_MS).getUTCDate() === 1;
  const isNth = nthWeekdays.some(
    (wanted) => wanted.weekday === weekday && (wanted.nth === -1 ? inWeek.getUTCMonth() !== day.getUTCMonth() : Math.ceil(date / 7) === wanted.nth),
  );
  return months % every === 0 && (monthDays.includes(date) || (isLast && monthDays.includes(-1)) || isNth);
}

function weekOf(day: Date): number {
  return Math.floor((day.getTime() - A_MONDAY) / DAY_MS / 7);
}

function spoken(cron: string, holds: Spoken['isOn'], minutes: readonly number[]): Spoken {
  return { rule: { kind: 'cron', cron }, isOn: holds, minutes };
}

function times(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step }, (_, index) => from + index * step);
}

function minutesOf(time: string): number {
  const [h = 0, m = 0] = time.split(':').map(Number);
  return h * 60 + m;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
