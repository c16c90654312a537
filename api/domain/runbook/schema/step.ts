// One step: the keys that all kinds share, exactly one kind, and the keys that go with it; and the same for what a rehearsal does instead.
import { LONGEST_CONDITION } from '../condition.ts';
import { PHASES } from '../runbook.ts';
import { distinct, part, textOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { ON_FAILURE } from './judged-parts.ts';
import { ALL_KINDS } from './kinds/all-kinds.ts';
import type { StepKindDefinition } from './kinds/kind.ts';
import { ONLY_WITH_COMMAND } from './kinds/look.ts';

/** Keys that a step and its variant for rehearsals may both have. */
const SHARED_KEYS: Readonly<Record<string, JsonSchema>> = {
  title: textOf('What the step does, for people.'),
  needs: distinct(part('key'), 'Steps that must have ended well before; without it, the step above. `[]` starts at once.'),
  when: {
    type: 'string',
    minLength: 1,
    maxLength: LONGEST_CONDITION,
    description: [
      'A CEL expression; when it is false the step is skipped. Judged when the step is about to start.',
      'It sees `inputs.name`, `values.name` (captured), `mode` and `steps["id"].state`.',
    ].join('\n'),
    examples: ['mode == "failover"', 'inputs.site == "munich" && has(values.lag)', 'steps["try-clean"].state == "failed"'],
  },
  estimate: part('duration', 'Planned duration; after three runs the median takes its place.'),
  onFailure: part('onFailure', ON_FAILURE),
  note: textOf('A remark for the people who run it. Markdown.'),
};

/** Keys that every step may have. */
export const COMMON_KEYS: Readonly<Record<string, JsonSchema>> = {
  id: part('key', 'Name of the step within the runbook.'),
  ...SHARED_KEYS,
  phase: { enum: PHASES, description: 'A heading, no more.' },
  always: {
    type: 'boolean',
    default: false,
    description: 'It runs at the end however the drill ends, if it has not run by then and the step that it reverts (`undo: {step: …}`) has.',
  },
  optional: { type: 'boolean', default: false, description: 'A person may skip it, and that is no deviation from the plan.' },
  drill: {
    type: ['string', 'object'],
    if: { type: 'object' },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: part('variant'),
    else: { enum: ['skip'] },
    description: 'What a rehearsal does instead: `skip`, or another body, one kind with its keys. Without it a rehearsal does the real thing.',
    examples: ['skip', { run: 'ledger stop --pretend' }],
  },
  tags: distinct(part('key'), 'Words to find and group steps by.'),
};

/** The `$defs` of the steps: `step`, which picks one of the others, and one for each kind; `variant` likewise. */
export function stepParts(): Readonly<Record<string, JsonSchema>> {
  return {
    step: { ...oneKind('Step'), required: ['id', 'title'] },
    variant: oneKind('Variant'),
    ...Object.fromEntries(ALL_KINDS.map((definition) => [`${definition.kind}Step`, stepOf(definition)])),
    ...Object.fromEntries(ALL_KINDS.map((definition) => [`${definition.kind}Variant`, variantOf(definition)])),
  };
}

function oneKind(suffix: string): JsonSchema {
  return {
    type: 'object',
    oneOf: ALL_KINDS.map(({ kind }) => ({ type: 'object', required: [kind] })),
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    allOf: ALL_KINDS.map(({ kind }) => ({ if: { type: 'object', required: [kind] }, then: part(`${kind}${suffix}`) })),
  };
}

function stepOf(definition: StepKindDefinition): JsonSchema {
  const { kind, summary, on, without = [] } = definition;
  return {
    type: 'object',
    description: summary,
    properties: withoutKeys({ ...COMMON_KEYS, ...definition.properties }, without),
    required: on === 'required' ? ['on'] : [],
    additionalProperties: false,
    ...(on === 'with-command' ? { allOf: [commandKeysOf(kind, { type: 'object', required: ['on'] })] } : {}),
  };
}

/** A variant may take the target from its step: a rule sees to it that there is one. */
function variantOf(definition: StepKindDefinition): JsonSchema {
  const { kind, summary, on } = definition;
  return {
    type: 'object',
    description: summary,
    properties: { ...SHARED_KEYS, ...definition.properties },
    additionalProperties: false,
    ...(on === 'with-command' ? { allOf: [commandKeysOf(kind, null)] } : {}),
  };
}

/** What a look must have when it runs a command, and what it cannot have when it does not. */
function commandKeysOf(kind: string, withCommand: JsonSchema | null): JsonSchema {
  const bodies = [{ type: 'string' }, ...['run', 'script'].map((key) => ({ type: 'object', required: [key] }))];
  return {
    if: { type: 'object', properties: { [kind]: { anyOf: bodies } } },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    ...(withCommand === null ? {} : { then: withCommand }),
    else: { type: 'object', properties: Object.fromEntries(ONLY_WITH_COMMAND.map((key) => [key, false])) },
  };
}

function withoutKeys(properties: Readonly<Record<string, JsonSchema>>, keys: readonly string[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key)));
}
