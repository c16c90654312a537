// The YAML that importers write: pretty, commented, and read back as it was meant.
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { writeRunbook } from '../../../../api/import/write-runbook/write-runbook.ts';
import type { DraftRunbook } from '../../../../api/import/write-runbook/draft-runbook.ts';

const DRAFT: DraftRunbook = {
  opening: ['Made by a test.'],
  raw: {
    title: 'Move it',
    runbook: 'move-it',
    level: 'partial',
    services: ['ledger'],
    scenario: 'host-loss',
    inputs: { host: { type: 'host', required: true } },
    targets: { host: { host: '${host}' } },
  },
  beside: { services: 'fill in: the services' },
  steps: [
    { raw: { id: 'a', run: 'echo 1\necho 2', title: 'A', on: 'host' }, heading: 'before', comment: ['Look here.'] },
    { raw: { confirm: 'Call.', title: 'B', id: 'b' } },
  ],
  closing: ['Not taken over:', '- x'],
};

describe('a written runbook', () => {
  it('has its keys in the order of the reference, blocks for long texts, and comments', () => {
    expect(writeRunbook(DRAFT)).toBe(`# Made by a test.

runbook: move-it
title: Move it
services: [ledger] # fill in: the services
scenario: host-loss
level: partial

inputs:
  host: {type: host, required: true}

targets:
  host: {host: "\${host}"}

steps:
  # ---- before ----
  # Look here.
  - id: a
    title: A
    run: |
      echo 1
      echo 2
    on: host

  - id: b
    title: B
    confirm: Call.

# Not taken over:
# - x
`);
  });

  it('reads back as what was written, whatever texts hold', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab \n\t#:-|>\'"{}[]&*!%@`$\\,?é')), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(text, text, (title, equals) => {
        const draft = {
          ...DRAFT,
          opening: [title],
          steps: [{ raw: { id: 'a', title, check: 'true', on: 'host', expect: { stdout: { equals } } }, comment: [equals] }],
        };
        expect(parse(writeRunbook(draft))).toMatchObject({ steps: [{ id: 'a', title, expect: { stdout: { equals } } }] });
      }),
      { numRuns: 300, seed: 20_261_124 },
    );
  });
});
