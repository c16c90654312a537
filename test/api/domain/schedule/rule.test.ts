// Rules of schedules before they are stored, and what becomes of a due time.
import { describe, expect, it } from 'vitest';
import { DEFAULT_GRACE_MS, decideOccurrence } from '../../../../api/domain/schedule/occurrence.ts';
import { aSchedule } from '../../../support/schedules.ts';
import { validateSchedule } from '../../../../api/domain/schedule/validate-schedule.ts';

const NOW = Date.UTC(2026, 0, 1);

function problemsOf(fields: Parameters<typeof aSchedule>[0]): ReturnType<typeof validateSchedule> {
  return validateSchedule(aSchedule({ zone: 'Europe/Berlin', ...fields }), NOW);
}

describe('validateSchedule', () => {
  it.each(['0 2 * * 0', '*/15 8-18 * * 1-5', '0 0 1 jan,jul *', '0 3 L * *', '30 4 * * thu', '0 4 * mar sun#2', '0 0 29 2 *'])(
    'accepts %s',
    (cron) => {
      expect(problemsOf({ cron })).toEqual([]);
    },
  );

  it.each([
    '',
    'x',
    '* * * *',
    '0 0 2 * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '@daily',
    'H 2 * * *',
    '0 H/3 * * *',
    '5-1 * * * *',
    '0 2 * * mondays',
  ])('refuses the expression %j with a remedy', (cron) => {
    const [problem] = problemsOf({ cron });
    expect(problem).toMatchObject({ code: 'bad-cron', severity: 'error', message: `"${cron}" is not a cron expression.` });
    expect(problem?.remedy).toContain('five fields');
  });

  it('refuses a rule that never falls due', () => {
    expect(problemsOf({ cron: '0 0 30 2 *' })).toHaveLength(1);
  });

  it.each([
    ['Europe/Berln', 'Did you mean Europe/Berlin?'],
    ['Mars', 'Write an IANA zone name such as Europe/Berlin or UTC.'],
    ['+02:00', 'Write an IANA zone name such as Europe/Berlin or UTC.'],
    ['', 'Write an IANA zone name such as Europe/Berlin or UTC.'],
  ])('refuses the zone %j with a remedy', (zone, remedy) => {
    expect(problemsOf({ zone })).toMatchObject([{ code: 'unknown-zone', remedy }]);
  });

  it.each(['UTC', 'Etc/UTC', 'America/Argentina/Buenos_Aires', 'Australia/Lord_Howe'])('accepts the zone %s', (zone) => {
    expect(problemsOf({ zone })).toEqual([]);
  });

  it.each([-1, 1.5, Number.NaN, 86_400_001])('refuses a grace of %d ms', (graceMs) => {
    expect(problemsOf({ graceMs })).toMatchObject([{ code: 'bad-grace' }]);
  });

  it('names every problem at once', () => {
    expect(problemsOf({ cron: 'x', zone: 'y', graceMs: -1 }).map(({ code }) => code)).toEqual(['bad-cron', 'unknown-zone', 'bad-grace']);
  });
});

describe('decideOccurrence', () => {
  it.each([
    [0, 'start'],
    [DEFAULT_GRACE_MS, 'start'],
    [DEFAULT_GRACE_MS + 1, 'missed'],
    [30 * 86_400_000, 'missed'],
  ])('says of a due time that is %i ms past: %s', (lateMs, expected) => {
    expect(decideOccurrence({ dueAt: 1_000, now: 1_000 + lateMs, graceMs: DEFAULT_GRACE_MS })).toBe(expected);
  });

  it('never starts late without a grace', () => {
    expect(decideOccurrence({ dueAt: 1_000, now: 1_001, graceMs: 0 })).toBe('missed');
  });

  it('is not asked about the future', () => {
    expect(() => decideOccurrence({ dueAt: 2, now: 1, graceMs: 0 })).toThrow(RangeError);
  });
});
