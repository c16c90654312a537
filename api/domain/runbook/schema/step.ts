// One step: the keys that all kinds share, exactly one kind, and the keys that go with it.
import { PHASES } from '../runbook.ts';
import { distinct, part, textOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { ALL_KINDS } from './kinds/all-kinds.ts';

/** Keys that every step may have. */
export const COMMON_KEYS: Readonly<Record<string, JsonSchema>> = {
  id: part('key', 'Name of the step within the runbook.'),
  title: textOf('What the step does, for people.'),
  needs: distinct(part('key'), 'Steps that must have ended well before; without it, the step above. `[]` starts at once.'),
  phase: { enum: PHASES, description: 'A heading, no more.' },
  estimate: part('duration', 'Planned duration.'),
  onFailure: part('onFailure'),
  note: textOf('A remark for the people who run it. Markdown.'),
  tags: part('tags'),
};

/** The `$defs` of the steps: `step`, which picks one of the others, and one for each kind. */
export function stepParts(): Readonly<Record<string, JsonSchema>> {
  const step: JsonSchema = {
    type: 'object',
    required: ['id', 'title'],
    oneOf: ALL_KINDS.map(({ kind }) => ({ required: [kind] })),
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    allOf: ALL_KINDS.map(({ kind }) => ({ if: { type: 'object', required: [kind] }, then: part(`${kind}Step`) })),
  };
  const kinds = ALL_KINDS.map((definition): readonly [string, JsonSchema] => [
    `${definition.kind}Step`,
    {
      type: 'object',
      description: definition.summary,
      properties: { ...COMMON_KEYS, ...definition.properties },
      required: definition.required,
      additionalProperties: false,
    },
  ]);
  return { step, ...Object.fromEntries(kinds) };
}
