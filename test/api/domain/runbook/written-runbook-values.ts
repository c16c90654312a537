// The values of generated runbooks: texts, durations, requests, expectations; all of them valid.
import * as fc from 'fast-check';
import { DNS_TYPES } from '../../../../api/domain/runbook/runbook.ts';
import type { Written } from './written-runbook.ts';

/** Characters that YAML, shells, CEL and templates care about, and some that nobody does. */
const CHARACTERS = [...'ab z9ÄßΩ語"\'#:-{}[]&*!|>%@`\\$?,;()<>=~^+._/\n\t'.split(''), '\u{1F600}', '\u2028'];

export const text = fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 12 });
/** No place for a value, and no id of a step either. */
const plain = text.filter((written) => !written.includes('${'));
export const duration = fc.constantFrom('1s', '90s', '2m', '1h30m', '500ms', '3d');
export const flag = fc.boolean();
export const key = fc.constantFrom('a', 'can-pay', 'x-1', '9');
export const template = fc.tuple(plain, fc.constantFrom('${word}', '${number}', '', '$${', '$')).map(([before, place]) => `${before}x${place}`);

/** Some of the keys; those in `required` always. */
export function some(model: Readonly<Record<string, fc.Arbitrary<unknown>>>, ...required: readonly string[]): fc.Arbitrary<Written> {
  return fc.record(model, { requiredKeys: [...required] });
}

export const textExpectation = some({
  matches: fc.constantFrom('a+', '^x$', '(\\d+)'),
  equals: fc.oneof(plain, fc.integer()),
  min: fc.integer(),
  max: fc.double({ noNaN: true, noDefaultInfinity: true }),
  json: fc.constantFrom('$.a', "$['b'][0]", '$..c'),
}).filter((written) => Object.keys(written).length > 0);

function codes(min: number, max: number): fc.Arbitrary<unknown> {
  return fc.oneof(fc.integer({ min, max }), fc.array(fc.integer({ min, max }), { minLength: 1, maxLength: 3 }));
}

export const commandExpect = some({ exit: codes(0, 255), stdout: textExpectation, stderr: textExpectation });
export const requestExpect = fc.oneof(
  some({ status: codes(100, 599), body: textExpectation }),
  some({ status: codes(100, 599), stdout: textExpectation }),
);
export const retry = some({ attempts: fc.integer({ min: 1, max: 100 }), every: duration, backoff: fc.constantFrom(1, 1.5, 10) }, 'attempts');
export const foreach = fc.oneof(fc.array(text, { minLength: 1, maxLength: 3 }), fc.constant({ input: 'word' }));

export function captures(prefix: string, places: readonly unknown[]): fc.Arbitrary<unknown> {
  const capture = fc.constantFrom(...places);
  return fc.array(capture, { maxLength: 2 }).map((given) => Object.fromEntries(given.map((from, index) => [`${prefix}${index}`, from])));
}

export const WRITTEN_CAPTURES = [
  'stdout',
  'stderr',
  { from: 'stdout' },
  { pattern: 'x' },
  { from: 'stderr', secret: true },
  { json: '$.a', pattern: 'b' },
];
export const REQUEST_CAPTURES = ['stdout', { header: 'ETag' }, { header: 'x', pattern: '(a)', secret: false }, { json: '$.a' }];

export const spread = {
  user: fc.constantFrom('ops', '_x-1'),
  foreach,
  batch: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom('25%', '100%')),
  order: fc.constantFrom('given', 'random', 'reverse'),
  keepGoing: flag,
};
export const shell = {
  shell: fc.constantFrom('sh', 'bash', '/usr/bin/zsh'),
  become: fc.constantFrom('root', 'postgres'),
  env: fc.constantFrom({}, { PGHOST: '' }, { A: 'b c', LANG: 'C' }),
};

const url = fc.constantFrom('https://a.example', 'http://${word}.example:8080/x?y=${number}', 'https://10.0.0.1/$${');
const json: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(null, true, 'x', '${word}', '', 0, -1.5),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(plain, tie('value'), { maxKeys: 2 }),
  ),
})).value;
const headers = fc.constantFrom({}, { Accept: 'text/plain' }, { 'content-type': 'application/json', 'X-A': 'a ${word}' });
export const request = fc.oneof(
  url,
  some({ url, method: fc.constantFrom('GET', 'HEAD', 'OPTIONS'), headers }, 'url').filter(({ method }) => method !== 'OPTIONS'),
  some(
    {
      url,
      method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
      headers,
      body: fc.oneof(template, fc.array(json, { maxLength: 3 }), fc.dictionary(plain, json, { maxKeys: 3 })),
    },
    'url',
    'method',
  ),
);
export const tcp = fc.constantFrom('a.example:5432', '${word}:1', '[::1]:65535', { host: '${word}', port: 80 }, { host: '::1', port: 1 });
export const dns = some(
  { name: fc.constantFrom('a.example', '${word}.b'), type: fc.constantFrom(...DNS_TYPES), server: fc.constantFrom('10.0.0.1', '[::1]:53') },
  'name',
);
export const command = fc.oneof(text, fc.constant({ script: 'a.sh' }));
export const commandBody = fc.oneof(some({ run: text }, 'run'), fc.constant({ script: 'a.sh' }));
export const on = fc.constantFrom('db', 'here', 'labelled');

export const undo = fc.oneof(
  plain,
  fc.constant({ script: 'a.sh' }),
  some({ run: plain, always: flag }, 'run'),
  fc.constant({ script: 'a.sh', always: true }),
  fc.constant({ step: 'revert' }),
);
