// The one way in which a person changes a schedule: may they, did they see it as it is, and what becomes of a due time that has just passed.
import { done, refused, type Result } from '../domain/errors.ts';
import { dueTimes } from '../domain/schedule/due-times.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import { recordMissed } from './record-missed.ts';
import { runbookOfSchedule } from './schedule-input.ts';
import type { HistoryEvent, Stores } from './stores.ts';

export interface ScheduleChange {
  readonly id: string;
  /** Null where it does not matter what the person saw. */
  readonly version: number | null;
  /** What it becomes; null when it is so already. Takes effect now: due times count from here on. */
  readonly change: (schedule: Schedule) => Result<Partial<Schedule> | null>;
  readonly event: { readonly type: string; readonly data: HistoryEvent['data'] };
}

type ChangingApp = Pick<App, 'database' | 'clock'>;

/** Takes schedules.edit for the services of the runbook. */
export async function changeSchedule(app: ChangingApp, actor: Actor | null, wanted: ScheduleChange): Promise<Result<Schedule>> {
  const { stores } = app.database;
  const seen = await stores.schedules.find(wanted.id);
  const runbook = seen === null ? null : await runbookOfSchedule(stores, seen.runbook);
  const denied = deny(actor, 'schedules.edit', await subjectOf(stores, runbook?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  return app.database.write(async (writing) => {
    const at = app.clock();
    const current = await writing.schedules.find(wanted.id);
    if (current === null || actor === null) return refused('NOT_FOUND', `There is no schedule ${wanted.id}.`, { field: 'id' });
    const outdated = await changedMeanwhile(writing, current, wanted.version);
    if (outdated !== null) return outdated;
    const change = wanted.change(current);
    if (!change.ok) return change;
    if (change.value === null) return done(current);
    await letGo(writing, current, at);
    const changed: Schedule = { ...current, ...change.value, sinceAt: Math.max(at, current.sinceAt), version: current.version + 1 };
    await writing.schedules.update(changed);
    await writing.history.append({ at, by: actor.name, ...wanted.event, subject: current.id });
    return done(changed);
  });
}

async function changedMeanwhile(stores: Stores, current: Schedule, version: number | null): Promise<ReturnType<typeof refused> | null> {
  if (version === null || version === current.version) return null;
  const [last] = await stores.history.about(current.id, 1);
  const who = last?.by === null || last?.by === undefined ? '' : ` by ${last.by}`;
  return refused('CONFLICT', `${current.id} was changed${who} while you had it open. Load it again, then make your change.`, { field: 'version' });
}

/** A due time that has passed and that nobody looked at yet is not of the changed schedule: it is written down, so that none is lost. */
async function letGo(stores: Stores, schedule: Schedule, at: number): Promise<void> {
  if (!schedule.isActive) return;
  const sinceAt = Math.max(schedule.sinceAt, (await stores.schedules.lastDueAt(schedule.id)) ?? schedule.sinceAt);
  const reason = 'The schedule was changed in the moment in which it fell due.';
  for (const dueAt of dueTimes(schedule, sinceAt, { untilAt: at })) {
    const missed = { schedule: schedule.id, dueAt, state: 'missed', drill: null, cause: 'changed', reason } as const;
    if (await stores.schedules.claim(missed)) await recordMissed(stores, schedule, { missed: [missed], at });
  }
}
