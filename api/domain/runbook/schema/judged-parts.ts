// The parts of the language about what a step's output must look like and what is kept of it, and what a failure leads to.
import { objectOf, part } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

/** An HTTP status code, or several. */
const STATUS: JsonSchema = {
  type: ['integer', 'array'],
  minimum: 100,
  maximum: 599,
  items: { type: 'integer', minimum: 100, maximum: 599 },
  minItems: 1,
  maxItems: 100,
  description: 'HTTP status code or codes that count as success; 200 to 299 unless given.',
  examples: [200, [200, 204]],
};

const EXIT: JsonSchema = {
  type: ['integer', 'array'],
  minimum: 0,
  maximum: 255,
  items: { type: 'integer', minimum: 0, maximum: 255 },
  minItems: 1,
  description: 'Exit code or codes that count as success; 0 unless given.',
  examples: [0, [0, 3]],
};

const STDOUT = part('textExpectation', 'What the output must look like.');
const STDERR = part('textExpectation', 'What the error output must look like.');
const BODY = part('textExpectation', 'What the body of the answer must look like.');

/** What a failure may lead to, for people. */
export const ON_FAILURE = [
  'What a failure does to the drill.',
  '`stop` (unless given): nothing more starts. `continue`: what needs it goes on. `warn`: it counts as a warning.',
  '`ask`: a person chooses retry, skip or abort. `undo`: the drill is aborted, and what was done is undone.',
  '`{goto: step}`: the steps in between are skipped.',
].join('\n');

const EASY_WAYS = ['stop', 'continue', 'warn', 'ask', 'undo'];

export const JUDGED_PARTS: Readonly<Record<string, JsonSchema>> = {
  onFailure: {
    type: ['string', 'object'],
    if: { type: 'object' },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: objectOf({ goto: part('key', 'Step where it goes on: one that needs this one, directly or not.') }, ['goto']),
    else: { enum: EASY_WAYS },
    default: 'stop',
    description: ON_FAILURE,
  },
  plainOnFailure: { enum: EASY_WAYS },
  expect: objectOf({ exit: EXIT, stdout: STDOUT, stderr: STDERR }),
  httpExpect: objectOf({ status: STATUS, body: BODY, stdout: STDOUT }),
  lookExpect: objectOf({ exit: EXIT, stdout: STDOUT, stderr: STDERR, status: STATUS, body: BODY }),
  textExpectation: {
    ...objectOf({
      matches: part('regex', 'Regular expression that must be found; `^` and `$` match at line ends.'),
      equals: { type: ['string', 'number'], description: 'The whole output, trimmed.' },
      min: { type: 'number', description: 'The output is a number and at least this.' },
      max: { type: 'number', description: 'The output is a number and at most this.' },
      json: part('jsonPath', 'The output is JSON, and the other keys are held against the first value found at this path; alone: there must be one.'),
    }),
    minProperties: 1,
  },
  capture: {
    type: ['string', 'object'],
    pattern: '^(stdout|stderr)$',
    properties: {
      from: { enum: ['stdout', 'stderr'], default: 'stdout', description: 'stdout unless given.' },
      json: part('jsonPath', 'The first value found at this path of the output.'),
      header: { ...part('headerName'), description: 'A header of the answer to a request.' },
      pattern: part('regex', 'The first group is the value, or else the whole match.'),
      secret: { type: 'boolean', default: false, description: 'The value is kept encrypted, and shown as dots wherever it would appear.' },
    },
    additionalProperties: false,
    minProperties: 1,
    allOf: [notBoth('from', 'json'), notBoth('from', 'header'), notBoth('json', 'header')],
    description: 'stdout or stderr, or an object with a pattern, a JSONPath or a header. Trimmed.',
    'x-problem': 'is not a place to capture from',
    'x-remedy': 'Write stdout, stderr, or `{from: stdout, pattern: …}`, `{json: $.path}` or `{header: name}`.',
  },
  headerName: {
    type: 'string',
    minLength: 1,
    maxLength: 100,
    pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
    'x-code': 'bad-header',
    'x-problem': 'is not the name of a header',
    'x-remedy': 'Use letters, digits and dashes: content-type.',
  },
};

function notBoth(first: string, second: string): JsonSchema {
  return {
    not: { type: 'object', required: [first, second] },
    'x-code': 'several-of-one',
    'x-problem': `has \`${first}\` and \`${second}\`, and only one of them may be there`,
    'x-remedy': `Keep \`${first}\` or \`${second}\`.`,
  };
}
