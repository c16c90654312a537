// Changes and ends freezes and blackout calendars: by those who may, of what they saw, with an event.
import { done, refused, type Result } from '../domain/errors.ts';
import type { BlackoutCalendar, Freeze } from '../domain/schedule/closing.ts';
import type { Actor } from './access.ts';
import type { App } from './app.ts';
import { denyClosing } from './closing-input.ts';
import { requireText } from './required-text.ts';
import type { ClosingStore } from './schedule-stores.ts';
import type { HistoryEvent, Stores } from './stores.ts';

type ClosingApp = Pick<App, 'database' | 'clock'>;

interface Kept<T> {
  /** First word of its events, and what it is called. */
  readonly kind: 'freeze' | 'blackout';
  readonly storeOf: (stores: Stores) => ClosingStore<T>;
  readonly id: string;
}

type Decide<T> = (current: T) => Result<{ readonly next: T; readonly event: Pick<HistoryEvent, 'type' | 'data'> } | null>;

export type Replacing<T> = Kept<T> & { readonly version: number; readonly change: Partial<T>; readonly told: HistoryEvent['data'] };

/** Whether the person may set what it becomes has been asked; what it was is asked here. */
export async function replaceClosing<T extends Freeze | BlackoutCalendar>(
  app: ClosingApp,
  actor: Actor | null,
  wanted: Replacing<T>,
): Promise<Result<T>> {
  const decide: Decide<T> = (current) => {
    if (current.endedAt !== null) return refused('BAD_STATE', `${wanted.id} has ended. Create a new one.`);
    if (current.version !== wanted.version) {
      return refused('CONFLICT', `${wanted.id} was changed while you had it open. Load it again, then make your change.`, { field: 'version' });
    }
    return done({
      next: { ...current, ...wanted.change, version: current.version + 1 },
      event: { type: `${wanted.kind}.changed`, data: wanted.told },
    });
  };
  return inTurn(app, actor, { ...wanted, decide });
}

/** Ending what has ended changes nothing. */
export async function endClosing<T extends Freeze | BlackoutCalendar>(
  app: ClosingApp,
  actor: Actor | null,
  wanted: Kept<T> & { readonly reason: string },
): Promise<Result<T>> {
  const reason = requireText(wanted.reason, 'reason');
  const decide: Decide<T> = (current) => {
    if (!reason.ok) return reason;
    if (current.endedAt !== null) return done(null);
    const next = { ...current, endedAt: app.clock(), version: current.version + 1 };
    return done({ next, event: { type: `${wanted.kind}.ended`, data: { reason: reason.value } } });
  };
  return inTurn(app, actor, { ...wanted, decide });
}

async function inTurn<T extends Freeze | BlackoutCalendar>(
  app: ClosingApp,
  actor: Actor | null,
  { storeOf, id, decide }: Pick<Kept<T>, 'storeOf' | 'id'> & { readonly decide: Decide<T> },
): Promise<Result<T>> {
  const seen = await storeOf(app.database.stores).find(id);
  const denied = await denyClosing(app.database.stores, actor, [seen?.scope ?? EVERYTHING]);
  if (denied !== null) return { ok: false, refusal: denied };
  return app.database.write(async (writing) => {
    const current = await storeOf(writing).find(id);
    if (current === null || actor === null) return refused('NOT_FOUND', `There is no ${id}. Load the list again.`, { field: 'id' });
    const decided = decide(current);
    if (!decided.ok) return decided;
    if (decided.value === null) return done(current);
    await storeOf(writing).update(decided.value.next);
    await writing.history.append({ at: app.clock(), by: actor.name, ...decided.value.event, subject: id });
    return done(decided.value.next);
  });
}

/** Of what is not there nobody but those who may do all is told so. */
const EVERYTHING = { isEverything: true, services: [], sites: [], lenses: [], hostLabels: [] } as const;
