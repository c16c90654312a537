// What is wrong with a schedule, before it is stored.
import type { Problem } from '../errors.ts';
import { dueTimes } from './due-times.ts';
import type { Schedule, ScheduleException } from './schedule.ts';
import { ruleProblems } from './validate-rule.ts';
import { zoneProblem } from './validate-zone.ts';
import { DAY_MS, MINUTE_MS, parseDay, parseWall } from './wall-text.ts';

const HOUR_MS = 3_600_000;
/** A longer grace is another due time. */
const LONGEST_GRACE_MS = DAY_MS;
/** People who have not approved in a week will not. */
const LONGEST_WINDOW_MS = 7 * DAY_MS;
/** A plan frozen for longer is no longer of these hosts. */
const LONGEST_LEAD_MS = 30 * DAY_MS;
/** More would be another time of day. */
const LONGEST_JITTER_MS = 6 * HOUR_MS;
/** A list that people can still read; longer ones are calendars. */
const MOST_EXCEPTIONS = 200;
/** Neighbours that are compared with the jitter: a year of days. */
const COMPARED = 366;

export type TimingInput = Pick<Schedule, 'rule' | 'zone' | 'startsOn' | 'endsOn' | 'exceptions' | 'jitterMs' | 'graceMs' | 'windowMs' | 'leadMs'>;

export type FieldProblem = Problem & { readonly field: string };

/** Empty when it can be stored. `now` is where the search for close neighbours begins. */
export function validateSchedule(input: TimingInput, now: number): readonly FieldProblem[] {
  const zone = zoneProblem(input.zone);
  const found = [
    ...ruleProblems(input.rule),
    ...(zone === null ? [] : [{ ...zone, field: 'zone' }]),
    ...dayProblems(input),
    ...exceptionProblems(input.exceptions),
    ...spanProblem(input.graceMs, { field: 'graceMs', code: 'bad-grace', name: 'The grace period', longest: LONGEST_GRACE_MS, words: '24 hours' }),
    ...spanProblem(input.windowMs, { field: 'windowMs', code: 'bad-window', name: 'The run window', longest: LONGEST_WINDOW_MS, words: '7 days' }),
    ...spanProblem(input.leadMs, { field: 'leadMs', code: 'bad-lead', name: 'The lead time', longest: LONGEST_LEAD_MS, words: '30 days' }),
    ...spanProblem(input.jitterMs, { field: 'jitterMs', code: 'bad-jitter', name: 'The jitter', longest: LONGEST_JITTER_MS, words: '6 hours' }),
  ];
  return found.length > 0 ? found : jitterProblems(input, now);
}

function dayProblems({ startsOn, endsOn }: TimingInput): readonly FieldProblem[] {
  const remedy = 'Write a day as 2026-03-01, or leave it empty.';
  const bad = Object.entries({ startsOn, endsOn }).filter(([, day]) => day !== null && parseDay(day) === null);
  if (bad.length > 0) return bad.map(([field, day]) => fault({ code: 'bad-day', field }, `"${day}" is not a day.`, remedy));
  if (startsOn === null || endsOn === null || startsOn <= endsOn) return [];
  return [fault({ code: 'ends-first', field: 'endsOn' }, `It ends on ${endsOn}, before it starts on ${startsOn}.`, 'Choose a later end.')];
}

function exceptionProblems(exceptions: readonly ScheduleException[]): readonly FieldProblem[] {
  const field = 'exceptions';
  if (exceptions.length > MOST_EXCEPTIONS) {
    const remedy = 'Put longer lists into a blackout calendar.';
    return [fault({ code: 'too-many-exceptions', field }, `A schedule has at most ${MOST_EXCEPTIONS} exceptions, not ${exceptions.length}.`, remedy)];
  }
  return exceptions.flatMap(({ on, reason }) => {
    if (parseDay(on) === null && parseWall(on) === null) {
      return [fault({ code: 'bad-exception', field }, `"${on}" is neither a day nor a due time.`, 'Write 2026-12-24, or 2026-12-24T02:00.')];
    }
    return reason.trim() === ''
      ? [fault({ code: 'no-reason', field }, `The exception on ${on} has no reason.`, 'Say why, for those who look back.')]
      : [];
  });
}

function spanProblem(
  valueMs: number,
  { field, code, name, longest, words }: { field: string; code: string; name: string; longest: number; words: string },
): readonly FieldProblem[] {
  if (Number.isSafeInteger(valueMs) && valueMs >= 0 && valueMs <= longest) return [];
  return [fault({ code, field }, `${name} must be between 0 and ${words}.`, 'Choose a shorter one.')];
}

/** A start that is put off past the next due time would stand in its way. */
function jitterProblems(input: TimingInput, now: number): readonly FieldProblem[] {
  if (input.jitterMs === 0) return [];
  const times = dueTimes(input, now, { count: COMPARED });
  const shortestMs = times.reduce((least, at, index) => Math.min(least, at - (times[index - 1] ?? Number.NEGATIVE_INFINITY)), LONGEST_JITTER_MS * 2);
  if (input.jitterMs < shortestMs) return [];
  const remedy = `Choose less than ${Math.floor(shortestMs / MINUTE_MS)} minutes.`;
  return [fault({ code: 'long-jitter', field: 'jitterMs' }, 'The jitter reaches the next due time.', remedy)];
}

function fault(where: Pick<FieldProblem, 'code' | 'field'>, message: string, remedy: string): FieldProblem {
  return { ...where, severity: 'error', message, remedy };
}
