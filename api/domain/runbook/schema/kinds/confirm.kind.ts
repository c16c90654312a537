// `confirm`: a person does or judges something and says how it went.
import type { RawBody } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part, textOf } from '../json-schema.ts';
import { optionalDurationMs } from './command-keys.ts';
import { NO_RETRY, onFailureOf, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';

/** A person who has not answered in a day will not: the drill is not left open for ever. */
export const PERSON_TIMEOUT_MS = 24 * 3_600_000;

export const confirmKind: StepKindDefinition = {
  kind: 'confirm',
  summary: 'Asks a person to do or judge something; the outcome is done, failed or not applicable.',
  properties: {
    confirm: {
      type: ['string', 'object'],
      minLength: 1,
      properties: {
        instruction: textOf('What to do or judge. Markdown; `${name}` stands for a value.'),
        role: textOf('Who is asked: a role of the app, such as coordinator; anybody who may unless given.'),
        expected: part('positiveDuration', 'How long it should take.'),
        evidence: textOf('What to note or attach as proof.'),
      },
      required: ['instruction'],
      additionalProperties: false,
      description: 'The instruction, or an object with more.',
      examples: [{ instruction: 'Call the desk.', role: 'coordinator', expected: '5m' }],
    },
    timeout: part('positiveDuration', 'How long the drill waits for an answer; 24h unless given.'),
  },
  on: 'none',
  commands: () => [],
  build(raw: RawBody, context: BuildContext): Step {
    const written = present(raw.confirm, 'confirm');
    const body = typeof written === 'string' ? { instruction: written } : written;
    return {
      ...context.common,
      kind: 'confirm',
      onFailure: onFailureOf(context),
      timeoutMs: optionalDurationMs(raw.timeout) ?? PERSON_TIMEOUT_MS,
      retry: NO_RETRY,
      instruction: body.instruction,
      role: body.role ?? null,
      expectedMs: optionalDurationMs(body.expected),
      evidence: body.evidence ?? null,
    };
  },
};
