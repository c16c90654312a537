// `wait`: a check repeated until it holds, or until its time is up. Always read-only.
import type { RawStep } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part } from '../json-schema.ts';
import { commandBody } from '../parts.ts';
import { COMMAND_KEYS, capturesOf, durationMs, expectationOf, optionalDurationMs, retryOf } from './command-keys.ts';
import { NO_RETRY, bodyCommand, present } from './kind.ts';
import type { BuildContext, RawCommandAt, StepKindDefinition } from './kind.ts';

/** Every wait is bounded; this is the bound of one that names none. */
const DEFAULT_TIMEOUT_MS = 10 * 60_000;
/** Often enough for a recovery time in seconds, rare enough for a host in trouble. */
const DEFAULT_EVERY_MS = 2_000;

export const waitKind: StepKindDefinition = {
  kind: 'wait',
  summary: 'Repeats a command on each host of `on` until it holds, or until its time is up. Always read-only.',
  properties: {
    wait: commandBody({
      every: part('positiveDuration', 'Pause between two looks; 2s unless given.'),
      stable: { type: 'integer', minimum: 1, maximum: 1000, description: 'How many times in a row it must hold; once unless given.' },
      timeout: part('positiveDuration', 'Longest time for all looks together; the same as `timeout` of the step.'),
    }),
    ...COMMAND_KEYS,
  },
  required: ['on'],
  commands(raw: RawStep): readonly RawCommandAt[] {
    return [bodyCommand('wait', present(raw.wait, 'wait'))];
  },
  build(raw: RawStep, context: BuildContext): Step {
    const body = present(raw.wait, 'wait');
    return {
      ...context.common,
      kind: 'wait',
      timeoutMs: optionalDurationMs(body.timeout ?? raw.timeout) ?? context.defaultTimeoutMs ?? DEFAULT_TIMEOUT_MS,
      // A wait repeats itself: only its own `retry` starts it over.
      retry: raw.retry === undefined ? NO_RETRY : retryOf(raw.retry),
      on: present(raw.on, 'on'),
      command: context.textOf(bodyCommand('wait', body).command),
      expect: expectationOf(raw.expect),
      captures: capturesOf(raw.capture),
      isReadOnly: true,
      isIdempotent: true,
      everyMs: body.every === undefined ? DEFAULT_EVERY_MS : durationMs(body.every),
      stable: body.stable ?? 1,
    };
  },
};
