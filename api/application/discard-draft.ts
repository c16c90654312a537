// Throws a person's own draft away.
import { done, refused, type Result } from '../domain/errors.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';

/** `version` is the one that the person has seen, so that nothing unseen is lost. A draft that is gone already is no error. */
export async function discardDraft(
  app: Pick<App, 'database'>,
  actor: Actor | null,
  draft: { readonly runbook: string | null; readonly version: number },
): Promise<Result<null>> {
  // It is the person's own, whatever has become of the runbook and its owners.
  const refusal = deny(actor, 'runbooks.edit', { owners: actor === null ? [] : [actor.name] });
  if (refusal !== null || actor === null) return refusal === null ? refused('UNAUTHENTICATED', 'You are not signed in.') : { ok: false, refusal };
  return app.database.write(async (stores) => {
    const known = await stores.drafts.find(draft.runbook, actor.name);
    if (known === null) return done(null);
    if (known.version !== draft.version) {
      return refused('CONFLICT', 'Your draft was saved from another window meanwhile. Open it again before you throw it away.', { field: 'version' });
    }
    await stores.drafts.discard(draft.runbook, actor.name);
    return done(null);
  });
}
