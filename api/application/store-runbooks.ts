// Takes runbooks into the app: each new canonical form becomes a revision that waits for approval.
import { revisionHash } from '../domain/runbook/revision.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import type { App } from './app.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import type { Stores } from './stores.ts';

export interface RunbookSource {
  readonly runbook: Runbook;
  readonly source: string;
}

/** Gives the revisions that were not known before. One transaction: all of them, or none. */
export async function storeRunbooks(
  app: Pick<App, 'database' | 'clock'>,
  by: string,
  sources: readonly RunbookSource[],
): Promise<readonly Revision[]> {
  const at = app.clock();
  return app.database.write((stores) => storeRevisions(stores, { at, by }, sources));
}

/** The same within a transaction. */
export async function storeRevisions(
  stores: Stores,
  { at, by }: { readonly at: number; readonly by: string },
  sources: readonly RunbookSource[],
): Promise<readonly Revision[]> {
  const added: Revision[] = [];
  for (const { runbook, source } of sources) {
    const { revision, isNew } = await stores.runbooks.add({ hash: revisionHash(runbook), runbook, source, createdAt: at, createdBy: by });
    if (!isNew) continue;
    added.push(revision);
    await stores.history.append({ at, by, type: 'revision.added', subject: runbook.key, data: { hash: revision.hash, number: revision.number } });
  }
  return added;
}
