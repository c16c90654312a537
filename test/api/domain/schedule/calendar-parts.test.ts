// Calendar rules, exceptions, closings, clashes and the jitter, by examples.
import { describe, expect, it } from 'vitest';
import { findClashes, type PlannedSpan } from '../../../../api/domain/schedule/clash.ts';
import { closingOfFreeze, closingsAt } from '../../../../api/domain/schedule/closing.ts';
import { dueTimesIn, isDueAt, type DueRule } from '../../../../api/domain/schedule/due-times.ts';
import { startOf } from '../../../../api/domain/schedule/jitter.ts';
import type { CalendarRule } from '../../../../api/domain/schedule/rule.ts';
import type { Scope } from '../../../../api/domain/schedule/scope.ts';
import { covers } from '../../../../api/domain/schedule/scope.ts';
import { wallText } from '../../../../api/domain/schedule/wall-text.ts';
import { aCalendarRule, cronIn } from '../../../support/schedules.ts';

const AT = Date.UTC(2026, 0, 1);

function walls(fields: Partial<CalendarRule>, more: Partial<DueRule> = {}, count = 4): readonly string[] {
  const rule: DueRule = { ...cronIn('Europe/Berlin', ''), rule: aCalendarRule(fields), ...more };
  return dueTimesIn(rule, AT, { count }).map(({ wall }) => wallText(wall));
}

describe('a calendar rule', () => {
  it.each<[string, Partial<CalendarRule>, readonly string[]]>([
    ['the first Tuesday of the month', { unit: 'month', nthWeekdays: [{ nth: 1, weekday: 'tuesday' }] }, ['01-06', '02-03', '03-03', '04-07']],
    [
      'the last Friday of each quarter',
      { unit: 'month', every: 3, nthWeekdays: [{ nth: -1, weekday: 'friday' }] },
      ['01-30', '04-24', '07-31', '10-30'],
    ],
    ['the last day of the month', { unit: 'month', monthDays: [-1] }, ['01-31', '02-28', '03-31', '04-30']],
    ['the 31st, where there is one', { unit: 'month', monthDays: [31] }, ['01-31', '03-31', '05-31', '07-31']],
    ['a fifth Monday, where there is one', { unit: 'month', nthWeekdays: [{ nth: 5, weekday: 'monday' }] }, ['03-30', '06-29', '08-31', '11-30']],
    [
      'every second week, from a day within it',
      { unit: 'week', every: 2, weekdays: ['thursday', 'monday'], from: '2026-01-06' },
      ['01-08', '01-19', '01-22', '02-02'],
    ],
    ['every tenth day', { unit: 'day', every: 10 }, ['01-01', '01-11', '01-21', '01-31']],
  ])('is %s', (_what, fields, expected) => {
    expect(walls(fields)).toEqual(expected.map((day) => `2026-${day}T02:00`));
  });

  it('has its start and its end, and leaves out days and due times', () => {
    const times = walls(
      { unit: 'day', times: ['14:00', '02:00'] },
      {
        startsOn: '2026-02-01',
        endsOn: '2026-02-03',
        exceptions: [
          { on: '2026-02-02', reason: 'x' },
          { on: '2026-02-03T02:00', reason: 'x' },
        ],
      },
      9,
    );
    expect(times).toEqual(['2026-02-01T02:00', '2026-02-01T14:00', '2026-02-03T14:00']);
  });

  it('knows its own due times', () => {
    const rule = cronIn('UTC', '0 2 * * *');
    expect(isDueAt(rule, AT + 2 * 3_600_000)).toBe(true);
    expect(isDueAt(rule, AT + 3 * 3_600_000)).toBe(false);
  });
});

describe('the jitter', () => {
  it('is the same for the same due time, within its bound, and spread over it', () => {
    const starts = Array.from({ length: 200 }, (_, index) => startOf({ id: 'SC-1', jitterMs: 60_000 }, AT + index) - AT - index);
    expect(starts).toEqual(Array.from({ length: 200 }, (_, index) => startOf({ id: 'SC-1', jitterMs: 60_000 }, AT + index) - AT - index));
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...starts)).toBeLessThanOrEqual(60_000);
    expect(new Set(starts).size).toBeGreaterThan(40);
    expect(startOf({ id: 'SC-1', jitterMs: 0 }, AT)).toBe(AT);
  });
});

describe('a freeze', () => {
  const scope: Scope = { isEverything: false, services: ['mail'], sites: ['north'], lenses: ['csm'], hostLabels: ['env=prod'] };
  const nothing = { services: [], hosts: [], locks: [], sites: [], lenses: [], hostLabels: [] };

  it('lasts from its first local minute to before its last', () => {
    const freeze = { id: 'FZ-1', title: 'x', reason: 'x', scope, zone: 'Europe/Berlin', owner: 'carla', createdAt: 0, endedAt: null, version: 1 };
    const closing = closingOfFreeze({ ...freeze, from: '2026-06-01T00:00', to: '2026-06-02T00:00' });
    const closed = (at: string) => closingsAt([closing], Date.parse(at), { ...nothing, services: ['mail'] }).length;
    expect(['2026-05-31T21:59Z', '2026-05-31T22:00Z', '2026-06-01T21:59Z', '2026-06-01T22:00Z'].map(closed)).toEqual([0, 1, 1, 0]);
  });

  it.each([
    ['a service', { services: ['mail', 'shop'] }, true],
    ['a site', { sites: ['north'] }, true],
    ['a lens', { lenses: ['csm'] as const }, true],
    ['a label', { hostLabels: ['env=prod'] }, true],
    ['none of them', { services: ['shop'], sites: ['south'], lenses: ['itsm'] as const, hostLabels: ['env=test'] }, false],
  ])('covers what touches %s', (_what, touched, expected) => {
    expect(covers(scope, { ...nothing, ...touched })).toBe(expected);
    expect(covers({ ...scope, isEverything: true }, nothing)).toBe(true);
  });
});

function span(id: string, { startAt, endAt, ...more }: Pick<PlannedSpan, 'startAt' | 'endAt'> & Partial<PlannedSpan>): PlannedSpan {
  return { id, group: id, startAt, endAt, services: [], hosts: [], locks: [], people: [], ...more };
}

describe('clashes', () => {
  it('are of two that overlap and share something, of different schedules', () => {
    const clashes = findClashes([
      span('a', { startAt: 0, endAt: 10, hosts: ['db1', 'db2'], people: ['carla'] }),
      span('b', { startAt: 5, endAt: 15, hosts: ['db2'], people: ['carla'] }),
      span('c', { startAt: 10, endAt: 20, hosts: ['db1'] }),
      span('d', { startAt: 6, endAt: 7, locks: ['x'] }),
      span('a again', { startAt: 8, endAt: 9, group: 'a', hosts: ['db1'] }),
    ]);
    const things = clashes.map(({ first, second, shared }) => [first.id, second.id, shared.map(({ kind, name }) => `${kind} ${name}`).join(', ')]);
    expect(things).toEqual([['a', 'b', 'host db2, person carla']]);
  });
});
