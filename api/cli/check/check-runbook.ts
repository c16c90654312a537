// One runbook held against the language and its advice: the same for a few in this thread and for many in several.
import type { Problem } from '../../domain/errors.ts';
import { lintRunbook } from '../../domain/runbook/lint/lint-runbook.ts';
import type { LintContext } from '../../domain/runbook/lint/lint-subject.ts';
import { parseRunbook } from '../../domain/runbook/parse-runbook.ts';
import type { RunbookOnDisk } from '../parts.ts';

/** Errors and warnings in the order of the file. */
export function problemsOf({ file, source, files, faults }: RunbookOnDisk, context: LintContext = {}): readonly Problem[] {
  if (faults.length > 0) return faults;
  const { runbook, places, problems } = parseRunbook(source, file, files);
  return runbook === null ? problems : [...problems, ...lintRunbook(runbook, places, context)];
}
