// Aborts a drill in one of three forms: stop now, finish what runs, or undo what was done.
import type { AbortForm, Asked } from '../domain/drill/journal.ts';
import { refused, type Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

export interface AbortRequest {
  readonly drill: string;
  /** What the person typed to say which drill is meant. */
  readonly typedId: string;
  readonly form: AbortForm;
  readonly reason: string;
  readonly asked?: Asked | null;
}

export async function abortDrill(app: App, actor: Actor | null, request: AbortRequest): Promise<Result<DrillRecord>> {
  if (request.typedId.trim().toUpperCase() !== request.drill) {
    return refused(
      'INVALID_INPUT',
      `You typed "${request.typedId}", and this is ${request.drill}. Type the id of the drill that you mean to abort.`,
      { field: 'typedId' },
    );
  }
  const reason = requireText(request.reason, 'reason');
  if (!reason.ok) return reason;
  const event = { type: 'abort-requested', form: request.form, reason: reason.value } as const;
  return actOnDrill(app, actor, { drill: request.drill, operation: 'drills.abort', event, asked: request.asked });
}
