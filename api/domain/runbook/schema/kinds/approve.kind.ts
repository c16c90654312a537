// `approve`: go or no-go, by people other than the one who started the drill.
import type { RawApprove, RawBody } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part, textOf } from '../json-schema.ts';
import { optionalDurationMs } from './command-keys.ts';
import { PERSON_TIMEOUT_MS } from './confirm.kind.ts';
import { NO_RETRY, onFailureOf, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';

/** More people are a vote. */
const MOST_APPROVALS = 20;

export const approveKind: StepKindDefinition = {
  kind: 'approve',
  summary: 'Asks for a go or no-go by somebody other than the person who started the drill; a no-go is a failure.',
  properties: {
    approve: {
      type: ['string', 'object'],
      minLength: 1,
      minProperties: 1,
      properties: {
        role: textOf('Who is asked: a role of the app, such as coordinator; anybody who may unless given.'),
        count: {
          type: 'integer',
          minimum: 1,
          maximum: MOST_APPROVALS,
          default: 1,
          description: 'How many people must say go, each another one; 1 unless given.',
        },
        instruction: textOf('What to consider. Markdown; `${name}` stands for a value.'),
      },
      additionalProperties: false,
      description: 'The role that decides, or an object with more.',
      examples: ['coordinator', { role: 'coordinator', count: 2, instruction: 'Is everybody on the bridge?' }],
    },
    timeout: part('positiveDuration', 'How long the drill waits for an answer; 24h unless given.'),
  },
  on: 'none',
  commands: () => [],
  build(raw: RawBody, context: BuildContext): Step {
    const written = present(raw.approve, 'approve');
    const body: RawApprove = typeof written === 'string' ? { role: written } : written;
    return {
      ...context.common,
      kind: 'approve',
      onFailure: onFailureOf(context),
      timeoutMs: optionalDurationMs(raw.timeout) ?? PERSON_TIMEOUT_MS,
      retry: NO_RETRY,
      role: body.role ?? null,
      count: body.count ?? 1,
      instruction: body.instruction ?? null,
    };
  },
};
