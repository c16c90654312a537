// Asks ahead for drills that people have to approve, so that they have time to.
import { dueTimes } from '../domain/schedule/due-times.ts';
import { startOf } from '../domain/schedule/jitter.ts';
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import type { App } from './app.ts';
import { planAnew, planOccurrence } from './plan-occurrence.ts';
import type { ScheduleView } from './schedule-view.ts';

/**
 * Plans the next due time of each schedule that is near enough and needs approval, one for each schedule. Gives the ids of the drills that it asked
 * for. What cannot be planned, or falls into a freeze, is left alone: the preflight tells of it.
 */
export async function planAhead(app: App, view: ScheduleView): Promise<readonly string[]> {
  const { stores } = app.database;
  const planned = new Map((await stores.schedules.inState('planned')).map((row) => [row.schedule, row]));
  const drills: string[] = [];
  for (const schedule of await stores.schedules.list()) {
    if (!schedule.isActive || !changesAnything(schedule)) continue;
    const drill = await planNext(app, view, { schedule, row: planned.get(schedule.id) ?? null });
    if (drill !== null) drills.push(drill);
  }
  return drills;
}

export function changesAnything({ mode }: Pick<Schedule, 'mode'>): boolean {
  return mode === 'rehearsal' || mode === 'failover';
}

async function planNext(app: App, view: ScheduleView, { schedule, row }: { schedule: Schedule; row: Occurrence | null }): Promise<string | null> {
  const now = app.clock();
  if (row !== null) return planExpiredAnew(app, view, { schedule, row, now });
  const [dueAt] = dueTimes(schedule, now, { count: 1 });
  if (dueAt === undefined || startOf(schedule, dueAt) - now > schedule.leadMs) return null;
  // A clock that went back: its row was written before.
  if ((await app.database.stores.schedules.occurrence(schedule.id, dueAt)) !== null) return null;
  const resolved = await view.plan(schedule);
  if (!resolved.ok || resolved.value.approvalsNeeded === 0) return null;
  const closings = await view.closedBy(await view.footprintOfPlan(resolved.value.plan), startOf(schedule, dueAt));
  if (closings.length > 0) return null;
  return (await planOccurrence(app, schedule, { dueAt, resolved: resolved.value }))?.id ?? null;
}

/** Its plan was out of date, so it expired before its time: people approve the new one. */
async function planExpiredAnew(
  app: App,
  view: ScheduleView,
  { schedule, row, now }: { schedule: Schedule; row: Occurrence; now: number },
): Promise<string | null> {
  if (row.drill === null || now >= startOf(schedule, row.dueAt)) return null;
  const drill = await app.database.stores.drills.find(row.drill);
  if (drill?.state !== 'expired') return null;
  const resolved = await view.plan(schedule);
  if (!resolved.ok) return null;
  const made = await planAnew(app, schedule, { dueAt: row.dueAt, expired: drill.id, resolved: resolved.value });
  return made.ok ? made.value.id : null;
}
