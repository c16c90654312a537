// `check`: a look that is judged once. Always read-only.
import type { RawBody } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { objectOf, part } from '../json-schema.ts';
import { optionalDurationMs, retryOf } from './command-keys.ts';
import { NO_RETRY, onFailureOf, present } from './kind.ts';
import type { BuildContext, RawCommandAt, StepKindDefinition } from './kind.ts';
import { LOOKS, LOOK_KEYS, LOOK_PROPERTIES, lookCommands, lookOf } from './look.ts';

/** A check that takes longer is a wait. */
const DEFAULT_TIMEOUT_MS = 60_000;

export const checkKind: StepKindDefinition = {
  kind: 'check',
  summary: 'Looks once, by a command on each host of `on`, a request, a connection or a DNS look-up, and judges what it finds. Always read-only.',
  properties: {
    check: {
      ...objectOf(LOOK_PROPERTIES),
      type: ['string', 'object'],
      minLength: 1,
      oneOf: [{ type: 'string' }, ...LOOKS],
      description: 'Shell text, or an object with exactly one of `run`, `script`, `http`, `tcp` and `dns`.',
      examples: ['pg_isready', { http: 'https://pay.example.com/health' }, { tcp: 'db-1:5432' }],
    },
    ...LOOK_KEYS,
    timeout: part('positiveDuration', 'Longest time for each host and attempt; unless given the default of the runbook, then 1m.'),
  },
  on: 'with-command',
  commands(raw: RawBody): readonly RawCommandAt[] {
    return lookCommands('check', present(raw.check, 'check'));
  },
  build(raw: RawBody, context: BuildContext): Step {
    return {
      ...context.common,
      kind: 'check',
      onFailure: onFailureOf(context),
      timeoutMs: optionalDurationMs(raw.timeout) ?? context.defaults.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: raw.retry === undefined ? (context.defaults.retry ?? NO_RETRY) : retryOf(raw.retry),
      ...lookOf('check', { raw, look: present(raw.check, 'check') }, context),
    };
  },
};
