// What became of a due time, when it was no drill or when nobody wrote down which.
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import type { App } from './app.ts';
import type { Stores } from './stores.ts';

/** Starting a drill takes seconds; an occurrence that is still open so long after its grace was left by a process that ended. */
const LEFT_OVER_AFTER_MS = 60_000;
/** Occurrences and drills looked at, newest first: what is older was settled by an earlier scan. */
const LATEST = 20;

/** In the transaction of the row itself. */
export async function recordMissed(stores: Stores, missed: Pick<Occurrence, 'schedule' | 'dueAt' | 'reason'>, at: number): Promise<void> {
  const data = { dueAt: missed.dueAt, reason: missed.reason };
  await stores.history.append({ at, by: null, type: 'schedule.missed', subject: missed.schedule, data });
}

/**
 * Settles occurrences that were claimed and never settled, because the process ended in between: started when their drill is there, missed when it is not.
 * Gives how many were missed.
 */
export async function settleLeftOver(app: Pick<App, 'database' | 'clock'>, schedule: Schedule): Promise<number> {
  if ((await leftOver(app.database.stores, schedule, app.clock())).length === 0) return 0;
  return app.database.write(async (stores) => {
    const at = app.clock();
    let missed = 0;
    // Looked up again: another process may have been quicker.
    for (const { dueAt } of await leftOver(stores, schedule, at)) missed += await settleOne(stores, schedule, { dueAt, at });
    return missed;
  });
}

async function leftOver(stores: Stores, schedule: Schedule, now: number): Promise<readonly Occurrence[]> {
  const latest = await stores.schedules.occurrences(schedule.id, LATEST);
  return latest.filter(({ state, dueAt }) => state === 'due' && now > dueAt + schedule.graceMs + LEFT_OVER_AFTER_MS);
}

async function settleOne(stores: Stores, schedule: Schedule, { dueAt, at }: { dueAt: number; at: number }): Promise<0 | 1> {
  const drill = await drillOf(stores, schedule, dueAt);
  if (drill !== null) {
    await stores.schedules.settle(schedule.id, dueAt, { state: 'started', drill, reason: null });
    return 0;
  }
  const reason = 'Muster ended while it was starting the drill, and nothing is started later by itself.';
  await stores.schedules.settle(schedule.id, dueAt, { state: 'missed', drill: null, reason });
  await recordMissed(stores, { schedule: schedule.id, dueAt, reason }, at);
  return 1;
}

async function drillOf(stores: Stores, schedule: Schedule, dueAt: number): Promise<string | null> {
  const page = await stores.drills.page({ services: null, runbook: schedule.runbook, states: null, first: LATEST, after: null });
  return page.rows.find((drill) => drill.schedule === schedule.id && drill.dueAt === dueAt)?.id ?? null;
}
