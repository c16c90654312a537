// Keeps what a person is writing. A save that has not seen the latest one is refused: nothing is written over unseen.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import type { App } from './app.ts';
import { whyNotEdit, whyTooLarge, type RunbookText } from './runbook-text.ts';
import type { Draft } from './stores.ts';

export interface DraftToSave extends RunbookText {
  /** Hash of the revision that the text goes out from; null for a new runbook. */
  readonly base: string | null;
  /** Version of the draft that the writer has seen last; 0 when there was none. */
  readonly version: number;
}

/** Errors in the text keep nobody from saving it. */
export async function saveDraft(app: Pick<App, 'database' | 'clock'>, actor: Actor | null, draft: DraftToSave): Promise<Result<Draft>> {
  const refusal = (await whyNotEdit(app, actor, draft.runbook)) ?? whyTooLarge(draft);
  if (refusal !== null || actor === null) return refusal === null ? refused('UNAUTHENTICATED', 'You are not signed in.') : { ok: false, refusal };
  const { runbook, source, files, base } = draft;
  return app.database.write(async (stores) => {
    const known = await stores.drafts.find(runbook, actor.name);
    if ((known?.version ?? 0) !== draft.version) {
      return refused('CONFLICT', 'Your draft was saved from another window meanwhile. Look at both texts, then keep one of them.', {
        field: 'version',
      });
    }
    if (base !== null && (await stores.runbooks.revision(base))?.runbook.key !== runbook) {
      return refused('INVALID_INPUT', `The revision that the draft goes out from is none of this runbook.`, { field: 'base' });
    }
    const saved: Draft = { runbook, account: actor.name, source, files, base, version: draft.version + 1, savedAt: app.clock() };
    await stores.drafts.save(saved);
    return done(saved);
  });
}
