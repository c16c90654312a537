// Takes a runbook of somebody's folder into the app, unless the app has a newer revision that the folder has not seen.
import { revisionHash, type Revision } from '../domain/runbook/revision.ts';
import type { App } from './app.ts';
import { storeRevisions, type RunbookSource } from './store-runbooks.ts';
import type { Stores } from './stores.ts';

export interface PushRequest extends RunbookSource {
  /** Hash of the revision that the folder had at the last push or pull; null when it had none. */
  readonly base: string | null;
  /** Puts it on top of whatever is newest. */
  readonly isForced: boolean;
  /** Only says what would happen. */
  readonly isPreview: boolean;
}

export type PushOutcome =
  /** `revision` null in a preview. */
  | { readonly kind: 'added'; readonly number: number; readonly revision: Revision | null }
  | { readonly kind: 'unchanged'; readonly latest: Revision }
  /** The folder is as the app was before: there is nothing to push, and something to pull. */
  | { readonly kind: 'behind'; readonly latest: Revision }
  /** It means the same as an old revision, and a revision is made only once. */
  | { readonly kind: 'old'; readonly old: Revision; readonly latest: Revision }
  /** `base` is the revision that the folder goes back to, where the app knows it. */
  | { readonly kind: 'conflict'; readonly latest: Revision; readonly base: Revision | null };

export async function pushRunbook(app: Pick<App, 'database' | 'clock'>, by: string, request: PushRequest): Promise<PushOutcome> {
  return app.database.write(async (stores) => {
    const outcome = await decide(stores, request);
    if (outcome.kind !== 'added' || request.isPreview) return outcome;
    const { runbook, source } = request;
    const [revision = null] = await storeRevisions(stores, { at: app.clock(), by }, [{ runbook, source }]);
    return { ...outcome, revision };
  });
}

async function decide(stores: Pick<Stores, 'runbooks'>, { runbook, base, isForced }: PushRequest): Promise<PushOutcome> {
  const latest = (await stores.runbooks.find(runbook.key))?.latest ?? null;
  if (latest === null) return { kind: 'added', number: 1, revision: null };
  const hash = revisionHash(runbook);
  if (latest.hash === hash) return { kind: 'unchanged', latest };
  const known = await stores.runbooks.revision(hash);
  if (known !== null) return base === hash ? { kind: 'behind', latest } : { kind: 'old', old: known, latest };
  if (latest.hash === base || isForced) return { kind: 'added', number: latest.number + 1, revision: null };
  return { kind: 'conflict', latest, base: base === null ? null : await stores.runbooks.revision(base) };
}
