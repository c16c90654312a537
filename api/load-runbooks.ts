// At start: takes the runbooks folder into the app, and says what in it cannot be used.
import type { App } from './application/app.ts';
import { storeRunbooks } from './application/store-runbooks.ts';
import type { Revision } from './domain/runbook/revision.ts';
import { readRunbookFolder } from './import/runbooks/read-runbook-folder.ts';
import type { Log } from './log.ts';

/** Who stands as the author of what came from the folder. No account has this name, so anybody with the right may approve it. */
export const FOLDER_AUTHOR = 'runbooks folder';

/** Gives the revisions that are new. A runbook with errors is left out, told in the log, and keeps nobody from starting. */
export async function loadRunbooks(app: App, folder: string, log: Log): Promise<readonly Revision[]> {
  const { found, problems } = await readRunbookFolder(folder);
  for (const problem of problems.filter(({ severity }) => severity === 'error')) {
    log.warn({ code: problem.code, file: problem.file, line: problem.line, column: problem.column }, `${problem.message} ${problem.remedy}`);
  }
  return storeRunbooks(app, FOLDER_AUTHOR, found);
}
