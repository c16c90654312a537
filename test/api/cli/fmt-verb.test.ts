// muster fmt: whatever order, quotes and comments a runbook is written with, its layout is one and its meaning stays.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatRunbook } from '../../../api/cli/fmt/format-runbook.ts';
import { runCli } from '../../../api/cli/program.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../../api/domain/runbook/revision.ts';
import { findRunbookFiles, readRunbookFiles } from '../../../api/import/runbooks/read-runbook-files.ts';
import { temporaryApp, type TemporaryApp } from '../application/temporary-app.ts';
import { watchedParts } from './watched-parts.ts';

const UNTIDY = `# Read me first.

# about the title
title: "X"   # trailing
runbook: a
services: [ a ]
scenario: site-loss
level: tabletop
summary: >
  Folded text stays folded text.
steps:
    # before the step
    - title: A
      # about the id
      id: a
      confirm: { instruction: "x",   # why
        role: coordinator }
    -   id: b
        note: hi
        run:   |
            echo 1

            echo 2
        on: x
targets: {x: {host: h}}
# the end
`;
const TIDY = `# Read me first.

runbook: a
# about the title
title: "X" # trailing
summary: >
  Folded text stays folded text.
services: [a]
scenario: site-loss
level: tabletop
targets: { x: { host: h } }
steps:
  # before the step
  # about the id
  - id: a
    title: A
    confirm:
      instruction: "x" # why
      role: coordinator
  - id: b
    title: B
    run: |
      echo 1

      echo 2
    on: x
    note: hi

# the end
`;

function format(source: string) {
  return formatRunbook({ file: 'runbook.yaml', source, files: new Map(), faults: [] });
}

function hashOf(source: string): string | null {
  const { runbook } = parseRunbook(source, 'runbook.yaml', new Map());
  return runbook === null ? null : revisionHash(runbook);
}

const HEAD = [
  'runbook: a',
  "title: 'A title: with a colon'",
  'services:\n  - one\n  - "two"',
  'scenario: site-loss',
  'level: full',
  'targets: {x: {hosts: [h1,h2]}}',
  'clocks:\n  recovery:\n      to: b',
  'lock: [ name ]',
];
const STEP_A = [
  'id: a',
  'title: A',
  'run: echo "#no comment" $x',
  'on: x',
  'note: "n\\tn"',
  'idempotent: true',
  'retry: {attempts: 3,\n      every: 1s}',
  'undo: |\n      true\n\n      false',
];
const STEP_B = [
  'id: b',
  'title: B',
  "wait: { run: 'a # b', every: 1s, timeout: 1m }",
  'on: x',
  'tags: [t]',
  'drill:\n      title: Pretend\n      run: "true"\n      on: x',
];
const STEP_C = [
  'id: c',
  'title: C',
  'confirm:\n      role: coordinator\n      instruction: >-\n        one\n        two\n\n        three',
  'estimate: 1m',
  'needs: []',
];

/** Keys in any order, each perhaps with a comment of its own and a blank line in front. */
function keys(parts: readonly string[], indent: string): fc.Arbitrary<string> {
  const decorated = fc.tuple(
    fc.shuffledSubarray([...parts], { minLength: parts.length }),
    fc.array(fc.nat(3), { minLength: parts.length, maxLength: parts.length }),
  );
  return decorated.map(([order, looks]) =>
    order.map((part, index) => `${decoration(looks[index] ?? 0, `${indent === '' ? 'head' : 'step'}-${index}`, indent)}${part}`).join(`\n${indent}`),
  );
}

function decoration(look: number, name: string, indent: string): string {
  if (look === 1) return `# comment ${name}\n${indent}`;
  return look === 2 ? `\n${indent}# blank and ${name}\n${indent}` : '';
}

const ANY_RUNBOOK = fc
  .tuple(keys(HEAD, ''), keys(STEP_A, '    '), keys(STEP_B, '    '), keys(STEP_C, '    '), fc.boolean())
  .map(([head, a, b, c, isWindows]) => {
    const steps = [a, b, c].map((step) => `  -\n    ${step}\n`).join('');
    const text = `${head}\nsteps:\n${steps}# the end\n`;
    return isWindows ? text.replaceAll('\n', '\r\n') : text;
  });

describe('the layout of a runbook', () => {
  it('puts keys in order, opens brackets with comments, and keeps every comment where it belongs', () => {
    const untidy = UNTIDY.replace('note: hi', 'title: B\n        note: hi');
    expect(format(untidy)).toEqual({ ok: true, value: TIDY });
  });

  it('keeps the meaning and every comment, and changes nothing the second time', () => {
    fc.assert(
      fc.property(ANY_RUNBOOK, (text) => {
        const once = format(text);
        expect(once).toMatchObject({ ok: true });
        if (!once.ok) return;
        expect(hashOf(once.value)).toBe(hashOf(text));
        expect(format(once.value)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('leaves the shipped runbooks with the hash they had', async () => {
    const files = (await findRunbookFiles('runbooks')) ?? [];
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(formatRunbook(await readRunbookFiles(file)), file).toMatchObject({ ok: true });
  });
});

describe('muster fmt', () => {
  let t: TemporaryApp;
  let out: string[];
  let err: string[];
  let file: string;

  beforeEach(async () => {
    t = await temporaryApp();
    out = [];
    err = [];
    mkdirSync(join(t.folder, 'runbooks', 'a'), { recursive: true });
    file = join(t.folder, 'runbooks', 'a', 'runbook.yaml');
  });
  afterEach(() => t.end());

  const run = (...words: readonly string[]) => runCli(watchedParts(t.app, { out, err }), ['fmt', join(t.folder, 'runbooks'), ...words], '9.9.9');

  it('says with --check what would change, and writes it without', async () => {
    const untidy = TIDY.replace('id: a\n    title: A', 'title: A\n    id: a');
    writeFileSync(file, untidy);
    expect(await run('--check')).toBe(1);
    expect(out).toEqual([file, '1 file would change. Run muster fmt.']);
    expect(readFileSync(file, 'utf8')).toBe(untidy);
    expect(await run()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(TIDY);
    expect(await run('--check')).toBe(0);
  });

  it('leaves a file with errors alone', async () => {
    writeFileSync(file, TIDY.replace('scenario', 'senario'));
    expect(await run()).toBe(1);
    expect(err.join('\n')).toContain('left as it is');
    expect(readFileSync(file, 'utf8')).toContain('senario');
  });
});
