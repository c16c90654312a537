// Words that people leave in the record of a drill: a comment, or the acceptance of what was not put back.
import type { Asked } from '../domain/drill/journal.ts';
import type { Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

interface Comment {
  readonly drill: string;
  /** Null for one about the drill as a whole. */
  readonly step?: string | null | undefined;
  readonly text: string;
  readonly asked?: Asked | null;
}

export async function commentDrill(app: App, actor: Actor | null, comment: Comment): Promise<Result<DrillRecord>> {
  const text = requireText(comment.text, 'comment');
  if (!text.ok) return text;
  const { drill, step, asked } = comment;
  const event = step == null ? ({ type: 'commented', text: text.value } as const) : ({ type: 'step-commented', step, text: text.value } as const);
  return actOnDrill(app, actor, { drill, asked, operation: 'drills.comment', event });
}

/** The drill stays in history as it was; it no longer counts as unclean. */
export async function acceptUnclean(
  app: App,
  actor: Actor | null,
  acceptance: { drill: string; reason: string; asked?: Asked | null },
): Promise<Result<DrillRecord>> {
  const reason = requireText(acceptance.reason, 'reason');
  if (!reason.ok) return reason;
  return actOnDrill(app, actor, { ...acceptance, operation: 'drills.control', event: { type: 'undo-accepted', reason: reason.value } });
}
