// Pauses a schedule, or lets it go on; or ends it for good.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { Actor } from './access.ts';
import type { App } from './app.ts';
import { changeSchedule } from './change-schedule.ts';
import { requireText } from './required-text.ts';

type ChangingApp = Pick<App, 'database' | 'clock'>;

/** Takes schedules.edit for the services of the runbook. Due times that pass while it is paused are not missed. Setting what is set changes nothing. */
export async function setScheduleActive(
  app: ChangingApp,
  actor: Actor | null,
  { id, isActive }: { readonly id: string; readonly isActive: boolean },
): Promise<Result<Schedule>> {
  return changeSchedule(app, actor, {
    id,
    version: null,
    change: (schedule) => {
      if (schedule.isActive === isActive) return done(null);
      return schedule.endedAt === null ? done({ isActive }) : refused('BAD_STATE', `${id} has ended. Create a new schedule.`);
    },
    event: { type: isActive ? 'schedule.resumed' : 'schedule.paused', data: {} },
  });
}

/** It starts nothing any more and is not resumed; what it did stays. Ending what has ended changes nothing. */
export async function endSchedule(
  app: ChangingApp,
  actor: Actor | null,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Result<Schedule>> {
  const why = requireText(reason, 'reason');
  return changeSchedule(app, actor, {
    id,
    version: null,
    change: (schedule) => {
      if (!why.ok) return why;
      return done(schedule.endedAt === null ? { isActive: false, endedAt: app.clock() } : null);
    },
    event: { type: 'schedule.ended', data: { reason: why.ok ? why.value : '' } },
  });
}
