// `confirm`: a person does or judges something and says how it went.
import type { RawStep } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part, textOf } from '../json-schema.ts';
import { optionalDurationMs } from './command-keys.ts';
import { NO_RETRY, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';

/** A person who has not answered in a day will not: the drill is not left open for ever. */
const DEFAULT_TIMEOUT_MS = 24 * 3_600_000;

export const confirmKind: StepKindDefinition = {
  kind: 'confirm',
  summary: 'Asks a person to do or judge something; the outcome is done, failed or not applicable.',
  properties: {
    confirm: {
      type: ['string', 'object'],
      minLength: 1,
      properties: {
        instruction: textOf('What to do or judge. Markdown.'),
        role: textOf('Who is asked.'),
        expected: part('positiveDuration', 'How long it should take.'),
        evidence: textOf('What to note or attach as proof.'),
      },
      required: ['instruction'],
      additionalProperties: false,
      description: 'The instruction, or an object with more.',
    },
    timeout: part('positiveDuration', 'How long the drill waits for an answer.'),
  },
  required: [],
  commands: () => [],
  build(raw: RawStep, context: BuildContext): Step {
    const written = present(raw.confirm, 'confirm');
    const body = typeof written === 'string' ? { instruction: written } : written;
    return {
      ...context.common,
      kind: 'confirm',
      timeoutMs: optionalDurationMs(raw.timeout) ?? DEFAULT_TIMEOUT_MS,
      retry: NO_RETRY,
      instruction: body.instruction,
      role: body.role ?? null,
      expectedMs: optionalDurationMs(body.expected),
      evidence: body.evidence ?? null,
    };
  },
};
