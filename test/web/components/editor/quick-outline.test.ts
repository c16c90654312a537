// Reading part by part gives what reading as a whole gives, on every text that it takes on.
import { assert, constantFrom, array, property } from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quickOutline } from '../../../../web/components/editor/quick-outline.ts';
import { wholeOutline } from '../../../../web/components/editor/runbook-outline.ts';

const RUNBOOKS = join(import.meta.dirname, '../../../../runbooks');
const shipped = readdirSync(RUNBOOKS, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [[entry.name, readFileSync(join(RUNBOOKS, entry.name, 'runbook.yaml'), 'utf8')] as const] : [],
);

/** Each line of each would take minutes; this meets all kinds of lines. */
const EVERY = 9;

describe.each(shipped)('the shipped runbook %s', (_name, text) => {
  it('is read part by part', () => {
    expect(quickOutline(text)).toEqual(wholeOutline(text));
  });

  it('is read alike after a line has gone', () => {
    const lines = text.split('\n');
    for (let index = 0; index < lines.length; index += EVERY) {
      const changed = lines.toSpliced(index, 1).join('\n');
      const quick = quickOutline(changed);
      if (quick !== null) expect(quick, `without line ${index + 1}`).toEqual(wholeOutline(changed));
    }
  });
});

it('any lines in any order are read alike, or left to the reading as a whole', () => {
  const line = constantFrom(
    'steps:',
    'steps: []',
    'title: a',
    'summary: |',
    '  text',
    '  - id: a',
    '    run: |',
    '      - no: step',
    '  # remark',
    '# remark',
    '- id: b',
    '  id: c',
    '    title: "x',
    '      y"',
    '  -',
    '  - {id: d}',
    '',
    '---',
    'targets: {a: {host: b}}',
    '  a: &x 1',
  );
  assert(
    property(array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join('\n');
      const quick = quickOutline(text);
      if (quick !== null) expect(quick).toEqual(wholeOutline(text));
    }),
    { numRuns: 2_000 },
  );
});
