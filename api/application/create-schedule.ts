// Creates a schedule: from now on its runbook is drilled at the times of its rule.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import { checkScheduleInput, runbookOfSchedule, type ScheduleInput } from './schedule-input.ts';
import type { Stores } from './stores.ts';

/**
 * Takes schedules.edit for the services of the runbook; who creates it owns it unless it names another, and its owner stands as the requester
 * of its drills. The runbook need not be approved yet: an occurrence that falls due before is missed and says why.
 */
export async function createSchedule(
  app: Pick<App, 'database' | 'clock' | 'abilities'>,
  actor: Actor | null,
  input: ScheduleInput,
): Promise<Result<Schedule>> {
  const { stores } = app.database;
  const runbook = await runbookOfSchedule(stores, input.runbook);
  const denied = deny(actor, 'schedules.edit', await subjectOf(stores, runbook?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  if (runbook === null || actor === null) return refused('NOT_FOUND', `There is no runbook "${input.runbook}".`, { field: 'runbook' });
  const checked = await checkScheduleInput(app, actor, { input, runbook });
  if (!checked.ok) return checked;
  return app.database.write(async (writing) => {
    const at = app.clock();
    const id = await nextId(writing);
    const schedule: Schedule = { ...checked.value, id, isActive: true, createdAt: at, sinceAt: at, endedAt: null, version: 1 };
    await writing.schedules.create(schedule);
    await writing.history.append({ at, by: actor.name, type: 'schedule.created', subject: id, data: { ...checked.value } });
    return done(schedule);
  });
}

/** Schedules are paused and ended and never deleted, so their count names the next one. */
async function nextId(stores: Stores): Promise<string> {
  return `SC-${(await stores.schedules.list()).length + 1}`;
}
