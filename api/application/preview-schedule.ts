// Shows when a schedule that is being entered would fall due, or what is wrong with it. Stores nothing.
import { done, refused, type Result } from '../domain/errors.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import { nextDue, type NextDue } from './next-due.ts';
import { checkScheduleInput, runbookOfSchedule, type ScheduleInput } from './schedule-input.ts';
import type { ScheduleView } from './schedule-view.ts';

/** Takes schedules.edit for the services of the runbook. The jitter is shown for the schedule that it will be only once it is stored. */
export async function previewSchedule(
  app: Pick<App, 'database' | 'clock' | 'abilities'>,
  actor: Actor | null,
  { input, view, count }: { readonly input: ScheduleInput; readonly view: ScheduleView; readonly count: number },
): Promise<Result<readonly NextDue[]>> {
  const { stores } = app.database;
  const runbook = await runbookOfSchedule(stores, input.runbook);
  const denied = deny(actor, 'schedules.edit', await subjectOf(stores, runbook?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  if (runbook === null || actor === null) return refused('NOT_FOUND', `There is no runbook "${input.runbook}".`, { field: 'runbook' });
  // A name is asked for last; the times are looked at while it is still missing.
  const checked = await checkScheduleInput(app, actor, {
    input: { ...input, title: input.title.trim() === '' ? input.runbook : input.title },
    runbook,
  });
  if (!checked.ok) return checked;
  return done(await nextDue(view, { ...checked.value, id: '', jitterMs: 0 }, { now: app.clock(), count }));
}
