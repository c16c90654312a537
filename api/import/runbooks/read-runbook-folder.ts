// Reads the runbooks folder: a folder for each runbook, with one runbook.yaml and the scripts that it names.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../domain/errors.ts';
import { parseRunbook } from '../../domain/runbook/parse-runbook.ts';
import type { Runbook } from '../../domain/runbook/runbook.ts';

export interface RunbookFolder {
  readonly found: readonly { readonly runbook: Runbook; readonly source: string }[];
  /** Errors keep their runbook out of `found`; warnings do not. */
  readonly problems: readonly Problem[];
}

const FILE_NAME = 'runbook.yaml';

/** In the order of names. Folders without a runbook.yaml are left alone. Throws when the folder itself cannot be read. */
export async function readRunbookFolder(folder: string): Promise<RunbookFolder> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).toSorted();
  const found: { runbook: Runbook; source: string }[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const files = await readTextFiles(join(folder, name));
    const source = files.get(FILE_NAME);
    if (source === undefined) continue;
    const parsed = parseRunbook(source, join(folder, name, FILE_NAME), files);
    problems.push(...parsed.problems);
    if (parsed.runbook !== null) found.push({ runbook: parsed.runbook, source });
  }
  return { found, problems };
}

async function readTextFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  return new Map(await Promise.all(files.map(async ({ name }): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')])));
}
