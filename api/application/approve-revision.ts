// Approves a revision of a runbook: only an approved one may be drilled.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';

/** Refuses the author's own approval. Approving twice changes nothing. */
export async function approveRevision(app: App, actor: Actor | null, hash: string): Promise<Result<Revision>> {
  const { stores } = app.database;
  const revision = await stores.runbooks.revision(hash);
  const refusal = await whyNotApprove(app, actor, revision);
  if (refusal !== null) return refusal;
  if (revision === null || actor === null) return refused('NOT_FOUND', `There is no revision ${hash}.`, { field: 'hash' });
  if (revision.approvedAt !== null) return done(revision);
  const at = app.clock();
  await app.database.write(async (writing) => {
    await writing.runbooks.approve(hash, at, actor.name);
    await writing.history.append({
      at,
      by: actor.name,
      type: 'revision.approved',
      subject: revision.runbook.key,
      data: { hash, number: revision.number },
    });
  });
  return done({ ...revision, approvedAt: at, approvedBy: actor.name });
}

/** Null when the actor may approve it. */
export async function whyNotApprove(app: App, actor: Actor | null, revision: Revision | null): Promise<ReturnType<typeof refused> | null> {
  const subject = revision === null ? undefined : await subjectOf(app.database.stores, revision.runbook.services);
  const denied = deny(actor, 'runbooks.approve', subject);
  if (denied !== null) return { ok: false, refusal: denied };
  if (revision !== null && revision.createdBy === actor?.name) {
    return refused('FORBIDDEN', `You wrote revision ${revision.number} of ${revision.runbook.key}, so somebody else approves it.`);
  }
  return null;
}
