// The language's JSON Schema as editors and documentation use it.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { STEP_KINDS } from '../../../../api/domain/runbook/runbook.ts';
import { parseDay } from '../../../../api/domain/runbook/schema/formats.ts';
import { runbookSchema } from '../../../../api/domain/runbook/schema/language.ts';
import { LEDGER, ledger } from './written-runbook.ts';

describe('runbookSchema', () => {
  it('is what docs/runbook.schema.json holds; `vitest run --project api test/api/domain/runbook/schema.test.ts -u` writes it', async () => {
    const text = `${JSON.stringify(runbookSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../docs/runbook.schema.json');
  });

  it('is plain data, and valid for a strict validator that knows neither annotations nor formats of ours', () => {
    const schema: unknown = JSON.parse(JSON.stringify(runbookSchema()));
    expect(schema).toEqual(runbookSchema());
    const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, validateFormats: false }).compile(Object(schema));
    expect(validate(LEDGER)).toBe(true);
    expect(validate(ledger({ review: { every: '5 days' } }))).toBe(false);
    expect(validate(ledger({ steps: [{ id: 'a', title: 'A', run: 'x', on: 'db', http: {} }] }))).toBe(false);
  });

  it('holds for the meta-schema of 2020-12', () => {
    const ajv = new Ajv2020();
    expect(ajv.validateSchema(runbookSchema())).toBe(true);
  });

  it('explains every key with words for people', () => {
    const { keys, dumb } = keysOf(runbookSchema());
    expect(dumb).toEqual([]);
    expect(keys).toBeGreaterThan(400);
  });

  it('gives examples and defaults that would be accepted', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(runbookSchema(), 'runbook');
    const wrong: string[] = [];
    walk(runbookSchema(), '#', (part, pointer) => {
      const given = [...listOf(part['examples']), ...('default' in part ? [part['default']] : [])];
      const validate = ajv.compile({ $ref: `runbook${pointer}` });
      wrong.push(...given.filter((example) => !validate(example)).map((example) => `${pointer}: ${JSON.stringify(example)}`));
    });
    expect(wrong).toEqual([]);
  });

  it.each(STEP_KINDS)('defines steps of kind %s', (kind) => {
    const definitions = Object(runbookSchema()['$defs']);
    const step = Object(definitions[`${kind}Step`]);
    expect(step).toMatchObject({ type: 'object', additionalProperties: false, description: expect.stringMatching(/\.$/) });
    expect(Object.keys(Object(step.properties))).toEqual(expect.arrayContaining(['id', 'title', 'needs', kind]));
  });
});

type Part = Readonly<Record<string, unknown>>;

/** How many keys the schema names, and those without a description of their own. Fragments of a condition do not count. */
function keysOf(schema: Part): { readonly keys: number; readonly dumb: readonly string[] } {
  let keys = 0;
  const dumb: string[] = [];
  walk(schema, '#', (part, pointer) => {
    if (/\/(?:if|else|not)(?:\/|$)/.test(pointer)) return;
    for (const [key, value] of Object.entries(Object(part['properties']))) {
      keys += 1;
      const { description } = Object(value);
      if (typeof description !== 'string' || !/[.:)`]$/.test(description)) dumb.push(`${pointer} ${key}`);
    }
  });
  return { keys, dumb };
}

/** Every object in which keywords stand, with its JSON pointer. */
function walk(part: Part, pointer: string, visit: (part: Part, pointer: string) => void): void {
  visit(part, pointer);
  for (const keyword of ['properties', '$defs']) {
    for (const [name, child] of Object.entries(Object(part[keyword]))) walk(Object(child), `${pointer}/${keyword}/${escaped(name)}`, visit);
  }
  for (const keyword of ['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not']) {
    if (typeof part[keyword] === 'object') walk(Object(part[keyword]), `${pointer}/${keyword}`, visit);
  }
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    for (const [index, child] of listOf(part[keyword]).entries()) walk(Object(child), `${pointer}/${keyword}/${index}`, visit);
  }
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

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
