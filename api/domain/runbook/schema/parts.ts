// The shared parts of the language: durations, keys, names, commands, expectations.
import { VARIABLE_NAME } from '../variable-name.ts';
import { distinct, objectOf, part, textOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

const DURATION_PATTERN = String.raw`^(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$`;
const DURATION_REMEDY = 'Write a number with a unit: 500ms, 90s, 30m, 2h, 1d or 1h30m.';
/** More repetitions are a wait, not a retry. */
const MOST_ATTEMPTS = 100;

export const PARTS: Readonly<Record<string, JsonSchema>> = {
  duration: {
    type: 'string',
    minLength: 2,
    pattern: DURATION_PATTERN,
    format: 'muster-duration',
    'x-code': 'bad-duration',
    'x-problem': 'is not a duration',
    'x-remedy': DURATION_REMEDY,
  },
  positiveDuration: {
    type: 'string',
    minLength: 2,
    pattern: DURATION_PATTERN,
    format: 'muster-positive-duration',
    'x-code': 'bad-duration',
    'x-problem': 'is not a duration above zero',
    'x-remedy': DURATION_REMEDY,
  },
  key: {
    type: 'string',
    maxLength: 100,
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    'x-code': 'bad-key',
    'x-problem': 'is not a key',
    'x-remedy': 'Use lower-case letters, digits and single dashes: can-pay.',
  },
  variable: {
    type: 'string',
    pattern: VARIABLE_NAME,
    format: 'muster-variable',
    'x-code': 'bad-variable-name',
    'x-problem': 'cannot be the name of a variable',
    'x-remedy': 'Use lower-case letters, digits and underscores, a letter first; names that shells or proxies read are not allowed.',
  },
  regex: {
    type: 'string',
    minLength: 1,
    format: 'regex',
    'x-code': 'bad-pattern',
    'x-problem': 'is not a valid regular expression',
    'x-remedy': 'Write a JavaScript regular expression (Unicode mode), without slashes around it.',
  },
  scriptFile: {
    type: 'string',
    maxLength: 200,
    pattern: String.raw`^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$`,
    'x-code': 'bad-script-name',
    'x-problem': 'is not the name of a file beside the runbook',
    'x-remedy': 'Name a file in the folder of the runbook: promote.sh.',
  },
  command: {
    type: ['string', 'object'],
    minLength: 1,
    properties: { script: part('scriptFile', 'File beside the runbook whose text is the command.') },
    required: ['script'],
    additionalProperties: false,
    description: 'Shell text, or `{script: file}` for a file beside the runbook.',
    'x-remedy': 'Write shell text, or `{script: file}`.',
  },
  retry: objectOf(
    {
      attempts: { type: 'integer', minimum: 1, maximum: MOST_ATTEMPTS, description: 'Attempts in all, the first included.' },
      every: part('duration', 'Pause before the next attempt.'),
      backoff: { type: 'number', minimum: 1, maximum: 10, description: 'Each pause is this many times the one before.' },
    },
    ['attempts'],
  ),
  onFailure: { enum: ['stop', 'continue', 'warn'], description: 'What a failure does to the drill.' },
  expect: objectOf({
    exit: {
      type: ['integer', 'array'],
      minimum: 0,
      maximum: 255,
      items: { type: 'integer', minimum: 0, maximum: 255 },
      minItems: 1,
      description: 'Exit code or codes that count as success; 0 unless given.',
    },
    stdout: part('textExpectation'),
    stderr: part('textExpectation'),
  }),
  textExpectation: {
    ...objectOf({
      matches: part('regex', 'Regular expression that must be found; `^` and `$` match at line ends.'),
      equals: { type: ['string', 'number'], description: 'The whole output, trimmed.' },
      min: { type: 'number', description: 'The output is a number and at least this.' },
      max: { type: 'number', description: 'The output is a number and at most this.' },
    }),
    minProperties: 1,
  },
  capture: {
    type: ['string', 'object'],
    pattern: '^(stdout|stderr)$',
    properties: {
      from: { enum: ['stdout', 'stderr'], description: 'stdout unless given.' },
      pattern: part('regex', 'The first group is the value, or else the whole match.'),
    },
    additionalProperties: false,
    description: 'stdout or stderr, or an object with a pattern.',
    'x-problem': 'is not a place to capture from',
    'x-remedy': 'Write stdout, stderr, or `{from: stdout, pattern: …}`.',
  },
  on: textOf('Name of a target.'),
  tags: distinct(part('key'), 'Words to find and group steps by.'),
};

/** Exactly one of `run` and `script`. */
export const RUN_OR_SCRIPT: readonly JsonSchema[] = [
  { type: 'object', required: ['run'] },
  { type: 'object', required: ['script'] },
];

/** An object with a command in it, beside other keys: `run` with shell text, or `script` with a file. */
export function commandBody(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  const own = { run: textOf('Shell text.'), script: part('scriptFile', 'File beside the runbook whose text is the command.') };
  return { ...objectOf({ ...own, ...properties }, required), oneOf: RUN_OR_SCRIPT };
}
