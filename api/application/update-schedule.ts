// Changes what a schedule says: the whole of it at once, by somebody who saw it as it is.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { changeSchedule } from './change-schedule.ts';
import { subjectOf } from './drill-subject.ts';
import { checkScheduleInput, runbookOfSchedule, type ScheduleInput } from './schedule-input.ts';

export interface ScheduleUpdate {
  readonly id: string;
  /** The one that the person saw. */
  readonly version: number;
  readonly input: ScheduleInput;
}

/** Takes schedules.edit for the services of the runbook that it has, and of the one that it gets. */
export async function updateSchedule(
  app: Pick<App, 'database' | 'clock' | 'abilities'>,
  actor: Actor | null,
  { id, version, input }: ScheduleUpdate,
): Promise<Result<Schedule>> {
  const { stores } = app.database;
  const runbook = await runbookOfSchedule(stores, input.runbook);
  const denied = deny(actor, 'schedules.edit', await subjectOf(stores, runbook?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  if (runbook === null || actor === null) return refused('NOT_FOUND', `There is no runbook "${input.runbook}".`, { field: 'runbook' });
  const current = await stores.schedules.find(id);
  const checked = await checkScheduleInput(app, actor, { input: { ...input, owner: input.owner ?? current?.owner ?? null }, runbook });
  if (!checked.ok) return checked;
  return changeSchedule(app, actor, {
    id,
    version,
    change: (schedule) => (schedule.endedAt === null ? done(checked.value) : refused('BAD_STATE', `${id} has ended. Create a new schedule.`)),
    event: { type: 'schedule.changed', data: { ...checked.value } },
  });
}
