// `wait`: a look repeated until it holds, or until its time is up. Always read-only.
import type { RawBody } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { objectOf, part } from '../json-schema.ts';
import { durationMs, optionalDurationMs, retryOf } from './command-keys.ts';
import { NO_RETRY, onFailureOf, present } from './kind.ts';
import type { BuildContext, RawCommandAt, StepKindDefinition } from './kind.ts';
import { LOOKS, LOOK_KEYS, LOOK_PROPERTIES, lookCommands, lookOf } from './look.ts';
import { percentOf } from './spread-keys.ts';

/** Every wait is bounded; this is the bound of one that names none. */
const DEFAULT_TIMEOUT_MS = 10 * 60_000;
/** Often enough for a recovery time in seconds, rare enough for a host in trouble. */
const DEFAULT_EVERY_MS = 2_000;
/** More than a look each second for a day. */
const MOST_LOOKS = 100_000;

export const waitKind: StepKindDefinition = {
  kind: 'wait',
  summary: 'Repeats a look until it holds, or until its time or its attempts are up. Always read-only.',
  properties: {
    wait: {
      ...objectOf({
        ...LOOK_PROPERTIES,
        every: part('positiveDuration', 'Pause between two looks; 2s unless given.'),
        stable: { type: 'integer', minimum: 1, maximum: 1000, default: 1, description: 'How many times in a row it must hold; once unless given.' },
        attempts: {
          type: 'integer',
          minimum: 1,
          maximum: MOST_LOOKS,
          description: 'Looks in all; as many as the timeout allows unless given.',
        },
        steady: {
          type: 'string',
          pattern: '^([1-9][0-9]?|100)%$',
          description: 'It holds when two looks in a row hold and take about the same time: they differ by at most this share of the longer one.',
          examples: ['10%'],
          'x-problem': 'is not a share',
          'x-remedy': "Write a share such as '10%'.",
        },
        timeout: part('positiveDuration', 'Longest time for all looks together, the same as `timeout` of the step; 10m unless given.'),
      }),
      oneOf: LOOKS,
      description: 'Exactly one of `run`, `script`, `http`, `tcp` and `dns`, and how often to look.',
      examples: [{ run: 'pg_isready', every: '1s', timeout: '1m' }],
    },
    ...LOOK_KEYS,
    timeout: part('positiveDuration', 'Longest time for all looks together; unless given the default of the runbook, then 10m.'),
  },
  on: 'with-command',
  commands(raw: RawBody): readonly RawCommandAt[] {
    return lookCommands('wait', present(raw.wait, 'wait'));
  },
  build(raw: RawBody, context: BuildContext): Step {
    const body = present(raw.wait, 'wait');
    return {
      ...context.common,
      kind: 'wait',
      onFailure: onFailureOf(context),
      timeoutMs: optionalDurationMs(body.timeout ?? raw.timeout) ?? context.defaults.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      // A wait repeats itself: only its own `retry` starts it over.
      retry: raw.retry === undefined ? NO_RETRY : retryOf(raw.retry),
      ...lookOf('wait', { raw, look: body }, context),
      everyMs: body.every === undefined ? DEFAULT_EVERY_MS : durationMs(body.every),
      stable: body.stable ?? 1,
      ...(body.attempts === undefined ? {} : { attempts: body.attempts }),
      ...(body.steady === undefined ? {} : { steadyPercent: percentOf(body.steady) }),
    };
  },
};
