// The language as one JSON Schema: it validates runbooks, and editors and documentation are made from it.
import { LEVELS } from '../../catalogue/portfolio.ts';
import { INPUT_TYPES } from '../runbook.ts';
import { MOST_ENTRIES, distinct, listOf, mapOf, objectOf, part, textOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { PARTS, commandBody } from './parts.ts';
import { stepParts } from './step.ts';

/** More is a program, not a runbook that people follow. */
const MOST_STEPS = 500;

/** The whole language, JSON Schema 2020-12. */
export function runbookSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Muster runbook',
    ...objectOf(HEAD, ['runbook', 'title', 'services', 'scenario', 'level', 'steps']),
    $defs: { ...PARTS, ...HEAD_PARTS, ...stepParts() },
  };
}

const HEAD: Readonly<Record<string, JsonSchema>> = {
  runbook: part('key', 'Key of the runbook, unique.'),
  title: textOf('What the runbook does, for people.'),
  summary: textOf('What to know before reading on. Markdown.'),
  services: { ...distinct(textOf('A service.'), 'Keys of the business services that it recovers.'), minItems: 1 },
  scenario: part('key', 'What was lost: site-loss, host-loss, data-loss, cyber, supplier-loss or another.'),
  level: { enum: LEVELS, description: 'How much a passed rehearsal proves.' },
  owner: textOf('Who keeps it true.'),
  review: part('review', 'How often it is read again.'),
  inputs: mapOf(part('variable'), part('input'), 'Values asked for at the start; they reach commands as shell variables.'),
  targets: mapOf(part('key'), part('target'), 'Names for hosts.'),
  defaults: part('defaults', 'What steps take that say nothing themselves.'),
  clocks: mapOf(part('key'), part('clock'), 'What is timed; `recovery` is the recovery time.'),
  canary: part('canary', 'How data loss is measured.'),
  lock: distinct(part('key'), 'Names that no two drills may hold at once, beside hosts and services.'),
  steps: { ...listOf(part('step'), 'The steps.'), minItems: 1, maxItems: MOST_STEPS },
};

const HEAD_PARTS: Readonly<Record<string, JsonSchema>> = {
  review: objectOf({ every: part('positiveDuration', 'How often.'), last: part('day', 'When it was read last.') }, ['every']),
  day: {
    type: 'string',
    format: 'muster-day',
    'x-code': 'bad-day',
    'x-problem': 'is not a day of the calendar',
    'x-remedy': 'Write it as 2026-10-01.',
  },
  input: objectOf(
    {
      type: { enum: INPUT_TYPES, description: 'What values are allowed.' },
      required: { type: 'boolean', description: 'A drill cannot be planned without it.' },
      default: { type: ['string', 'number', 'boolean'], description: 'The value when none is given.' },
      pattern: part('regex', 'Regular expression that the whole value must match.'),
      choices: { ...distinct(textOf('A value.'), 'The values to choose from, for type choice.'), minItems: 1 },
      ask: textOf('The question to a person.'),
    },
    ['type'],
  ),
  target: {
    ...objectOf({
      host: textOf('One host.'),
      hosts: { ...distinct(textOf('A host.'), 'Several hosts.'), minItems: 1 },
      labels: {
        type: 'object',
        minProperties: 1,
        maxProperties: MOST_ENTRIES,
        additionalProperties: { type: 'string' },
        description: 'Hosts with all of these labels, looked up when the plan is made.',
      },
    }),
    oneOf: [{ required: ['host'] }, { required: ['hosts'] }, { required: ['labels'] }],
  },
  defaults: objectOf({
    timeout: part('positiveDuration', 'For steps that run a command.'),
    retry: part('retry', 'For checks and for commands that may run twice.'),
    onFailure: part('onFailure'),
  }),
  clock: objectOf(
    {
      from: part('key', 'Step whose start starts it; without it, the start of the drill.'),
      to: part('key', 'Step whose end ends it.'),
      objective: part('positiveDuration', 'What it should stay within.'),
    },
    ['to'],
  ),
  canary: objectOf(
    {
      write: commandBody({ on: part('on'), every: part('positiveDuration', 'Pause between two markers.') }, ['on', 'every']),
      read: commandBody({ on: part('on') }, ['on']),
      until: part('key', 'Markers are written until this step starts.'),
      readAfter: part('key', 'The newest marker is read after this step; without it, when the recovery clock ends.'),
    },
    ['write', 'read', 'until'],
  ),
};
