// The form of a schedule: what is stored comes back as it was, and what is typed becomes what the API takes.
import { describe, expect, it } from 'vitest';
import { leftOut, movedTo } from '../../../../web/components/calendar/move-due.ts';
import { draftOf, inputOf, newDraft, type StoredSchedule } from '../../../../web/components/schedule/schedule-draft.ts';

const CALENDAR = {
  unit: 'MONTH' as const,
  every: 3,
  weekdays: [],
  monthDays: [15, -1],
  nthWeekdays: [
    { nth: 1, weekday: 'TUESDAY' as const },
    { nth: -1, weekday: 'FRIDAY' as const },
  ],
  times: ['02:00', '14:30'],
  from: '2026-03-01',
};

function stored(over: Partial<StoredSchedule> = {}): StoredSchedule {
  return {
    id: 'SC-1',
    title: 'Each quarter',
    mode: 'REHEARSAL',
    cron: null,
    calendar: CALENDAR,
    inputs: [{ name: 'ttl', value: '10' }],
    zone: 'Europe/Berlin',
    startsOn: '2026-02-01',
    endsOn: null,
    exceptions: [{ on: '2026-12-24', reason: 'Holidays.' }],
    isOnlyAfterPass: true,
    jitterMinutes: 5,
    graceMinutes: 20,
    windowMinutes: 30,
    leadMinutes: 60,
    alertChannel: 'drill',
    ownerName: 'olga',
    version: 4,
    canEdit: true,
    endedAt: null,
    runbook: { key: 'move', title: 'Move' },
    ...over,
  };
}

describe('a stored schedule', () => {
  it('goes through the form without losing anything', () => {
    const { cron, calendar, ...input } = inputOf(draftOf(stored()));
    expect(cron).toBeNull();
    expect(calendar).toEqual(CALENDAR);
    expect(input).toEqual({
      title: 'Each quarter',
      runbook: 'move',
      mode: 'REHEARSAL',
      inputs: [{ name: 'ttl', value: '10' }],
      zone: 'Europe/Berlin',
      startsOn: '2026-02-01',
      endsOn: null,
      exceptions: [{ on: '2026-12-24', reason: 'Holidays.' }],
      isOnlyAfterPass: true,
      jitterMinutes: 5,
      graceMinutes: 20,
      windowMinutes: 30,
      leadMinutes: 60,
      alertChannel: 'drill',
      owner: 'olga',
    });
  });

  it('by cron stays by cron, and by weeks keeps its weekdays', () => {
    expect(inputOf(draftOf(stored({ cron: '0 2 * * 0', calendar: null })))).toMatchObject({ cron: '0 2 * * 0', calendar: null });
    const weekly = { ...CALENDAR, unit: 'WEEK' as const, every: 2, weekdays: ['MONDAY' as const], monthDays: [], nthWeekdays: [] };
    expect(inputOf(draftOf(stored({ calendar: weekly }))).calendar).toEqual(weekly);
  });

  it('that is due once is shown as a day, and stored as a rule of that day', () => {
    const once = { ...CALENDAR, unit: 'DAY' as const, every: 1, monthDays: [], nthWeekdays: [], times: ['10:00'], from: '2026-05-05' };
    const draft = draftOf(stored({ calendar: once, startsOn: '2026-05-05', endsOn: '2026-05-05', exceptions: [] }));
    expect(draft).toMatchObject({ repeat: 'once', from: '2026-05-05', startsOn: '', endsOn: '' });
    expect(inputOf(draft)).toMatchObject({ calendar: once, startsOn: '2026-05-05', endsOn: '2026-05-05' });
  });
});

describe('a new one', () => {
  it('for a day that somebody clicked is due once, on that day', () => {
    const draft = newDraft({ zone: 'UTC', today: '2026-11-24', day: '2026-12-01', runbook: 'move' });
    expect(inputOf(draft)).toMatchObject({ startsOn: '2026-12-01', endsOn: '2026-12-01', calendar: { unit: 'DAY', every: 1, times: ['10:00'] } });
  });

  it('is a quarterly rehearsal otherwise', () => {
    const input = inputOf(newDraft({ zone: 'UTC', today: '2026-11-24', day: null, runbook: '' }));
    expect(input).toMatchObject({ mode: 'REHEARSAL', startsOn: null, calendar: { unit: 'MONTH', every: 3, from: '2026-11-25' } });
  });
});

describe('moving one due time', () => {
  const single = draftOf(stored({ calendar: { ...CALENDAR, times: ['02:00'] } }));

  it('leaves its day out with the reason, or its time where the day has several', () => {
    const move = { wall: '2026-12-01T02:00', reason: 'Audit.' };
    expect(leftOut(single, move).exceptions).toEqual([
      { on: '2026-12-24', reason: 'Holidays.' },
      { on: '2026-12-01', reason: 'Audit.' },
    ]);
    expect(leftOut(draftOf(stored()), move).exceptions?.at(-1)).toEqual({ on: '2026-12-01T02:00', reason: 'Audit.' });
  });

  it('plans a single one of the same kind at the new time', () => {
    expect(movedTo(single, { day: '2026-12-02', time: '03:00', title: 'Each quarter (moved)' })).toMatchObject({
      title: 'Each quarter (moved)',
      runbook: 'move',
      mode: 'REHEARSAL',
      inputs: [{ name: 'ttl', value: '10' }],
      startsOn: '2026-12-02',
      endsOn: '2026-12-02',
      exceptions: [],
      calendar: { unit: 'DAY', times: ['03:00'] },
    });
  });
});
