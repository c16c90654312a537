// Handles what has fallen due: each due time becomes a drill or is missed, once, whoever looks and however often.
import type { Result } from '../domain/errors.ts';
import { decideOccurrence } from '../domain/schedule/occurrence.ts';
import { dueTimes } from '../domain/schedule/due-times.ts';
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import { formatDuration } from '../domain/duration.ts';
import type { App } from './app.ts';
import { lastResumedAt } from './set-schedule-active.ts';
import { recordMissed, settleLeftOver } from './settle-occurrence.ts';
import type { DrillRecord, Stores } from './stores.ts';

export type ScheduleApp = Pick<App, 'database' | 'clock'>;

/** Asks for the drill of a schedule that is due, and starts it when nobody has to approve it. */
export type StartScheduled = (schedule: Schedule, dueAt: number) => Promise<Result<DrillRecord>>;

export interface ScanReport {
  /** Ids of the drills that came of it. */
  readonly drills: readonly string[];
  /** How many due times were missed: when there are any, readiness has changed. */
  readonly missed: number;
  /** Schedules that could not be handled; the next scan tries them again. */
  readonly failures: readonly { readonly schedule: string; readonly error: unknown }[];
}

/** So that a long backlog does not hold the database in one piece. */
const CLAIMS_AT_ONCE = 100;

/**
 * Scans every schedule. Only the newest due time may start, and only within its grace: older ones are missed, a backlog is never replayed. Safe to run
 * at any time and side by side, also in several processes: a due time belongs to whoever stores its row.
 */
export async function runDueOccurrences(app: ScheduleApp, startScheduled: StartScheduled): Promise<ScanReport> {
  const drills: string[] = [];
  const failures: { schedule: string; error: unknown }[] = [];
  let missed = 0;
  for (const schedule of await app.database.stores.schedules.list()) {
    try {
      missed += await settleLeftOver(app, schedule);
      const outcome = schedule.isActive ? await runSchedule(app, schedule, startScheduled) : { drill: null, missed: 0 };
      missed += outcome.missed;
      if (outcome.drill !== null) drills.push(outcome.drill);
    } catch (error) {
      failures.push({ schedule: schedule.id, error });
    }
  }
  return { drills, missed, failures };
}

async function runSchedule(app: ScheduleApp, schedule: Schedule, startScheduled: StartScheduled): Promise<{ drill: string | null; missed: number }> {
  const now = app.clock();
  const due = await dueSinceLast(app.database.stores, schedule, now);
  const newest = due.at(-1);
  if (newest === undefined) return { drill: null, missed: 0 };
  const isInTime = decideOccurrence({ dueAt: newest, now, graceMs: schedule.graceMs }) === 'start';
  const late = isInTime ? due.slice(0, -1) : due;
  const missed = await missAll(app, schedule, late);
  if (!isInTime) return { drill: null, missed };

  const claim = { schedule: schedule.id, dueAt: newest, state: 'due', drill: null, reason: null } as const;
  if (!(await app.database.write((stores) => stores.schedules.claim(claim)))) return { drill: null, missed };
  // What throws here leaves the row as due: nobody knows whether there is a drill, and settleLeftOver finds out.
  const started = await startScheduled(schedule, newest);
  if (started.ok) {
    await app.database.write((stores) => stores.schedules.settle(schedule.id, newest, { state: 'started', drill: started.value.id, reason: null }));
    return { drill: started.value.id, missed };
  }
  const reason = started.refusal.message;
  await app.database.write(async (stores) => {
    await stores.schedules.settle(schedule.id, newest, { state: 'missed', drill: null, reason });
    await recordMissed(stores, { schedule: schedule.id, dueAt: newest, reason }, app.clock());
  });
  return { drill: null, missed: missed + 1 };
}

/** Due times that have no row yet. When the schedule was resumed is looked up only if something seems due, which is rare. */
async function dueSinceLast(stores: Stores, schedule: Schedule, now: number): Promise<readonly number[]> {
  const sinceAt = (await stores.schedules.lastDueAt(schedule.id)) ?? schedule.createdAt;
  if (dueTimes(schedule, sinceAt, { count: 1 }).every((at) => at > now)) return [];
  const resumedAt = await lastResumedAt(stores, schedule.id);
  return dueTimes(schedule, Math.max(sinceAt, resumedAt ?? sinceAt), { untilAt: now });
}

async function missAll(app: ScheduleApp, schedule: Schedule, dueAts: readonly number[]): Promise<number> {
  let missed = 0;
  for (let start = 0; start < dueAts.length; start += CLAIMS_AT_ONCE) {
    const claims = dueAts.slice(start, start + CLAIMS_AT_ONCE);
    missed += await app.database.write((stores) => missThese(stores, schedule, { dueAts: claims, now: app.clock() }));
  }
  return missed;
}

async function missThese(stores: Stores, schedule: Schedule, { dueAts, now }: { dueAts: readonly number[]; now: number }): Promise<number> {
  let missed = 0;
  for (const dueAt of dueAts) {
    const occurrence: Occurrence = { schedule: schedule.id, dueAt, state: 'missed', drill: null, reason: lateReason(schedule, now - dueAt) };
    if (!(await stores.schedules.claim(occurrence))) continue;
    await recordMissed(stores, occurrence, now);
    missed += 1;
  }
  return missed;
}

function lateReason({ graceMs }: Schedule, lateMs: number): string {
  const late = `Muster could not look until ${formatDuration(lateMs)} after the due time`;
  if (lateMs > graceMs) return `${late}, and at most ${formatDuration(graceMs)} is allowed. Nothing is started later by itself.`;
  return `${late}, and by then the next one was due. Only the newest is started.`;
}
