// Which day an entry stands on by each of the three clocks, what closes a day, and what is in each other's way.
import { describe, expect, it } from 'vitest';
import { calendarDays, type ZoneChoice } from '../../../../web/components/calendar/calendar-days.ts';
import type { CalendarDetail } from '../../../../web/components/calendar/calendar-type.ts';
import { entryLook } from '../../../../web/components/calendar/entry-look.ts';
import { clockFaces } from '../../../../web/components/calendar/three-zones.ts';

type Entry = CalendarDetail['entries'][number];
const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25'];
const MINE = 'Europe/Berlin';

function entry(id: string, startAt: string, over: Partial<Entry> = {}): Entry {
  const runbook = { key: 'move', title: 'Move' };
  const schedule = { id: 'SC-1', title: 'Weekly', zone: 'Asia/Tokyo', mode: 'REHEARSAL' as const, canEdit: true, runbook };
  return { id, startAt, endAt: startAt, dueAt: startAt, wall: null, schedule, occurrence: null, preflights: [], drill: null, closedBy: [], ...over };
}

function calendar(over: Partial<CalendarDetail>): CalendarDetail {
  return { cutAt: null, entries: [], closings: [], clashes: [], ...over };
}

const dayOf = (of: CalendarDetail, id: string, choice: ZoneChoice): string | undefined =>
  calendarDays(of, DAYS, { choice, mine: MINE }).find(({ entries }) => entries.some((placed) => placed.entry.id === id))?.day;

const missed = (cause: 'LATE' | 'FREEZE') => ({ state: 'MISSED' as const, cause, reason: null });

describe('an entry', () => {
  it('stands on the day that the chosen clock shows', () => {
    const late = calendar({ entries: [entry('a', '2026-11-23T23:30:00.000Z')] });
    expect([dayOf(late, 'a', 'utc'), dayOf(late, 'a', 'mine'), dayOf(late, 'a', 'schedule')]).toEqual(['2026-11-23', '2026-11-24', '2026-11-24']);
    const early = calendar({ entries: [entry('b', '2026-11-24T20:00:00.000Z')] });
    expect([dayOf(early, 'b', 'mine'), dayOf(early, 'b', 'schedule')]).toEqual(['2026-11-24', '2026-11-25']);
  });

  it('of a drill without a schedule stands by the reader’s clock', () => {
    const drill = calendar({ entries: [entry('DR-1', '2026-11-23T23:30:00.000Z', { schedule: null })] });
    expect(dayOf(drill, 'DR-1', 'schedule')).toBe('2026-11-24');
  });

  it('names what is in its way, on both sides', () => {
    const [a, b] = [entry('a', '2026-11-24T10:00:00.000Z'), entry('b', '2026-11-24T10:05:00.000Z')];
    const days = calendarDays(calendar({ entries: [a, b], clashes: [{ first: 'a', second: 'b', shared: [{ kind: 'HOST', name: 'db1' }] }] }), DAYS, {
      choice: 'utc',
      mine: MINE,
    });
    expect(days[1]?.entries.map(({ clashes }) => clashes.map(({ other }) => other.id))).toEqual([['b'], ['a']]);
  });
});

describe('a closing', () => {
  it('stands on each day that it touches, and its end is not part of it', () => {
    const closing = {
      kind: 'FREEZE' as const,
      id: 'f',
      title: 'Month end',
      reason: 'Books close.',
      fromAt: '2026-11-23T12:00:00.000Z',
      toAt: '2026-11-25T00:00:00.000Z',
    };
    const closedOn = (choice: ZoneChoice): readonly string[] =>
      calendarDays(calendar({ closings: [closing] }), DAYS, { choice, mine: MINE }).flatMap(({ day, closings }) =>
        closings.length > 0 ? [day] : [],
      );
    expect(closedOn('utc')).toEqual(['2026-11-23', '2026-11-24']);
    expect(closedOn('mine')).toEqual(DAYS);
  });
});

describe('the look of an entry', () => {
  it('tells what was missed from what was left out on purpose', () => {
    expect(entryLook(entry('a', '2026-11-24T10:00:00.000Z', { occurrence: missed('LATE') }))).toMatchObject({ word: 'missed', ink: 'bad' });
    expect(entryLook(entry('a', '2026-11-24T10:00:00.000Z', { occurrence: missed('FREEZE') })).word).toBe('leftOut');
  });

  it('is that of its drill once there is one, else whether it can start', () => {
    const drill = { id: 'DR-1', title: 'Move', mode: 'REHEARSAL' as const, state: 'PASSED' as const };
    expect(entryLook({ drill, occurrence: null, closedBy: [] }).word).toBe('passed');
    const closing = { kind: 'FREEZE' as const, id: 'f', title: 'F', reason: '', fromAt: '', toAt: '' };
    expect(entryLook({ drill: null, occurrence: null, closedBy: [closing] }).word).toBe('ruledOut');
    expect(entryLook({ drill: null, occurrence: null, closedBy: [] }).word).toBe('scheduled');
  });
});

describe('three clocks', () => {
  it('are shown, and one that is the same is named once', () => {
    const at = Date.parse('2026-11-24T10:00:00Z');
    expect(clockFaces(at, 'Asia/Tokyo', MINE)).toEqual([
      { zone: 'Asia/Tokyo', shows: '2026-11-24 19:00' },
      { zone: 'UTC', shows: '2026-11-24 10:00' },
      { zone: 'Europe/Berlin', shows: '2026-11-24 11:00' },
    ]);
    expect(clockFaces(at, 'UTC', 'UTC')).toHaveLength(1);
  });
});
