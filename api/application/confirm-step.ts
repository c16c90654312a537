// Records what a person did or judged in a manual step.
import type { ConfirmOutcome } from '../domain/drill/journal.ts';
import { refused, type Refusal, type Result } from '../domain/errors.ts';
import { ROLES, type Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
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
  const denied = await roleMissing(app, actor, confirmation);
  if (denied !== null) return { ok: false, refusal: denied };
  const event = { type: 'step-confirmed', step: confirmation.step, outcome: confirmation.outcome, note: note.value } as const;
  return actOnDrill(app, actor, { drill: confirmation.drill, operation: 'drills.confirm', event });
}

/** An approval that names a role of Muster is given by somebody who has it; other words name a person's part, for people to heed. */
async function roleMissing(app: App, actor: Actor | null, { drill, step: id }: Confirmation): Promise<Refusal | null> {
  const step = (await app.journal.state(drill))?.plan.steps.find((one) => one.id === id);
  if (step?.kind !== 'approve') return null;
  const role = ROLES.find((known) => known === step.role);
  if (role === undefined || actor === null || actor.roles.includes(role)) return null;
  return refused('FORBIDDEN', `“${step.title}” is decided by somebody with the role ${role}, which you do not have.`).refusal;
}
