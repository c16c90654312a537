// What is wrong with the rule of a schedule, before it is stored.
import type { Problem } from '../errors.ts';
import { nearest } from '../runbook/nearest.ts';
import { nextOf, parseCron } from './cron.ts';
import type { Schedule } from './schedule.ts';
import { isZone } from './zone-clock.ts';

/** A longer grace is another due time. */
const LONGEST_GRACE_MS = 86_400_000;

/** Any instant does: whether a rule ever falls due does not depend on it. A leap year lies ahead of every search from here. */
const REFERENCE_AT = Date.UTC(2024, 0, 1);

/** Empty when the rule can be stored. */
export function validateSchedule(input: Pick<Schedule, 'cron' | 'zone' | 'graceMs'>): readonly Problem[] {
  return [...cronProblems(input.cron), ...zoneProblems(input.zone), ...graceProblems(input.graceMs)];
}

function cronProblems(cron: string): readonly Problem[] {
  const expression = parseCron(cron, REFERENCE_AT);
  if (expression === null) {
    const remedy = 'Write five fields: minute, hour, day of month, month, day of week. `0 2 * * 0` is Sundays at 02:00.';
    return [problem('bad-cron', `"${cron}" is not a cron expression.`, remedy)];
  }
  if (nextOf(expression) !== null) return [];
  return [problem('never-due', `"${cron}" never falls due.`, 'Name a day that the month has.')];
}

function zoneProblems(zone: string): readonly Problem[] {
  if (isZone(zone)) return [];
  const known = nearest(zone, Intl.supportedValuesOf('timeZone'));
  const remedy = known === null ? 'Write an IANA zone name such as Europe/Berlin or UTC.' : `Did you mean ${known}?`;
  return [problem('unknown-zone', `"${zone}" is not a time zone.`, remedy)];
}

function graceProblems(graceMs: number): readonly Problem[] {
  if (Number.isSafeInteger(graceMs) && graceMs >= 0 && graceMs <= LONGEST_GRACE_MS) return [];
  return [problem('bad-grace', 'The grace period must be between 0 and 24 hours.', 'Write 10m, or what a drill may be late at most.')];
}

function problem(code: string, message: string, remedy: string): Problem {
  return { code, severity: 'error', message, remedy };
}
