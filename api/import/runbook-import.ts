// Reads procedures that were written for other tools and gives runbooks with an account of every piece of the source.
import { refused } from '../domain/errors.ts';
import type { Result } from '../domain/errors.ts';
import { textFault, withUnixLineEnds } from '../domain/runbook/source-text.ts';
import { importExperiment } from './chaostoolkit/import-experiment.ts';
import { importJobs } from './rundeck/import-jobs.ts';
import { importProcedure } from './markdown/import-procedure.ts';
import { importDocument } from './ssm/import-document.ts';
import { detectFormat } from './detect-format.ts';
import type { ImportedRunbook, Importer, ImportOptions, RunbookFormat } from './imported-runbook.ts';

export { detectFormat } from './detect-format.ts';
export { RUNBOOK_FORMATS } from './imported-runbook.ts';
export type { ImportedRunbook, ImportNote, ImportOptions, RunbookFormat } from './imported-runbook.ts';

const IMPORTERS: Readonly<Record<RunbookFormat, Importer>> = {
  chaostoolkit: importExperiment,
  rundeck: importJobs,
  ssm: importDocument,
  markdown: importProcedure,
};

/** Nothing is read from disk or written: `fileName` is named in sentences and helps to find out the format. Never throws on any text. */
export function importRunbook(text: string, fileName: string, options: ImportOptions = {}): Result<readonly ImportedRunbook[]> {
  const fault = textFault(text);
  if (fault !== null) return refused('INVALID_INPUT', `${fileName}, line ${fault.place.line}: the file ${fault.message}. ${fault.remedy}`);
  if (options.key !== undefined && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(options.key)) {
    return refused('INVALID_INPUT', `\`${options.key}\` cannot be the key of a runbook. Use lower-case letters, digits and single dashes: can-pay.`);
  }
  const format = options.format ?? detectFormat(text, fileName);
  if (format === null) return refused('INVALID_INPUT', `${fileName} ${UNKNOWN}`);
  return IMPORTERS[format](withUnixLineEnds(text), fileName, options);
}

const UNKNOWN =
  'is not recognised as a chaostoolkit experiment, a Rundeck job, a Systems Manager document or a Markdown procedure. Name its format if it is one.';
