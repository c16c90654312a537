// Makes a revision of a draft. It waits for the approval of somebody else; the draft is gone then.
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import { revisionHash, type Revision } from '../domain/runbook/revision.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import { checkText, whyNotEdit } from './runbook-text.ts';
import { storeRevisions } from './store-runbooks.ts';
import type { Draft, Stores } from './stores.ts';

/** `version` is the one that the person has seen. Refused while the text has errors, and when somebody else's revision came between. */
export async function submitDraft(
  app: Pick<App, 'database' | 'clock'>,
  actor: Actor | null,
  asked: { readonly runbook: string | null; readonly version: number },
): Promise<Result<Revision>> {
  const refusal = await whyNotEdit(app, actor, asked.runbook);
  if (refusal !== null || actor === null) return refusal === null ? refused('UNAUTHENTICATED', 'You are not signed in.') : { ok: false, refusal };
  return app.database.write(async (stores) => {
    const draft = await stores.drafts.find(asked.runbook, actor.name);
    if (draft === null) return refused('NOT_FOUND', 'There is no draft of yours to submit. Save the text first.', { field: 'runbook' });
    if (draft.version !== asked.version) {
      return refused('CONFLICT', 'Your draft was saved from another window meanwhile. Open it again, then submit it.', { field: 'version' });
    }
    const { runbook, problems } = await checkText(stores, draft);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (runbook === null || errors.length > 0) {
      return refused('INVALID_INPUT', 'The runbook has errors. Correct them, then submit it.', { field: 'source', problems: errors });
    }
    const denied = deny(actor, 'runbooks.edit', await subjectOf(stores, runbook.services)) ?? (await whyNoRevision(stores, draft, runbook));
    if (denied !== null) return { ok: false, refusal: denied };
    const [added] = await storeRevisions(stores, { at: app.clock(), by: actor.name }, [{ runbook, source: draft.source }]);
    if (added === undefined) throw new Error('a revision that nobody knew was known');
    await stores.drafts.discard(asked.runbook, actor.name);
    return done(added);
  });
}

async function whyNoRevision(stores: Stores, draft: Draft, runbook: Runbook): Promise<Refusal | null> {
  const latest = (await stores.runbooks.find(runbook.key))?.latest ?? null;
  if ((latest?.hash ?? null) !== draft.base) {
    const message = `Revision ${latest?.number ?? 1} was stored since you began. Compare it with your text, then take up what you need.`;
    return refused('CONFLICT', message, { field: 'base' }).refusal;
  }
  const known = await stores.runbooks.revision(revisionHash(runbook));
  if (known === null) return null;
  const message =
    known.hash === latest?.hash
      ? `Nothing that runs has changed: the text means the same as revision ${known.number}.`
      : `The text means the same as revision ${known.number}, which is stored already. A revision is made only once.`;
  return refused('BAD_STATE', message, { field: 'source' }).refusal;
}
