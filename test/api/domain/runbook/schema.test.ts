// The language's JSON Schema as editors and documentation use it.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { STEP_KINDS } from '../../../../api/domain/runbook/runbook.ts';
import { parseDay } from '../../../../api/domain/runbook/schema/formats.ts';
import { runbookSchema } from '../../../../api/domain/runbook/schema/language.ts';
import { LEDGER, ledger } from './written-runbook.ts';

describe('runbookSchema', () => {
  it('is plain data, and valid for a validator that knows nothing of its own formats', () => {
    const schema: unknown = JSON.parse(JSON.stringify(runbookSchema()));
    expect(schema).toEqual(runbookSchema());
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(Object(schema));
    expect(validate(LEDGER)).toBe(true);
    expect(validate(ledger({ review: { every: '5 days' } }))).toBe(false);
    expect(validate(ledger({ steps: [{ id: 'a', title: 'A', run: 'x', on: 'db', http: {} }] }))).toBe(false);
  });

  it.each(STEP_KINDS)('defines steps of kind %s, each key with words for people', (kind) => {
    const definitions = Object(runbookSchema()['$defs']);
    const step = Object(definitions[`${kind}Step`]);
    expect(step).toMatchObject({ type: 'object', additionalProperties: false, description: expect.stringMatching(/\.$/) });
    expect(Object.keys(Object(step.properties))).toEqual(expect.arrayContaining(['id', 'title', 'needs', kind]));
  });
});

describe('parseDay', () => {
  it.each([
    ['2026-10-01', Date.UTC(2026, 9, 1)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['26-10-01', null],
    ['2026-10-01T00:00', null],
  ])('reads %s', (text, at) => {
    expect(parseDay(text)).toBe(at);
  });
});
