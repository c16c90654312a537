// The one way in which a person's act reaches a drill: may they, does the reducer take it, then the engine is woken.
import type { Asked, DrillEvent } from '../domain/drill/journal.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import { deny, type Actor, type Operation } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import type { DrillRecord } from './stores.ts';

/** Long enough to be told apart, short enough to be kept with each act. */
const REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/;

export interface DrillAct {
  readonly drill: string;
  readonly operation: Operation;
  readonly event: DrillEvent;
  readonly asked?: Asked | null | undefined;
  /** A further condition on the drill as it stands; a refusal ends the act. */
  readonly unless?: (drill: DrillRecord) => Result<null>;
}

/** Gives the drill as it stands after the act. */
export async function actOnDrill(app: App, actor: Actor | null, act: DrillAct): Promise<Result<DrillRecord>> {
  const found = await findDrill(app, actor, { drill: act.drill, operation: act.operation });
  if (!found.ok) return found;
  const allowed = act.unless?.(found.value) ?? done(null);
  if (!allowed.ok) return allowed;
  const asked = checkAsked(act.asked ?? null);
  if (!asked.ok) return asked;
  const event = asked.value === null ? act.event : { ...act.event, asked: asked.value };
  const recorded = await app.journal.record(act.drill, actor?.name ?? null, event);
  if (!recorded.ok) return recorded;
  app.engine.wake(act.drill);
  const after = await app.database.stores.drills.find(act.drill);
  return after === null ? noSuchDrill(act.drill) : done(after);
}

/** The drill, when the actor may do this to it. */
export async function findDrill(app: App, actor: Actor | null, wanted: { drill: string; operation: Operation }): Promise<Result<DrillRecord>> {
  const { stores } = app.database;
  const drill = await stores.drills.find(wanted.drill);
  const denied = deny(actor, wanted.operation, drill === null ? undefined : await subjectOf(stores, drill.services));
  if (denied !== null) return { ok: false, refusal: denied };
  return drill === null ? noSuchDrill(wanted.drill) : done(drill);
}

function checkAsked(asked: Asked | null): Result<Asked | null> {
  if (asked === null) return done(null);
  if (asked.id !== null && !REQUEST_ID.test(asked.id)) {
    return refused('INVALID_INPUT', 'The id of a request is 8 to 64 letters, digits and hyphens. Make a new one for each request.', {
      field: 'asked.id',
    });
  }
  if (asked.basedOn === null || asked.basedOn > 0) return done(asked);
  return refused('INVALID_INPUT', 'The journal of a drill begins with entry 1. Name the last entry that you have seen.', { field: 'asked.basedOn' });
}

function noSuchDrill(id: string): ReturnType<typeof refused> {
  return refused('NOT_FOUND', `There is no drill ${id}. Look it up in the list of drills.`, { field: 'id' });
}
