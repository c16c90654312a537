// Until when a sleep lasts: a fixed time from now, or what is left of a time that began when another step ended.
import { parseDuration } from '../duration.ts';
import { done, refused, type Result } from '../errors.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';
import { variablesOf } from './variables.ts';

/** Milliseconds since the epoch, never before `now`. Refused when the time is a value that is none. */
export function sleepOf(state: DrillState, step: PlanStep & { readonly kind: 'sleep' }, now: number): Result<number> {
  const length = lengthOf(state, step);
  if (!length.ok) return length;
  const since = step.since === undefined ? now : (state.steps.get(step.since)?.endedAt ?? now);
  return done(Math.max(now, since + length.value));
}

function lengthOf(state: DrillState, step: PlanStep & { readonly kind: 'sleep' }): Result<number> {
  if (step.remainder === undefined) return done(step.durationMs);
  const { values, secrets } = variablesOf(state, { step, row: null });
  if (secrets.has(step.remainder)) {
    return refused('INVALID_INPUT', `${step.remainder} is secret, and a time to sleep is shown to everybody: take another value.`);
  }
  const value = (values[step.remainder] ?? '').trim();
  const ms = /^\d+(\.\d+)?$/u.test(value) ? Math.round(Number(value) * 1_000) : parseDuration(value);
  if (ms !== null && ms <= LONGEST_MS) return done(ms);
  return refused(
    'INVALID_INPUT',
    `"${value.slice(0, 40)}", the value of ${step.remainder}, is not a time to sleep: give seconds, or a duration such as 90s.`,
  );
}

/** A value from a host is not trusted to be sensible: longer than this is a mistake. */
const LONGEST_MS = 7 * 24 * 3_600_000;
