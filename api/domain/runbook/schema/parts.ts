// The shared parts of the language that are one value: durations, keys, names, patterns, commands.
import { VARIABLE_NAME } from '../variable-name.ts';
import { objectOf, part, textOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

const DURATION = String.raw`(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?`;
const DURATION_REMEDY = 'Write a number with a unit: 500ms, 90s, 30m, 2h, 1d or 1h30m.';
/** More repetitions are a wait, not a retry. */
const MOST_ATTEMPTS = 100;
/** It is shown whole in plans and journals. */
const LONGEST_PATH = 1_024;

export const PARTS: Readonly<Record<string, JsonSchema>> = {
  duration: {
    type: 'string',
    minLength: 2,
    pattern: `^${DURATION}$`,
    format: 'muster-duration',
    examples: ['30s', '5m', '1h30m'],
    'x-code': 'bad-duration',
    'x-problem': 'is not a duration',
    'x-remedy': DURATION_REMEDY,
  },
  positiveDuration: {
    type: 'string',
    minLength: 2,
    pattern: `^${DURATION}$`,
    format: 'muster-positive-duration',
    examples: ['30s', '5m', '1h30m'],
    'x-code': 'bad-duration',
    'x-problem': 'is not a duration above zero',
    'x-remedy': DURATION_REMEDY,
  },
  /** A duration, or a value that is known later. */
  laterDuration: {
    type: 'string',
    minLength: 2,
    pattern: String.raw`^(\$\{[a-z][a-z0-9_]{0,62}\}|${DURATION})$`,
    format: 'muster-later-duration',
    examples: ['10s', '${old_ttl}'],
    'x-code': 'bad-duration',
    'x-problem': 'is neither a duration nor one value',
    'x-remedy': 'Write a duration such as 10s, or a value such as ${old_ttl} that holds seconds.',
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
  jsonPath: {
    type: 'string',
    minLength: 1,
    maxLength: 500,
    pattern: String.raw`^\$`,
    format: 'muster-json-path',
    examples: ['$.status', "$.items[0]['name']"],
    'x-code': 'bad-json-path',
    'x-problem': 'is not a JSONPath',
    'x-remedy': 'Write a path from the root, such as $.replication.lag.',
  },
  scriptFile: {
    type: 'string',
    maxLength: 200,
    pattern: String.raw`^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$`,
    'x-code': 'bad-script-name',
    'x-problem': 'is not the name of a file beside the runbook',
    'x-remedy': 'Name a file in the folder of the runbook: promote.sh.',
  },
  absolutePath: {
    type: 'string',
    maxLength: LONGEST_PATH,
    pattern: String.raw`^/[^\u0000-\u001F\u007F]*[^/\u0000-\u001F\u007F]$`,
    'x-code': 'bad-path',
    'x-problem': 'is not the path of a file from the root',
    'x-remedy': 'Write it whole: /etc/ledger/ledger.conf.',
  },
  account: {
    type: 'string',
    pattern: '^[a-z_][a-z0-9_-]{0,31}$',
    'x-code': 'bad-account',
    'x-problem': 'is not the name of an account',
    'x-remedy': 'Use lower-case letters, digits, dashes and underscores: postgres.',
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
      every: part('duration', 'Pause before the next attempt; 5s unless given.'),
      backoff: { type: 'number', minimum: 1, maximum: 10, default: 1, description: 'Each pause is this many times the one before; 1 unless given.' },
    },
    ['attempts'],
  ),
};

/** Exactly one of `run` and `script`. */
export const RUN_OR_SCRIPT: readonly JsonSchema[] = [
  { type: 'object', required: ['run'] },
  { type: 'object', required: ['script'] },
];

/** `run` with shell text, or `script` with a file. */
export const COMMAND_PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  run: textOf('Shell text. It is constant: values reach it as variables such as `"$change"`.'),
  script: part('scriptFile', 'File beside the runbook whose text is the command.'),
};

/** An object with a command in it, beside other keys. */
export function commandBody(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  return { ...objectOf({ ...COMMAND_PROPERTIES, ...properties }, required), oneOf: RUN_OR_SCRIPT };
}
