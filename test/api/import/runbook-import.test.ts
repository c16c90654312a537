// Every importer keeps its word: each piece of the source is told once, what comes out is a valid runbook, and broken sources get a sentence.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { detectFormat, importRunbook, RUNBOOK_FORMATS } from '../../../api/import/runbook-import.ts';
import type { RunbookFormat } from '../../../api/import/runbook-import.ts';
import { untoldOrDoubled } from './account-of.ts';
import { errorsIn, fixture } from './read-fixture.ts';

const FIXTURES = RUNBOOK_FORMATS.flatMap((format) =>
  readdirSync(join(import.meta.dirname, format, 'fixtures'))
    .filter((name) => name !== 'README.md')
    .map((name) => ({ format, name, text: fixture(`${format}/fixtures/${name}`) })),
);
const TREES = FIXTURES.filter(({ name }) => /\.(?:ya?ml|json)$/.test(name));

/** What mutations put in the place of values. */
const HOSTILE = [
  '',
  '${x}',
  '${',
  '{{ Mode }}',
  '{{ a.b }}',
  '${option.change}',
  "'",
  '"',
  '`ls`',
  '$(ls)',
  '<<EOF',
  '*a',
  '# c',
  ': ',
  '\n \n',
  '\u2028',
  '__proto__',
  '(a+)+$',
  'step:tellOwner',
  'PT1S',
  'x'.repeat(5_000),
  null,
  0,
  -1,
  1e99,
  true,
  [],
  {},
  [null],
];

interface Mutation {
  readonly at: number;
  readonly other: number;
  readonly kind: 'remove' | 'replace' | 'swap' | 'add';
}

const MUTATIONS = fc.array(
  fc.record({ at: fc.nat(10_000), other: fc.nat(10_000), kind: fc.constantFrom<Mutation['kind'][]>('remove', 'replace', 'swap', 'add') }),
  { minLength: 1, maxLength: 5 },
);

function mutated(root: unknown, mutations: readonly Mutation[]): unknown {
  const tree = structuredClone(root);
  for (const { at, other, kind } of mutations) {
    const spots = spotsIn(tree);
    const spot = spots[at % spots.length];
    const second = spots[other % spots.length];
    if (spot === undefined || second === undefined) continue;
    if (kind === 'remove') Reflect.deleteProperty(spot.holder, spot.key);
    else if (kind === 'replace') Reflect.set(spot.holder, spot.key, structuredClone(HOSTILE[other % HOSTILE.length]));
    else if (kind === 'swap') Reflect.set(spot.holder, spot.key, structuredClone(Reflect.get(second.holder, second.key)));
    else if (!Array.isArray(spot.holder)) Reflect.set(spot.holder, `unknown${other % 10}`, `value ${other}`);
  }
  return tree;
}

function spotsIn(value: unknown): readonly { readonly holder: object; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [{ holder: value, key }, ...spotsIn(Reflect.get(value, key))]);
}

describe('an import of a runbook', () => {
  it.each(FIXTURES)('finds out that $name is $format', ({ format, name, text }) => {
    expect(detectFormat(text, name)).toBe(format);
  });

  it('says which formats there are when it is none of them', () => {
    const result = importRunbook('hello: world', 'hello.yaml');
    expect(result.ok ? '' : result.refusal.message).toMatch(/hello\.yaml is not recognised .* Rundeck job/);
  });

  it('takes the key that it is given, and refuses one that is none', () => {
    const [{ text, name } = { text: '', name: '' }] = FIXTURES;
    const result = importRunbook(text, name, { key: 'my-key' });
    expect(result.ok && result.value[0]?.files.get('runbook.yaml')).toContain('\nrunbook: my-key\n');
    expect(importRunbook(text, name, { key: 'My Key' }).ok).toBe(false);
  });

  it.each(TREES)('tells of every piece of a mutated $name once, gives a valid runbook or a sentence, and never throws', ({ format, name, text }) => {
    fc.assert(
      fc.property(MUTATIONS, (mutations) => {
        const data = mutated(parse(text), mutations);
        const result = importRunbook(stringify(data, { aliasDuplicateObjects: false }), name, { format });
        if (!result.ok) {
          expect(result.refusal.message).toMatch(/\.$/);
          expect(result.refusal.message).not.toContain('cannot be said as a runbook');
          return;
        }
        for (const [index, runbook] of result.value.entries()) {
          expect(errorsIn(runbook)).toEqual([]);
          if (format !== 'rundeck') expect(untoldOrDoubled(runbook, data)).toEqual([]);
          else if (Array.isArray(data)) expect(untoldOrDoubled(runbook, data[index], [index])).toEqual([]);
        }
      }),
      { numRuns: 120, seed: 20_261_124 },
    );
  });

  it.each(FIXTURES)('never throws on a $name with characters changed', ({ format, name, text }) => {
    const change = fc.record({
      at: fc.nat(text.length),
      length: fc.nat(40),
      to: fc.constantFrom('', ...HOSTILE.filter((value) => typeof value === 'string')),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const broken = changes.reduce((whole, { at, length, to }) => whole.slice(0, at) + to + whole.slice(at + length), text);
        const result = importRunbook(broken, name, { format });
        if (!result.ok) expect(result.refusal.message).toMatch(/\.$/);
      }),
      { numRuns: 120, seed: 20_261_124 },
    );
  });
});

const LAUGHS = Array.from(
  { length: 9 },
  (_, index) => `l${index + 1}: &l${index + 1} [${Array.from({ length: 9 }, () => (index === 0 ? 'lol' : `*l${index}`)).join(', ')}]`,
);

const TOO_MUCH: readonly (readonly [string, RunbookFormat, string])[] = [
  ['more than 1 MB', 'markdown', 'x'.repeat(1_048_577)],
  ['a NUL byte', 'chaostoolkit', 'title: "a\0"'],
  ['a NUL byte as an escape', 'chaostoolkit', String.raw`{"title": "a\u0000", "method": []}`],
  ['a billion laughs', 'chaostoolkit', `method: []\n${LAUGHS.join('\n')}\n`],
  ['deep brackets', 'ssm', `{"mainSteps": ${'['.repeat(100_000)}`],
  ['deep indentation', 'ssm', Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['deep quotes', 'markdown', `# A\n\n${'>'.repeat(50_000)} x`],
  [
    'thousands of steps',
    'chaostoolkit',
    JSON.stringify({ title: 'a', method: Array.from({ length: 5_000 }, () => ({ type: 'action', name: 'a', provider: { type: 'python' } })) }),
  ],
];

describe('what is too much for an import', () => {
  it.each(TOO_MUCH)('%s is refused with a sentence', (_, format, text) => {
    const result = importRunbook(text, 'file', { format });
    expect(result.ok ? 'ok' : result.refusal.message).toMatch(/^file[ ,:].*\.$/);
  });

  it.each([
    '`'.repeat(200_000),
    '[a]: '.repeat(40_000),
    '* a\n'.repeat(50_000),
    '| a '.repeat(50_000),
    '<!--'.repeat(50_000),
    '***a'.repeat(50_000),
    '1. a\n\n    b\n'.repeat(15_000),
    '\n\n \t'.repeat(50_000),
    Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n'),
  ])(
    'text that is hard to parse is read or refused (%#)',
    (text) => {
      const result = importRunbook(`# Title\n\n${text}`, 'a.md');
      expect(result.ok || result.refusal.message.endsWith('.')).toBe(true);
    },
    10_000,
  );
});
