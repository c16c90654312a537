// The pages in docs/ about the language: their generated parts are up to date, and every example in them holds.
// Run with -u to write them anew.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { ALL_LINT_RULES } from '../../../../api/domain/runbook/lint/all-lint-rules.ts';
import { exampleRunbook } from '../../../../api/domain/runbook/lint/example-runbook.ts';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { lintPage } from '../../../../api/domain/runbook/reference/lint-page.ts';
import { withTables } from '../../../../api/domain/runbook/reference/reference-page.ts';
import { STEP_KINDS } from '../../../../api/domain/runbook/runbook.ts';
import { runbookSchema } from '../../../../api/domain/runbook/schema/language.ts';
import { sentence } from './written-runbook.ts';

const FILES: ReadonlyMap<string, string> = new Map([
  ['promote.sh', 'pg_ctlcluster 15 main promote\n'],
  ['ledger.conf', 'port = 8080\n'],
]);

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../../../../docs/${name}`, import.meta.url));
}

const LANGUAGE = readFileSync(pathOf('runbook-language.md'), 'utf8');

/** What stands in fences, with the heading above it. */
function examplesOf(page: string): readonly (readonly [heading: string, yaml: string])[] {
  let heading = '';
  return page.split(/^(?=#+ |```yaml\n)/m).flatMap((part): readonly (readonly [string, string])[] => {
    if (part.startsWith('#')) heading = part.slice(0, part.indexOf('\n'));
    return part.startsWith('```yaml\n') ? [[heading, part.slice('```yaml\n'.length, part.indexOf('\n```'))]] : [];
  });
}

/** An example is a whole runbook, keys of the head, or steps. */
function wholeOf(example: string): string {
  if (example.startsWith('runbook:')) return example;
  return exampleRunbook(example.startsWith('- ') ? `steps:\n${example.replaceAll(/^(?=.)/gm, '  ')}` : example);
}

describe('docs/lint.md', () => {
  it('explains every rule as it is', async () => {
    await expect(lintPage(ALL_LINT_RULES)).toMatchFileSnapshot(pathOf('lint.md'));
  });
});

describe('docs/runbook-language.md', () => {
  it('has tables that are up to date', async () => {
    await expect(withTables(LANGUAGE)).toMatchFileSnapshot(pathOf('runbook-language.md'));
  });

  it('has a table for every kind of step and every part with keys', () => {
    for (const name of [
      'head',
      'every step',
      ...STEP_KINDS,
      'input',
      'target',
      'clock',
      'canary',
      'defaults',
      'retry',
      'capture',
      'textExpectation',
      'httpRequest',
    ]) {
      expect(LANGUAGE).toContain(`<!-- keys of ${name} -->`);
    }
  });

  it('names every key of the language', () => {
    const names = new Set<string>();
    const gather = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const properties: unknown = Reflect.get(value, 'properties');
      if (typeof properties === 'object' && properties !== null && Reflect.get(value, 'additionalProperties') === false) {
        for (const key of Object.keys(properties)) names.add(key);
      }
      for (const inner of Object.values(value)) gather(inner);
    };
    gather(runbookSchema());
    expect([...names].filter((name) => !new RegExp(`\`(?:[a-z]+\\.)*${name}\``, 'i').test(LANGUAGE))).toEqual([]);
  });

  it.each(examplesOf(LANGUAGE))('has an example under "%s" that is valid, and has nothing to be found', (_, example) => {
    const { runbook, places, problems } = parseRunbook(wholeOf(example), 'runbook.yaml', FILES);
    expect(problems.map(sentence)).toEqual([]);
    const findings = runbook === null ? [] : lintRunbook(runbook, places);
    // In parts of runbooks what is not the point is left out: only the whole ones must be whole.
    if (example.startsWith('runbook:')) expect(findings.map(sentence)).toEqual([]);
  });

  it('shows five steps to begin with', () => {
    const [first] = examplesOf(LANGUAGE);
    expect(parse(first?.[1] ?? '')).toMatchObject({ steps: { length: 5 } });
  });

  it('leads to headings that are there', () => {
    const headings = new Set(
      [...LANGUAGE.matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
        (text ?? '')
          .toLowerCase()
          .replaceAll(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const links = [...LANGUAGE.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((anchor) => !headings.has(anchor))).toEqual([]);
  });
});
