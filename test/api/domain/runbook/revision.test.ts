// The hash of a revision: how a runbook is written does not change it, what would run does.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, visit } from 'yaml';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../../../api/domain/runbook/revision.ts';
import { GENERATED_FILES, generatedRunbook } from './written-runbook-generator.ts';
import { LEDGER, LEDGER_SCRIPTS, sentence, small, valid } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const HASH = revisionHash(valid(LEDGER));

/** Some seconds on an idle machine, and the machine may be busy with other suites. */
const TIMEOUT_MS = 60_000;

describe('revisionHash', { timeout: TIMEOUT_MS }, () => {
  it('is a lower-case SHA-256 in hex', () => {
    expect(HASH).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on the order of keys, comments, quoting, layout or line ends', () => {
    const style = fc.record({
      seed: fc.infiniteStream(fc.nat()),
      quoting: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'),
      isFlow: fc.boolean(),
      hasComments: fc.boolean(),
      isWindows: fc.boolean(),
      indent: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(style, ({ seed, quoting, isFlow, hasComments, isWindows, indent }) => {
        const document = new Document(shuffled(LEDGER, seed), { version: '1.2', aliasDuplicateObjects: false });
        visit(document, (_, node) => {
          if (typeof node === 'object' && node !== null && 'items' in node && isFlow) Object.assign(node, { flow: true });
          if (typeof node === 'object' && node !== null && 'commentBefore' in node && hasComments && !isFlow)
            Object.assign(node, { commentBefore: ' why' });
        });
        const text = document.toString({ defaultStringType: quoting, lineWidth: 0, indent });
        const written = isWindows ? text.replaceAll('\n', '\r\n') : text;
        const scripts = new Map([...LEDGER_SCRIPTS].map(([name, script]) => [name, isWindows ? script.replaceAll('\n', '\r\n') : script]));
        const { runbook, problems } = parseRunbook(written, 'runbook.yaml', scripts);
        expect(problems.map(sentence)).toEqual([]);
        expect(runbook !== null && revisionHash(runbook)).toBe(HASH);
      }),
      { numRuns: 150 },
    );
  });

  it('does not depend on the order of keys, whatever kinds of steps there are', () => {
    fc.assert(
      fc.property(generatedRunbook, fc.infiniteStream(fc.nat()), (written, seed) => {
        const mixed: Written = Object(shuffled(written, seed));
        expect(revisionHash(valid(mixed, GENERATED_FILES))).toBe(revisionHash(valid(written, GENERATED_FILES)));
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, Written, Written]>([
    ['an account', { user: 'ops' }, { user: 'op' }],
    ['an account to become', { become: 'root' }, {}],
    ['a shell', { shell: 'bash' }, {}],
    ['the environment', { env: { A: 'b' } }, { env: { A: 'c' } }],
    ['a list', { foreach: ['a', 'b'] }, { foreach: ['b', 'a'] }],
    ['a batch', { batch: 5 }, { batch: '5%' }],
    ['the order of rows', { order: 'reverse' }, { order: 'given' }],
    ['going on after a row has failed', { keepGoing: true }, { keepGoing: false }],
    ['a condition', { when: 'mode == "failover"' }, {}],
    ['running however it ends', { always: true }, {}],
    ['what a person may skip', { optional: true }, {}],
    ['an undo however it ends', { undo: { run: 'true', always: true } }, { undo: 'true' }],
    ['how long it holds', { expires: '1m' }, { expires: '2m' }],
    ['a secret', { capture: { a: { secret: true } } }, { capture: { a: 'stdout' } }],
    ['where a value is found', { capture: { a: { json: '$.a' } } }, { capture: { a: { json: '$.b' } } }],
    ['what a rehearsal does', { drill: { run: 'true' } }, { drill: { run: 'false' } }],
    ['what a rehearsal leaves out', { drill: 'skip' }, {}],
    ['asking after a failure', { onFailure: 'ask' }, { onFailure: 'undo' }],
  ])('changes with %s', (_, ...pair) => {
    const [one, other] = pair.map((changes) => revisionHash(valid(small([{ id: 'one', title: 'One', run: 'true', on: 'db', ...changes }]))));
    expect(one).not.toBe(other);
  });

  it.each<[string, Written, Written]>([
    ['a method', { http: { url: 'https://a.example', method: 'PUT' } }, { http: { url: 'https://a.example', method: 'POST' } }],
    ['a URL', { http: 'https://a.example/1' }, { http: 'https://a.example/2' }],
    [
      'what is sent',
      { check: { http: { url: 'https://a.example', method: 'POST', body: { a: 1 } } } },
      { check: { http: { url: 'https://a.example', method: 'POST', body: { a: 2 } } } },
    ],
    ['a port', { check: { tcp: 'a:1' } }, { check: { tcp: 'a:2' } }],
    ['a record', { check: { dns: { name: 'a' } } }, { check: { dns: { name: 'a', type: 'TXT' } } }],
    ['who approves', { approve: 'a' }, { approve: 'b' }],
    ['how many approve', { approve: { role: 'a', count: 2 } }, { approve: 'a' }],
    ['what is called', { call: 'a' }, { call: 'b' }],
    ['what a called runbook is given', { call: { runbook: 'a', with: { b: 1 } } }, { call: 'a' }],
    ['a message', { notify: 'a' }, { notify: 'b' }],
  ])('changes with %s', (_, ...pair) => {
    const [one, other] = pair.map((changes) => revisionHash(valid(small([{ id: 'one', title: 'One', ...changes }]))));
    expect(one).not.toBe(other);
  });

  it('does not change with another way of writing the same', () => {
    expectSame({ http: 'https://a.example' }, { http: { url: 'https://a.example', method: 'GET', headers: {} }, readOnly: true });
    expectSame({ check: { tcp: 'a:1' } }, { check: { tcp: { host: 'a', port: 1 } } });
    expectSame({ notify: 'a' }, { notify: { channel: 'drill', message: 'a' }, onFailure: 'warn' });
    expectSame({ call: 'a' }, { call: { runbook: 'a', with: {} } });
    expectSame({ approve: 'a' }, { approve: { role: 'a', count: 1 }, timeout: '24h' });
  });

  it.each<[string, (string | number)[], unknown]>([
    ['a command', ['steps', 1, 'run'], 'true'],
    ['one blank in a command', ['steps', 1, 'run'], 'echo "$lag  $change"; systemctl stop ledger\n'],
    ['a check', ['steps', 0, 'check', 'run'], 'true'],
    ['an undo', ['steps', 1, 'undo'], 'true'],
    ['the target of a step', ['steps', 1, 'on'], 'standby'],
    ['a host', ['targets', 'primary', 'host'], 'ledger-fra-2'],
    ['a label', ['targets', 'standby', 'labels', 'site'], 'berlin'],
    ['what a step needs', ['steps', 5, 'needs'], []],
    ['a timeout', ['steps', 1, 'timeout'], '2m'],
    ['the default timeout', ['defaults', 'timeout'], '4m'],
    ['the default retry', ['defaults', 'retry', 'attempts'], 3],
    ['what a failure does', ['steps', 1, 'onFailure'], 'continue'],
    ['an expectation', ['steps', 0, 'expect', 'stdout', 'max'], 6],
    ['an exit code', ['steps', 0, 'expect', 'exit'], [0, 1]],
    ['a capture', ['steps', 0, 'capture', 'lag', 'pattern'], String.raw`(\d)`],
    ['a point of no return', ['steps', 3, 'pointOfNoReturn'], false],
    ['read-only', ['steps', 1, 'readOnly'], true],
    ['idempotent', ['steps', 3, 'idempotent'], true],
    ['the pace of a wait', ['steps', 4, 'wait', 'every'], '2s'],
    ['how often a wait must hold', ['steps', 4, 'wait', 'stable'], 3],
    ['a sleep', ['steps', 5, 'sleep'], '6s'],
    ['an instruction', ['steps', 2, 'confirm', 'instruction'], 'Go?'],
    ['a pattern of an input', ['inputs', 'change', 'pattern'], '.*'],
    ['the order of choices', ['inputs', 'site', 'choices'], ['frankfurt', 'munich']],
    ['a clock', ['clocks', 'recovery', 'from'], 'lag'],
    ['an objective', ['clocks', 'read-only', 'objective'], '4m'],
    ['the canary', ['canary', 'write', 'run'], 'true'],
    ['where the canary ends', ['canary', 'until'], 'promote'],
    ['a lock', ['lock'], ['ledger-dns']],
    ['a service', ['services'], ['ledger', 'payments']],
    ['the level', ['level'], 'partial'],
  ])('changes with %s', (_, path, value) => {
    expect(revisionHash(valid(replaced(LEDGER, path, value)))).not.toBe(HASH);
  });

  it('changes with the text of a script, and not with its name', () => {
    expect(revisionHash(valid(LEDGER, new Map([['promote.sh', 'pg_ctlcluster 15 main promote \n']])))).not.toBe(HASH);
    const renamed = replaced(LEDGER, ['steps', 3, 'run'], { script: 'other.sh' });
    expect(revisionHash(valid(renamed, new Map([['other.sh', 'pg_ctlcluster 15 main promote\n']])))).toBe(HASH);
  });

  it('changes with any change to any command', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 3), fc.string({ minLength: 1, unit: 'grapheme' }), (index, text) => {
        // Only what a file may hold; the text guard has its own tests.
        fc.pre(!/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text));
        expect(revisionHash(valid(replaced(LEDGER, ['steps', index, 'run'], `# ${text}`)))).not.toBe(HASH);
      }),
      { numRuns: 50 },
    );
  });
});

function expectSame(first: Written, second: Written): void {
  const [one, other] = [first, second].map((changes) => revisionHash(valid(small([{ id: 'one', title: 'One', ...changes }]))));
  expect(one).toBe(other);
}

function shuffled(value: unknown, seed: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (typeof value !== 'object' || value === null) return value;
  const keyed = Object.entries(value).map(([key, item]) => ({ key, item: shuffled(item, seed), rank: Number(seed.next().value) }));
  return Object.fromEntries(keyed.toSorted((a, b) => a.rank - b.rank).map(({ key, item }) => [key, item]));
}

function replaced(written: Written, path: readonly (string | number)[], value: unknown): Written {
  const copy = structuredClone(written);
  let node: unknown = copy;
  for (const key of path.slice(0, -1)) node = Reflect.get(Object(node), key);
  Reflect.set(Object(node), path.at(-1) ?? '', value);
  return copy;
}
