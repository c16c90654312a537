// One definition: what the published JSON Schema accepts is what the parser's schema stage accepts, and the other way round.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isJsonPath } from '../../../../api/domain/runbook/json-path.ts';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../../../api/domain/runbook/revision.ts';
import { STEP_KINDS } from '../../../../api/domain/runbook/runbook.ts';
import { schemaFindings } from '../../../../api/domain/runbook/schema/check-schema.ts';
import { runbookSchema } from '../../../../api/domain/runbook/schema/language.ts';
import { GENERATED_FILES, generatedRunbook } from './written-runbook-generator.ts';
import { mutated } from './written-runbook-mutations.ts';
import { LEDGER, parsed, sentence, yamlOf } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

/** Our formats as an editor could write them down: by pattern, without the calendar or the hundred years. */
const FORMATS: Readonly<Record<string, RegExp | ((text: string) => boolean)>> = {
  'muster-duration': /^(?:\d{1,9}d)?(?:\d{1,9}h)?(?:\d{1,9}m)?(?:\d{1,9}s)?(?:\d{1,12}ms)?$/,
  'muster-positive-duration': /^(?=.*[1-9])(?:\d{1,9}d)?(?:\d{1,9}h)?(?:\d{1,9}m)?(?:\d{1,9}s)?(?:\d{1,12}ms)?$/,
  'muster-later-duration': /^(?:\$\{.*\}|(?=.*[1-9]).*)$/,
  'muster-variable': /^(?!(?:seq|now|item|expires|path|https?_proxy|ftp_proxy|all_proxy|no_proxy)$)/,
  'muster-day': /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  'muster-json-path': isJsonPath,
  regex: (text) => {
    try {
      return new RegExp(text, 'u').source !== '';
    } catch {
      return false;
    }
  },
};

function publishedValidator(): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
  return ajv.compile(JSON.parse(readFileSync(new URL('../../../../docs/runbook.schema.json', import.meta.url), 'utf8')));
}

const accepts = publishedValidator();

function shipped(key: string): Written {
  return Object(parse(readFileSync(new URL(`../../../../runbooks/${key}/runbook.yaml`, import.meta.url), 'utf8')));
}

/** Some seconds on an idle machine, and the machine may be busy with other suites. */
const TIMEOUT_MS = 180_000;

describe('the published schema and the parser', { timeout: TIMEOUT_MS }, () => {
  it('are held against runbooks that have every kind of step with every key, in earnest and in rehearsals', () => {
    const seen = new Set(fc.sample(generatedRunbook, { numRuns: 3_000, seed: 1 }).flatMap(keysOf));
    const definitions = Object(runbookSchema()['$defs']);
    const known = STEP_KINDS.flatMap((kind) => [
      ...Object.keys(Object(definitions[`${kind}Step`]).properties).map((key) => `${kind} ${key}`),
      ...Object.keys(Object(definitions[`${kind}Variant`]).properties).map((key) => `drill ${kind} ${key}`),
    ]);
    expect(known.filter((key) => !seen.has(key))).toEqual([]);
  });

  it('agree that generated runbooks are valid, and what is valid can be built', () => {
    fc.assert(
      fc.property(generatedRunbook, (written) => {
        const { runbook, problems } = parsed(written, GENERATED_FILES);
        expect(problems.map(sentence)).toEqual([]);
        expect(accepts(written)).toBe(true);
        expect(runbook !== null && revisionHash(runbook)).toMatch(/^[0-9a-f]{64}$/);
      }),
      { numRuns: 200 },
    );
  });

  it('agree about thousands of generated runbooks in which something was changed', () => {
    fc.assert(
      fc.property(generatedRunbook, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (written, seeds) => {
        for (let at = 0; at < seeds.length; at += 4) expectAgreement(mutated(written, seeds.slice(at, at + 4)));
      }),
      { numRuns: 300 },
    );
  });

  it.each([['ledger-failover'], ['ledger-restore'], ['postgres-failover'], ['site-loss']])('agree about %s in which something was changed', (key) => {
    const written = shipped(key);
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (seeds) => {
        expectAgreement(mutated(written, seeds));
      }),
      { numRuns: 250 },
    );
  });

  it('tells a line, a column, a code and a remedy of everything that is refused', () => {
    fc.assert(
      fc.property(fc.oneof(generatedRunbook, fc.constant(LEDGER)), fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (written, seeds) => {
        const { runbook, problems } = parseRunbook(yamlOf(mutated(written, seeds)), 'runbook.yaml', GENERATED_FILES);
        if (runbook === null) expect(problems.length).toBeGreaterThan(0);
        else expect(revisionHash(runbook)).toMatch(/^[0-9a-f]{64}$/);
        for (const problem of problems) expect(sentence(problem)).toMatch(/^[1-9]\d*:[1-9]\d* [a-z][a-z-]+ [^]+[.?] [^]+[.?]$/);
      }),
      { numRuns: 250 },
    );
  });
});

function keysOf({ steps }: Written): readonly string[] {
  const bodies: readonly Written[] = Object(steps);
  return bodies.flatMap((step) => {
    const { drill } = step;
    const variant: Written = typeof drill === 'object' ? Object(drill) : {};
    return [...keysOfBody('', step), ...keysOfBody('drill ', variant)];
  });
}

function keysOfBody(before: string, body: Written): readonly string[] {
  const kind = STEP_KINDS.find((candidate) => body[candidate] !== undefined) ?? '';
  return Object.keys(body).map((key) => `${before}${kind} ${key}`);
}

function expectAgreement(written: Written): void {
  const findings = schemaFindings(written);
  if (accepts(written) !== (findings.length === 0)) expect({ written, findings, errors: accepts.errors }).toBe('agreed upon');
}
