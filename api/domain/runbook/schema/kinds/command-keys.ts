// The keys of every step whose output is judged, and how they are read.
import { parseDuration } from '../../../duration.ts';
import { compareKeys } from '../../../catalogue/key-order.ts';
import type { RawBody, RawCapture, RawExpect, RawRetry, RawTextExpectation } from '../../raw-runbook.ts';
import type { Capture, Expectation, Retry, TextExpectation } from '../../runbook.ts';
import type { JsonSchema } from '../json-schema.ts';
import { mapOf, part } from '../json-schema.ts';

/** Between two attempts when `retry` names no pause: time for a service to settle, short against any RTO. */
const DEFAULT_RETRY_EVERY_MS = 5_000;

export const REPEAT_KEYS: Readonly<Record<string, JsonSchema>> = {
  timeout: part('positiveDuration', 'Longest time for each host and attempt.'),
  retry: part('retry', 'Attempts after a failure; one attempt in all unless given. An action is repeated only when it is `idempotent`.'),
};

export const CAPTURE: JsonSchema = mapOf(
  part('variable'),
  part('capture'),
  'Values taken from the output, for later steps: `$name` in a command, `${name}` elsewhere.',
);

export const COMMAND_KEYS: Readonly<Record<string, JsonSchema>> = {
  ...REPEAT_KEYS,
  expect: part('expect', 'What exit code and output must look like; exit code 0 unless given.'),
  capture: CAPTURE,
};

/** The expectation of a step; exit code 0 when it names none. */
export function expectationOf(raw: RawExpect | undefined): Expectation {
  const exit = raw?.exit ?? 0;
  const status = raw?.status;
  return {
    exitCodes: typeof exit === 'number' ? [exit] : exit,
    stdout: textExpectationOf(raw?.stdout ?? raw?.body),
    stderr: textExpectationOf(raw?.stderr),
    ...(status === undefined ? {} : { statuses: typeof status === 'number' ? [status] : status }),
  };
}

/** In key order, so that the order in the file does not show in the hash. */
export function capturesOf(raw: RawBody['capture']): readonly Capture[] {
  return Object.entries(raw ?? {})
    .toSorted(([a], [b]) => compareKeys(a, b))
    .map(([name, capture]) => captureOf(name, capture));
}

function captureOf(name: string, capture: RawCapture): Capture {
  if (typeof capture === 'string') return { name, from: capture, pattern: null };
  const pattern = capture.pattern ?? null;
  const secret = capture.secret === true ? ({ isSecret: true } as const) : {};
  if (capture.json !== undefined) return { name, from: 'json', pattern, path: capture.json, ...secret };
  if (capture.header !== undefined) return { name, from: 'header', pattern, header: capture.header.toLowerCase(), ...secret };
  return { name, from: capture.from ?? 'stdout', pattern, ...secret };
}

export function retryOf(raw: RawRetry): Retry {
  return {
    attempts: raw.attempts,
    everyMs: raw.every === undefined ? DEFAULT_RETRY_EVERY_MS : durationMs(raw.every),
    backoff: raw.backoff ?? 1,
  };
}

/** Milliseconds of a duration that the schema has accepted. */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new Error(`"${text}" has passed the schema as a duration`);
  return ms;
}

export function optionalDurationMs(text: string | undefined): number | null {
  return text === undefined ? null : durationMs(text);
}

function textExpectationOf(raw: RawTextExpectation | undefined): TextExpectation | null {
  if (raw === undefined) return null;
  return {
    matches: raw.matches ?? null,
    equals: raw.equals === undefined ? null : String(raw.equals),
    min: raw.min ?? null,
    max: raw.max ?? null,
    ...(raw.json === undefined ? {} : { json: raw.json }),
  };
}
