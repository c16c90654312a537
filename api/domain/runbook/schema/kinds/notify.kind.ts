// `notify`: a message to a channel. It never holds a drill up: a failure is a warning unless the step says otherwise.
import type { RawBody } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part, textOf } from '../json-schema.ts';
import { expectationOf, optionalDurationMs } from './command-keys.ts';
import { NO_RETRY, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';

/** A message that has not left by then is not worth the recovery time. */
const DEFAULT_TIMEOUT_MS = 30_000;
/** The drill's own record, which every installation has. */
const OWN_CHANNEL = 'drill';

export const notifyKind: StepKindDefinition = {
  kind: 'notify',
  summary: 'Sends a message to a channel; shown and not sent in a dry run.',
  properties: {
    notify: {
      type: ['string', 'object'],
      minLength: 1,
      properties: {
        channel: part('key', 'Channel set up in the app; `drill` is the drill’s own record.'),
        message: textOf('What to say; `${name}` stands for a value.'),
      },
      required: ['channel', 'message'],
      additionalProperties: false,
      description: 'A message for the drill’s own record, or `{channel: key, message: text}`.',
      examples: ['Writes are stopped.', { channel: 'bridge', message: 'Moving to ${site}.' }],
    },
    timeout: part('positiveDuration', 'How long sending may take; 30s unless given.'),
    onFailure: { ...part('onFailure'), default: 'warn', description: 'What a failure does to the drill; `warn` unless given.' },
  },
  on: 'none',
  commands: () => [],
  build(raw: RawBody, context: BuildContext): Step {
    const written = present(raw.notify, 'notify');
    const { channel, message } = typeof written === 'string' ? { channel: OWN_CHANNEL, message: written } : written;
    return {
      ...context.common,
      kind: 'notify',
      onFailure: context.onFailure ?? 'warn',
      timeoutMs: optionalDurationMs(raw.timeout) ?? DEFAULT_TIMEOUT_MS,
      retry: NO_RETRY,
      action: { type: 'notify', channel, message },
      expect: expectationOf(undefined),
      captures: [],
      isReadOnly: false,
      // Twice the same message is better than a drill that waits for somebody to look whether it was sent.
      isIdempotent: true,
    };
  },
};
