// `check`: a command judged once. Always read-only.
import type { RawStep } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { RUN_OR_SCRIPT, commandBody } from '../parts.ts';
import { COMMAND_KEYS, capturesOf, expectationOf, optionalDurationMs, retryOf } from './command-keys.ts';
import { NO_RETRY, bodyCommand, present } from './kind.ts';
import type { BuildContext, RawCommandAt, StepKindDefinition } from './kind.ts';

/** A check that takes longer is a wait. */
const DEFAULT_TIMEOUT_MS = 60_000;

export const checkKind: StepKindDefinition = {
  kind: 'check',
  summary: 'Runs a command on each host of `on` and judges its exit code and output once. Always read-only.',
  properties: {
    check: {
      ...commandBody({}),
      type: ['string', 'object'],
      minLength: 1,
      oneOf: [{ type: 'string' }, ...RUN_OR_SCRIPT],
      description: 'Shell text, or `{run: text}` or `{script: file}`.',
    },
    ...COMMAND_KEYS,
  },
  required: ['on'],
  commands(raw: RawStep): readonly RawCommandAt[] {
    return [bodyCommand('check', present(raw.check, 'check'))];
  },
  build(raw: RawStep, context: BuildContext): Step {
    return {
      ...context.common,
      kind: 'check',
      timeoutMs: optionalDurationMs(raw.timeout) ?? context.defaultTimeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: raw.retry === undefined ? (context.defaultRetry ?? NO_RETRY) : retryOf(raw.retry),
      on: present(raw.on, 'on'),
      command: context.textOf(bodyCommand('check', present(raw.check, 'check')).command),
      expect: expectationOf(raw.expect),
      captures: capturesOf(raw.capture),
      isReadOnly: true,
      isIdempotent: true,
    };
  },
};
