// Reads a fixture and imports it; a refusal fails the test with its sentence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { lintRunbook } from '../../../api/domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';
import type { RawRunbook, RawStep } from '../../../api/domain/runbook/raw-runbook.ts';
import { importRunbook } from '../../../api/import/runbook-import.ts';
import type { ImportedRunbook } from '../../../api/import/runbook-import.ts';

export function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8');
}

export function imported(text: string, fileName: string): readonly ImportedRunbook[] {
  const result = importRunbook(text, fileName);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

export function rawOf({ files }: ImportedRunbook): RawRunbook {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the import has parsed it as a runbook
  return parse(files.get('runbook.yaml') ?? '') as RawRunbook;
}

export function stepOf(runbook: ImportedRunbook, id: string): RawStep {
  const step = rawOf(runbook).steps.find((candidate) => candidate.id === id);
  if (step === undefined) throw new Error(`there is no step ${id}`);
  return step;
}

/** Errors of the language and of the lint. */
export function errorsIn({ files }: ImportedRunbook): readonly string[] {
  const { runbook, problems, places } = parseRunbook(files.get('runbook.yaml') ?? '', 'runbook.yaml', files);
  const all = [...problems, ...(runbook === null ? [] : lintRunbook(runbook, places))];
  return all.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}
