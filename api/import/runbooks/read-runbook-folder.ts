// Reads the runbooks folder: a folder for each runbook, with one runbook.yaml and the scripts that it names.
import { readdir } from 'node:fs/promises';
import type { Problem } from '../../domain/errors.ts';
import { parseRunbook } from '../../domain/runbook/parse-runbook.ts';
import type { Runbook } from '../../domain/runbook/runbook.ts';
import { findRunbookFiles, readRunbookFiles } from './read-runbook-files.ts';

export interface RunbookFolder {
  readonly found: readonly { readonly runbook: Runbook; readonly source: string }[];
  /** Errors keep their runbook out of `found`; warnings do not. */
  readonly problems: readonly Problem[];
}

/** In the order of names. Folders without a runbook.yaml are left alone. Throws when the folder itself cannot be read. */
export async function readRunbookFolder(folder: string): Promise<RunbookFolder> {
  const paths = await findRunbookFiles(folder);
  // The system's own error says best why not.
  if (paths === null) await readdir(folder);
  const found: { runbook: Runbook; source: string }[] = [];
  const problems: Problem[] = [];
  for (const path of paths ?? []) {
    const { source, files, faults } = await readRunbookFiles(path);
    problems.push(...faults);
    if (faults.length > 0) continue;
    const parsed = parseRunbook(source, path, files);
    problems.push(...parsed.problems);
    if (parsed.runbook !== null) found.push({ runbook: parsed.runbook, source });
  }
  return { found, problems };
}
