// Handles what has fallen due: each due time becomes a drill or is missed, once, whoever looks and however often.
import { decideOccurrence } from '../domain/schedule/occurrence.ts';
import { dueTimes } from '../domain/schedule/due-times.ts';
import { startOf } from '../domain/schedule/jitter.ts';
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import { formatDuration } from '../domain/duration.ts';
import type { App } from './app.ts';
import { planOccurrence } from './plan-occurrence.ts';
import { lateReason, runPlanned, type Outcome } from './run-planned.ts';
import { ScheduleView } from './schedule-view.ts';
import { missUnclaimed, settleLeftOver } from './settle-occurrence.ts';
import { hindranceOf, type Hindrance } from './start-gate.ts';
import type { Stores } from './stores.ts';

export interface ScanReport {
  /** Ids of the drills that were started. */
  readonly drills: readonly string[];
  /** How many due times were missed: when there are any, readiness has changed. */
  readonly missed: number;
  /** Schedules that could not be handled; the next scan tries them again. */
  readonly failures: readonly { readonly schedule: string; readonly error: unknown }[];
}

/**
 * Scans every schedule. Only the newest due time may start, and only within its grace: older ones are missed, a backlog is never replayed. Safe to run
 * at any time and side by side, also in several processes: a due time belongs to whoever stores its row, and its drill is stored with it.
 */
export async function runDueOccurrences(app: App, view: ScheduleView = new ScheduleView(app)): Promise<ScanReport> {
  const { stores } = app.database;
  const planned = Map.groupBy(await stores.schedules.inState('planned'), ({ schedule }) => schedule);
  const leftOver = Map.groupBy(await stores.schedules.inState('due'), ({ schedule }) => schedule);
  const drills: string[] = [];
  const failures: { schedule: string; error: unknown }[] = [];
  let missed = 0;
  for (const schedule of await stores.schedules.list()) {
    try {
      for (const row of leftOver.get(schedule.id) ?? []) missed += await settleLeftOver(app, schedule, row);
      for (const outcome of await runSchedule(app, view, { schedule, rows: planned.get(schedule.id) ?? [] })) {
        missed += outcome.missed;
        if (outcome.drill !== null) drills.push(outcome.drill);
      }
    } catch (error) {
      failures.push({ schedule: schedule.id, error });
    }
  }
  return { drills, missed, failures };
}

async function runSchedule(
  app: App,
  view: ScheduleView,
  { schedule, rows }: { schedule: Schedule; rows: readonly Occurrence[] },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of rows) outcomes.push(await runPlanned(app, view, { schedule, row, isFresh: false }));
  if (schedule.isActive) outcomes.push(await runDue(app, view, schedule));
  return outcomes;
}

async function runDue(app: App, view: ScheduleView, schedule: Schedule): Promise<Outcome> {
  const now = app.clock();
  const due = await dueSinceLast(app.database.stores, schedule, now);
  const newest = due.at(-1);
  if (newest === undefined) return { drill: null, missed: 0 };
  const isInTime = decideOccurrence({ dueAt: startOf(schedule, newest), now, graceMs: schedule.graceMs }) === 'start';
  const late = isInTime ? due.slice(0, -1) : due;
  const missed = await missUnclaimed(app, schedule, { dueAts: late, why: (dueAt) => tooLate(schedule, now - startOf(schedule, dueAt)) });
  if (!isInTime) return { drill: null, missed };
  const outcome = await makeAndStart(app, view, { schedule, dueAt: newest });
  return { drill: outcome.drill, missed: missed + outcome.missed };
}

async function makeAndStart(app: App, view: ScheduleView, { schedule, dueAt }: { schedule: Schedule; dueAt: number }): Promise<Outcome> {
  const { stores } = app.database;
  const question = { schedule, startAt: startOf(schedule, dueAt), footprint: await view.footprint(schedule), own: null };
  const resolved = await view.plan(schedule);
  const hindrance =
    (await hindranceOf(stores, view, question)) ?? (resolved.ok ? null : ({ cause: 'refused', reason: resolved.refusal.message } as const));
  if (hindrance !== null || !resolved.ok) {
    const why = hindrance ?? { cause: 'refused', reason: 'No plan could be made.' };
    return { drill: null, missed: await missUnclaimed(app, schedule, { dueAts: [dueAt], why: () => why }) };
  }
  const drill = await planOccurrence(app, schedule, { dueAt, resolved: resolved.value });
  if (drill === null) return { drill: null, missed: 0 };
  const row: Occurrence = { schedule: schedule.id, dueAt, state: 'planned', drill: drill.id, cause: null, reason: null };
  return runPlanned(app, view, { schedule, row, isFresh: true });
}

/**
 * Due times that have no row yet and whose start has come, jitter included. Nothing after one whose start has not: rows are made in order, so that
 * the newest one is where to go on.
 */
async function dueSinceLast(stores: Stores, schedule: Schedule, now: number): Promise<readonly number[]> {
  const lastAt = await stores.schedules.lastDueAt(schedule.id);
  const sinceAt = Math.max(schedule.sinceAt, lastAt ?? schedule.sinceAt);
  const due = dueTimes(schedule, sinceAt, { untilAt: now });
  if (due.length === 0) return [];
  const planned = new Set((await stores.schedules.inState('planned')).flatMap((row) => (row.schedule === schedule.id ? [row.dueAt] : [])));
  const waiting = due.findIndex((dueAt) => startOf(schedule, dueAt) > now);
  return (waiting < 0 ? due : due.slice(0, waiting)).filter((dueAt) => !planned.has(dueAt));
}

function tooLate(schedule: Schedule, lateMs: number): Hindrance {
  if (lateMs > schedule.graceMs) return { cause: 'late', reason: lateReason(schedule, lateMs) };
  const reason = `Muster could not look until ${formatDuration(lateMs)} after the due time, and by then the next one was due. Only the newest is started.`;
  return { cause: 'superseded', reason };
}
