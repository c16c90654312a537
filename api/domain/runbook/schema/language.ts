// The language as one JSON Schema: it validates runbooks, and editors and documentation are made from it.
import { LEVELS } from '../../catalogue/portfolio.ts';
import { INPUT_TYPES } from '../runbook.ts';
import { ACTION_PARTS } from './action-parts.ts';
import { ANNOTATIONS, MOST_ENTRIES, distinct, listOf, mapOf, objectOf, part, textOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { JUDGED_PARTS } from './judged-parts.ts';
import { PARTS, commandBody } from './parts.ts';
import { stepParts } from './step.ts';

/** More is a program, not a runbook that people follow. */
const MOST_STEPS = 500;

/** The whole language, in standard JSON Schema 2020-12: what editors read and the documentation is made from. */
export function runbookSchema(): JsonSchema {
  return withoutAnnotations(annotatedSchema());
}

/** The same with what to tell people when a value does not fit. */
export function annotatedSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Muster runbook',
    description: 'How a business service is recovered, step by step: runbook.yaml of a disaster-recovery runbook.',
    ...objectOf(HEAD, ['runbook', 'title', 'services', 'scenario', 'level', 'steps']),
    $defs: { ...PARTS, ...JUDGED_PARTS, ...ACTION_PARTS, ...HEAD_PARTS, ...stepParts() },
  };
}

function withoutAnnotations(schema: JsonSchema): JsonSchema {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !ANNOTATIONS.includes(key))
        .map(([key, item]) => [key, plain(item)]),
    );
  };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, plain(value)]));
}

const HEAD: Readonly<Record<string, JsonSchema>> = {
  runbook: part('key', 'Key of the runbook, unique; the name of its folder.'),
  title: textOf('What the runbook does, for people.'),
  summary: textOf('What to know before reading on. Markdown.'),
  services: { ...distinct(textOf('A service.'), 'Keys of the business services that it recovers.'), minItems: 1 },
  scenario: {
    ...part('key', 'What was lost: site-loss, host-loss, data-loss, cyber, supplier-loss or another.'),
    examples: ['site-loss', 'host-loss', 'data-loss', 'cyber', 'supplier-loss'],
  },
  level: { enum: LEVELS, description: 'How much a passed rehearsal proves.' },
  owner: textOf('Who keeps it true.'),
  review: part('review', 'How often it is read again, and when it was read last.'),
  inputs: mapOf(part('variable'), part('input'), 'Values asked for at the start; they reach commands as shell variables, `"$change"`.'),
  targets: mapOf(part('key'), part('target'), 'Names for hosts: `host`, `hosts`, `labels`, or `local` for the machine that runs the drill.'),
  defaults: part('defaults', 'What steps take that say nothing themselves.'),
  clocks: mapOf(part('key'), part('clock'), 'What is timed; `recovery` is the recovery time. Sections may overlap and nest.'),
  canary: part('canary', 'How data loss is measured: numbered markers that the primary stores and the other side is asked for.'),
  lock: distinct(part('key'), 'Names that no two drills may hold at once, beside hosts and services.'),
  steps: { ...listOf(part('step'), 'The steps.'), minItems: 1, maxItems: MOST_STEPS },
};

const HOST = textOf('A host.');
const CANARY_ON = textOf('Name of a target with one host.');

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
      required: { type: 'boolean', default: false, description: 'A drill cannot be planned without it.' },
      default: { type: ['string', 'number', 'boolean'], description: 'The value when none is given. A secret has none.' },
      secret: {
        type: 'boolean',
        default: false,
        description: 'The value is kept encrypted, and shown as dots wherever it would appear. For type string.',
      },
      pattern: part('regex', 'Regular expression that the whole value must match.'),
      choices: { ...distinct(textOf('A value.'), 'The values to choose from, for type choice.'), minItems: 1 },
      ask: textOf('The question to a person.'),
    },
    ['type'],
  ),
  target: {
    type: ['string', 'object'],
    if: { type: 'string' },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: {
      enum: ['local'],
      'x-problem': 'is not a target',
      'x-remedy': 'Write `{host: …}` with the name of a host, or `local` for the machine that runs the drill.',
    },
    else: part('hosts'),
    description: 'Hosts by name or label; or `local` for the machine that runs the drill.',
  },
  hosts: {
    ...objectOf({
      host: { ...HOST, description: 'One host; `${name}` stands for an input of type host.' },
      hosts: { ...distinct(HOST, 'Several hosts; `${name}` stands for an input of type host.'), minItems: 1 },
      labels: {
        type: 'object',
        minProperties: 1,
        maxProperties: MOST_ENTRIES,
        additionalProperties: { type: 'string' },
        description: 'Hosts with all of these labels, looked up when the plan is made and then frozen.',
        examples: [{ role: 'ledger-db', site: 'munich' }],
      },
      local: { const: true, description: 'The machine that runs the drill, where the installation allows it.' },
    }),
    oneOf: ['host', 'hosts', 'labels', 'local'].map((key) => ({ type: 'object', required: [key] })),
  },
  defaults: objectOf({
    timeout: part('positiveDuration', 'For steps that run a command or send a request.'),
    retry: part('retry', 'For checks and for what may run twice.'),
    user: part('account', 'Account to sign in with on hosts.'),
    become: part('account', 'Account that commands run as, by `sudo -n`.'),
    onFailure: part('plainOnFailure', 'What a failure does to the drill: stop, continue, warn, ask or undo.'),
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
      write: {
        ...commandBody({ on: CANARY_ON, every: part('positiveDuration', 'Pause between two markers.') }, ['on', 'every']),
        description: 'Stores a marker: the command sees its number as `$seq` and the time as `$now`.',
      },
      read: { ...commandBody({ on: CANARY_ON }, ['on']), description: 'Prints the number of the newest marker that is there.' },
      until: part('key', 'Markers are written until this step starts.'),
      readAfter: part('key', 'The newest marker is read after this step; without it, when the recovery clock ends.'),
    },
    ['write', 'read', 'until'],
  ),
};
