// Words that people leave in the record of a drill: a comment, or the acceptance of what was not put back.
import type { Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

export async function commentDrill(app: App, actor: Actor | null, comment: { drill: string; text: string }): Promise<Result<DrillRecord>> {
  const text = requireText(comment.text, 'comment');
  if (!text.ok) return text;
  return actOnDrill(app, actor, { drill: comment.drill, operation: 'drills.comment', event: { type: 'commented', text: text.value } });
}

/** The drill stays in history as it was; it no longer counts as unclean. */
export async function acceptUnclean(app: App, actor: Actor | null, acceptance: { drill: string; reason: string }): Promise<Result<DrillRecord>> {
  const reason = requireText(acceptance.reason, 'reason');
  if (!reason.ok) return reason;
  return actOnDrill(app, actor, { drill: acceptance.drill, operation: 'drills.control', event: { type: 'undo-accepted', reason: reason.value } });
}
