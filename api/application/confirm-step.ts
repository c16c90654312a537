// Records what a person did or judged in a manual step.
import type { ConfirmOutcome } from '../domain/drill/journal.ts';
import { refused, type Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { roleMissing } from './may-answer-step.ts';
import { optionalText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

export interface Confirmation {
  readonly drill: string;
  readonly step: string;
  readonly outcome: ConfirmOutcome;
  readonly note?: string | null | undefined;
}

/** A failed confirmation needs a note: it becomes the reason why the step failed. */
export async function confirmStep(app: App, actor: Actor | null, confirmation: Confirmation): Promise<Result<DrillRecord>> {
  const note = optionalText(confirmation.note, 'note');
  if (!note.ok) return note;
  if (confirmation.outcome === 'failed' && note.value === null) {
    return refused('INVALID_INPUT', 'Say what went wrong: it becomes the reason why the step failed.', { field: 'note' });
  }
  const asked = (await app.journal.state(confirmation.drill))?.plan.steps.find((step) => step.id === confirmation.step);
  const denied = asked === undefined ? null : roleMissing(asked, actor);
  if (denied !== null) return { ok: false, refusal: denied };
  const event = { type: 'step-confirmed', step: confirmation.step, outcome: confirmation.outcome, note: note.value } as const;
  return actOnDrill(app, actor, { drill: confirmation.drill, operation: 'drills.confirm', event });
}
