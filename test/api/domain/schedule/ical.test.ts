// iCalendar files: when their events are, and what is wrong with files, with the line.
import { describe, expect, it } from 'vitest';
import { readIcal, type IcalSpan } from '../../../../api/domain/schedule/ical.ts';

const YEAR = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)] as const;

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function event(...lines: readonly string[]): readonly string[] {
  return ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'];
}

function spans(text: string, zone = 'UTC'): readonly IcalSpan[] {
  const read = readIcal(text, zone);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.calendar.spans(...YEAR);
}

function texts(text: string, zone = 'UTC'): readonly string[] {
  return spans(text, zone).map(({ title, fromAt, toAt }) => `${title} ${new Date(fromAt).toISOString()} ${new Date(toAt).toISOString()}`);
}

function problems(text: string) {
  const read = readIcal(text, 'UTC');
  return read.ok ? read.warnings : read.problems;
}

describe('events', () => {
  it('of whole days last from midnight to midnight in the zone of the calendar', () => {
    const text = calendar(
      ...event('SUMMARY:Year end', 'DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'),
      ...event('DTSTART;VALUE=DATE:20260501'),
    );
    expect(texts(text, 'Europe/Berlin')).toEqual([
      'Blackout 2026-04-30T22:00:00.000Z 2026-05-01T22:00:00.000Z',
      'Year end 2026-12-23T23:00:00.000Z 2026-12-26T23:00:00.000Z',
    ]);
  });

  it.each([
    ['in UTC', 'DTSTART:20260601T100000Z', 'DTEND:20260601T120000Z', '2026-06-01T10:00:00.000Z 2026-06-01T12:00:00.000Z'],
    ['without a zone', 'DTSTART:20260601T100000', 'DURATION:PT2H', '2026-06-01T08:00:00.000Z 2026-06-01T10:00:00.000Z'],
    [
      'in a zone that the file does not define',
      'DTSTART;TZID=America/New_York:20260601T100000',
      'DURATION:PT2H',
      '2026-06-01T14:00:00.000Z 2026-06-01T16:00:00.000Z',
    ],
    ['at a time that does not exist', 'DTSTART:20260329T023000', 'DTEND:20260329T040000', '2026-03-29T01:00:00.000Z 2026-03-29T02:00:00.000Z'],
  ])('%s are placed', (...[, start, end, expected]) => {
    expect(texts(calendar(...event('SUMMARY:x', start, end)), 'Europe/Berlin')).toEqual([`x ${expected}`]);
  });

  it('in a zone of their own are read by its definition', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:House time',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0300',
      'TZOFFSETTO:+0300',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(texts(calendar(...zone, ...event('SUMMARY:x', 'DTSTART;TZID=House time:20260601T100000', 'DURATION:PT1H')))).toEqual([
      'x 2026-06-01T07:00:00.000Z 2026-06-01T08:00:00.000Z',
    ]);
  });

  it('repeat by their rule, without left out dates, with single dates moved and cancelled', () => {
    const text = calendar(
      ...event('SUMMARY:Month end', 'DTSTART;VALUE=DATE:20200131', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260630', 'EXDATE;VALUE=DATE:20260228'),
      ...event('SUMMARY:Moved', 'RECURRENCE-ID;VALUE=DATE:20260331', 'DTSTART;VALUE=DATE:20260330'),
      ...event('SUMMARY:Off', 'RECURRENCE-ID;VALUE=DATE:20260430', 'DTSTART;VALUE=DATE:20260430', 'STATUS:CANCELLED'),
    );
    expect(spans(text).map(({ title, fromAt }) => `${title} ${new Date(fromAt).toISOString().slice(0, 10)}`)).toEqual([
      'Month end 2026-01-31',
      'Moved 2026-03-30',
      'Month end 2026-05-31',
      'Month end 2026-06-30',
    ]);
  });

  it('that never come again come to an end, and those that are cancelled are none', () => {
    const text = calendar(
      ...event('SUMMARY:x', 'DTSTART;VALUE=DATE:20260228', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2'),
      ...event('SUMMARY:y', 'DTSTART;VALUE=DATE:20260301', 'STATUS:CANCELLED'),
    );
    expect(spans(text).length).toBeLessThanOrEqual(1);
  });

  it('count from before the span when they reach into it', () => {
    expect(texts(calendar(...event('SUMMARY:Long', 'DTSTART;VALUE=DATE:20251220', 'DTEND;VALUE=DATE:20260103')))).toHaveLength(1);
    expect(texts(calendar(...event('SUMMARY:Long', 'DTSTART;VALUE=DATE:20251220', 'DURATION:P14D', 'RRULE:FREQ=YEARLY')))).toHaveLength(2);
  });
});

describe('a bad file', () => {
  it.each([
    ['is no calendar', 'hello', 1, 'does not begin with BEGIN:VCALENDAR'],
    ['has a line that is none', calendar('what is this'), 4, 'neither a property'],
    ['is cut off', calendar(...event('DTSTART:20260101T000000Z')).split('END:VEVENT')[0] ?? '', 4, 'VEVENT begins and does not end'],
    ['ends what is not open', calendar('END:VEVENT'), 4, 'ends VEVENT'],
    ['has an event without a start', calendar(...event('SUMMARY:x')), 4, '"x" (line 4) has no start'],
    [
      'has an end before its start',
      calendar(...event('SUMMARY:x', 'DTSTART:20260102T000000Z', 'DTEND:20260101T000000Z')),
      4,
      'ends before it starts',
    ],
    ['has an unknown zone', calendar(...event('SUMMARY:x', 'DTSTART;TZID=Mars/Base:20260102T000000', 'DURATION:PT1H')), 4, 'time zone "Mars/Base"'],
    [
      'repeats every second',
      calendar(...event('SUMMARY:x', 'DTSTART:20260102T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')),
      4,
      'repeats within a day',
    ],
    ['has a date that is none', calendar(...event('SUMMARY:x', 'DTSTART:20261399T000000Z')), 4, 'a date that is none'],
  ])('that %s is told with its line', (...[, text, line, message]) => {
    expect(problems(text)).toMatchObject([
      { severity: 'error', line, message: expect.stringContaining(message), remedy: expect.stringMatching(/\.$/) },
    ]);
  });

  it('is none when an event has no length: that is a warning', () => {
    expect(problems(calendar(...event('SUMMARY:x', 'DTSTART:20260102T000000Z')))).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('no length') },
    ]);
  });
});
