// `call`: another runbook with inputs; its steps appear nested in the plan.
import type { RawBody, RawCall } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { mapOf, objectOf, part } from '../json-schema.ts';
import { NO_RETRY, onFailureOf, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';

/** The steps of the called runbook have their own; this one is there for the shape that all steps share. */
const NO_TIMEOUT_MS = 24 * 3_600_000;

export const callKind: StepKindDefinition = {
  kind: 'call',
  summary: 'Carries out another runbook: its newest approved revision, with its steps nested under this one.',
  properties: {
    call: {
      type: ['string', 'object'],
      if: { type: 'object' },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: objectOf(
        {
          runbook: part('key', 'Key of the runbook.'),
          with: mapOf(
            part('variable'),
            { type: ['string', 'number', 'boolean'], description: 'A value; `${name}` stands for one of this runbook’s.' },
            'Values for its inputs, by name.',
          ),
        },
        ['runbook'],
      ),
      else: part('key'),
      description: 'Key of the runbook, or `{runbook: key, with: {input: value}}`.',
      examples: ['dns-switch', { runbook: 'dns-switch', with: { site: '${site}' } }],
    },
    onFailure: {
      enum: ['stop', 'continue', 'ask', 'undo'],
      default: 'stop',
      description: 'What a failure inside does to the drill: `stop` (unless given), `continue` after this step, `ask` a person, or `undo`.',
    },
  },
  on: 'none',
  without: ['always'],
  commands: () => [],
  build(raw: RawBody, context: BuildContext): Step {
    const written = present(raw.call, 'call');
    const { runbook, with: values }: RawCall = typeof written === 'string' ? { runbook: written } : written;
    const onFailure = onFailureOf(context);
    return {
      ...context.common,
      kind: 'call',
      // A call has no warnings of its own: a default of `warn` means that it goes on.
      onFailure: onFailure === 'warn' ? 'continue' : onFailure,
      timeoutMs: NO_TIMEOUT_MS,
      retry: NO_RETRY,
      runbook,
      with: Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)])),
    };
  },
};
