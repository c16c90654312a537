// muster lint: holds runbooks against the language and its advice, without a database.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../domain/errors.ts';
import { lintRunbook } from '../domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../domain/runbook/parse-runbook.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { countProblems, printProblems } from './print-problems.ts';
import type { Terminal } from './terminal.ts';

const FILE_NAME = 'runbook.yaml';

/** `folder` is a runbook's own, or holds one for each runbook. Warnings are told and are no problem. */
export async function runLint(terminal: Terminal, { folder, isJson }: { readonly folder: string; readonly isJson: boolean }): Promise<ExitCode> {
  const folders = await runbookFolders(folder);
  if (folders === null || folders.length === 0) {
    terminal.err(
      folders === null ? `The folder ${folder} cannot be read. Check its name.` : `There is no ${FILE_NAME} in ${folder} or in a folder of it.`,
    );
    return EXIT.usage;
  }
  const checked = await Promise.all(folders.map(async (path) => problemsOf(path)));
  const problems = checked.flat();
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  if (isJson) terminal.out(JSON.stringify({ runbooks: folders.length, problems }, null, 2));
  else {
    printProblems(terminal, problems);
    terminal.out(`${folders.length} ${folders.length === 1 ? 'runbook' : 'runbooks'}: ${countProblems(problems) ?? 'nothing to remark'}.`);
  }
  return hasErrors ? EXIT.problems : EXIT.fine;
}

/** Null when the folder cannot be read. */
async function runbookFolders(folder: string): Promise<readonly string[] | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  if (entries.some((entry) => entry.name === FILE_NAME)) return [folder];
  const inside = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  const names = await Promise.all(inside.map(async (path) => ((await readdir(path)).includes(FILE_NAME) ? [path] : [])));
  return names.flat().toSorted();
}

async function problemsOf(folder: string): Promise<readonly Problem[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const files = new Map(await Promise.all(entries.map(async ({ name }) => [name, await readFile(join(folder, name), 'utf8')] as const)));
  const parsed = parseRunbook(files.get(FILE_NAME) ?? '', join(folder, FILE_NAME), files);
  return parsed.runbook === null ? parsed.problems : [...parsed.problems, ...lintRunbook(parsed.runbook, parsed.places)];
}
