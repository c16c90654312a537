// Pauses a schedule, or lets it go on.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import type { Stores } from './stores.ts';

const RESUMED = 'schedule.resumed';
/** What is recorded of a schedule after it was resumed are its occurrences; within so many events it is found, or it no longer matters. */
const EVENTS_LOOKED_AT = 50;

/** Takes schedules.edit for the services of the runbook. Due times that pass while it is paused are not missed. Setting what is set changes nothing. */
export async function setScheduleActive(
  app: Pick<App, 'database' | 'clock'>,
  actor: Actor | null,
  wanted: { readonly id: string; readonly isActive: boolean },
): Promise<Result<Schedule>> {
  const { stores } = app.database;
  const schedule = await stores.schedules.find(wanted.id);
  const runbook = schedule === null ? null : await stores.runbooks.find(schedule.runbook);
  const denied = deny(actor, 'schedules.edit', await subjectOf(stores, (runbook?.approved ?? runbook?.latest)?.runbook.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  return app.database.write(async (writing) => {
    const current = await writing.schedules.find(wanted.id);
    if (current === null || actor === null) return refused('NOT_FOUND', `There is no schedule ${wanted.id}.`, { field: 'id' });
    if (current.isActive === wanted.isActive) return done(current);
    const changed = { ...current, isActive: wanted.isActive };
    await writing.schedules.update(changed);
    const type = wanted.isActive ? RESUMED : 'schedule.paused';
    await writing.history.append({ at: app.clock(), by: actor.name, type, subject: current.id, data: {} });
    return done(changed);
  });
}

/** When the schedule was last resumed; null when it was not, or when so much happened since that it no longer matters. */
export async function lastResumedAt(stores: Stores, schedule: string): Promise<number | null> {
  const events = await stores.history.about(schedule, EVENTS_LOOKED_AT);
  return events.find((event) => event.type === RESUMED)?.at ?? null;
}
