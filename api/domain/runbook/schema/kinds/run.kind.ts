// `run`: shell text on each host of a target. An action, unless it says that it is read-only.
import type { RawStep } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part } from '../json-schema.ts';
import { COMMAND_KEYS, capturesOf, expectationOf, optionalDurationMs, retryOf } from './command-keys.ts';
import { NO_RETRY, present } from './kind.ts';
import type { BuildContext, RawCommandAt, StepKindDefinition } from './kind.ts';

/** Long enough for a service to stop or a database to change its role; what takes longer says so. */
const DEFAULT_TIMEOUT_MS = 10 * 60_000;

export const runKind: StepKindDefinition = {
  kind: 'run',
  summary: 'Runs shell text on each host of `on`, fed to `sh -eu`.',
  properties: {
    run: part('command'),
    ...COMMAND_KEYS,
    undo: part('command', 'The command that reverts this one.'),
    readOnly: { type: 'boolean', description: 'It changes nothing: it may run in a dry run and again after a crash.' },
    idempotent: { type: 'boolean', description: 'Running it twice is the same as once: it may be repeated without asking.' },
    pointOfNoReturn: { type: 'boolean', description: 'From here on undo is not offered, going on is.' },
  },
  required: ['on'],
  commands(raw: RawStep): readonly RawCommandAt[] {
    const own = { path: ['run'], command: present(raw.run, 'run') };
    return raw.undo === undefined ? [own] : [own, { path: ['undo'], command: raw.undo }];
  },
  build(raw: RawStep, context: BuildContext): Step {
    const isReadOnly = raw.readOnly ?? false;
    const isIdempotent = isReadOnly || (raw.idempotent ?? false);
    // An action that may not run twice does not take a default that would repeat it.
    const defaultRetry = isIdempotent ? context.defaultRetry : null;
    return {
      ...context.common,
      kind: 'run',
      timeoutMs: optionalDurationMs(raw.timeout) ?? context.defaultTimeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: raw.retry === undefined ? (defaultRetry ?? NO_RETRY) : retryOf(raw.retry),
      on: present(raw.on, 'on'),
      command: context.textOf(present(raw.run, 'run')),
      expect: expectationOf(raw.expect),
      captures: capturesOf(raw.capture),
      isReadOnly,
      isIdempotent,
      undo: raw.undo === undefined ? null : context.textOf(raw.undo),
      isPointOfNoReturn: raw.pointOfNoReturn ?? false,
    };
  },
};
