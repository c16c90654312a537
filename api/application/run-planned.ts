// What becomes of a due time whose drill is there: it starts in its time and with its approvals, or it is missed.
import { formatDuration } from '../domain/duration.ts';
import { isDueAt } from '../domain/schedule/due-times.ts';
import { startOf } from '../domain/schedule/jitter.ts';
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import type { App } from './app.ts';
import type { ScheduleView } from './schedule-view.ts';
import { settleMissed, settleStarted } from './settle-occurrence.ts';
import { hindranceOf, type Hindrance } from './start-gate.ts';
import type { DrillRecord } from './stores.ts';

export interface Outcome {
  /** Set when it was started now. */
  readonly drill: string | null;
  readonly missed: number;
}

const NOTHING: Outcome = { drill: null, missed: 0 };

/**
 * Looks at one planned due time. Whatever a crash left behind is read from the drill itself: its journal is what says whether it started.
 * `isFresh` when the drill was made a moment ago, so that its plan and what is in its way need not be looked at again.
 */
export async function runPlanned(app: App, view: ScheduleView, planned: { schedule: Schedule; row: Occurrence; isFresh: boolean }): Promise<Outcome> {
  const { schedule, row } = planned;
  const drill = row.drill === null ? null : await app.database.stores.drills.find(row.drill);
  const now = app.clock();
  const startAt = startOf(schedule, row.dueAt);
  if (drill === null) return lose(app, schedule, { row, cause: 'interrupted', reason: 'Its drill is not there.' });
  if (drill.startedAt !== null) {
    await settleStarted(app, row);
    return NOTHING;
  }
  if (drill.state === 'rejected') return lose(app, schedule, { row, cause: 'rejected', reason: await rejection(app, drill) });
  if (!isWanted(schedule, row, drill)) return letGo(app, schedule, { row, drill, now });
  // One that expired before its time is planned anew; see plan-ahead.
  if (now < startAt) return NOTHING;
  if (drill.state === 'expired') return lose(app, schedule, { row, cause: 'late', reason: `${drill.id} had expired before its time.` });
  if (drill.state === 'awaiting-approval') {
    if (now <= startAt + schedule.windowMs) return NOTHING;
    return expire(app, schedule, { row, drill, cause: 'not-approved', reason: unapproved(drill, schedule) });
  }
  if (drill.state !== 'approved') return NOTHING;
  const hindrance =
    (await lateness(app, { schedule, drill, startAt, now })) ??
    (planned.isFresh ? null : await hindranceNow(app, view, { schedule, drill, startAt }));
  return hindrance === null ? start(app, schedule, { row, drill }) : expire(app, schedule, { row, drill, ...hindrance });
}

/** Still of this schedule as it is now. */
function isWanted(schedule: Schedule, row: Occurrence, drill: DrillRecord): boolean {
  return schedule.isActive && drill.runbook === schedule.runbook && drill.mode === schedule.mode && isDueAt(schedule, row.dueAt);
}

async function letGo(app: App, schedule: Schedule, { row, drill, now }: { row: Occurrence; drill: DrillRecord; now: number }): Promise<Outcome> {
  const reason = schedule.isActive ? `${schedule.id} was changed, and no longer asks for it.` : `${schedule.id} was paused or has ended.`;
  if (row.dueAt <= now) return expire(app, schedule, { row, drill, cause: 'changed', reason });
  if (!(await endDrill(app, drill, reason))) return NOTHING;
  await app.database.write((stores) => stores.schedules.unplan(schedule.id, row.dueAt));
  return NOTHING;
}

/** An approval that came after the due time counts from then on: people were late, not the app. */
async function lateness(
  app: App,
  { schedule, drill, startAt, now }: { schedule: Schedule; drill: DrillRecord; startAt: number; now: number },
): Promise<Hindrance | null> {
  const approvals = (await app.database.stores.drills.entriesOfTypes([drill.id], ['approved'])).get(drill.id) ?? [];
  const readyAt = Math.max(startAt, approvals.at(-1)?.at ?? startAt);
  if (now - readyAt <= schedule.graceMs) return null;
  return { cause: 'late', reason: lateReason(schedule, now - readyAt) };
}

export function lateReason({ graceMs }: Schedule, lateMs: number): string {
  return `Muster could not look until ${formatDuration(lateMs)} after the due time, and at most ${formatDuration(graceMs)} is allowed. Nothing is started later by itself.`;
}

async function hindranceNow(
  app: App,
  view: ScheduleView,
  { schedule, drill, startAt }: { schedule: Schedule; drill: DrillRecord; startAt: number },
): Promise<Hindrance | null> {
  const { stores } = app.database;
  const plan = await stores.drills.plan(drill.id);
  const footprint = plan === null ? await view.footprint(schedule) : await view.footprintOfPlan(plan);
  const hindrance = await hindranceOf(stores, view, { schedule, startAt, footprint, own: drill.id });
  if (hindrance !== null) return hindrance;
  const resolved = await view.plan(schedule);
  if (!resolved.ok) return { cause: 'plan-changed', reason: `What was approved can no longer run. ${resolved.refusal.message}` };
  if (resolved.value.hash === drill.planHash) return null;
  const reason = `The runbook, its hosts or its inputs were changed after ${drill.id} was approved, so what would run is not what people approved.`;
  return { cause: 'plan-changed', reason: `${reason} Ask for a new drill.` };
}

async function start(app: App, schedule: Schedule, { row, drill }: { row: Occurrence; drill: DrillRecord }): Promise<Outcome> {
  const started = await app.journal.record(drill.id, null, { type: 'started' });
  if (!started.ok) {
    // A person or another process started it in the same moment: the next look finds it so.
    const current = await app.database.stores.drills.find(drill.id);
    if (current !== null && current.state !== 'approved') return NOTHING;
    const cause = started.refusal.code === 'LOCKED' ? 'locked' : 'refused';
    return expire(app, schedule, { row, drill, cause, reason: started.refusal.message });
  }
  await settleStarted(app, row);
  app.engine.wake(drill.id);
  return { drill: drill.id, missed: 0 };
}

/** The drill first: where the app ends in between, the next look finds it expired and goes on from there. */
async function expire(
  app: App,
  schedule: Schedule,
  { row, drill, cause, reason }: { row: Occurrence; drill: DrillRecord } & Hindrance,
): Promise<Outcome> {
  if (!(await endDrill(app, drill, reason))) return NOTHING;
  return lose(app, schedule, { row, cause, reason });
}

/** False when the drill has moved on in the meantime. */
async function endDrill(app: App, drill: DrillRecord, reason: string): Promise<boolean> {
  if (drill.state === 'expired') return true;
  return (await app.journal.record(drill.id, null, { type: 'expired', reason })).ok;
}

async function lose(app: App, schedule: Schedule, { row, cause, reason }: { row: Occurrence } & Hindrance): Promise<Outcome> {
  return { drill: null, missed: await settleMissed(app, schedule, { dueAt: row.dueAt, drill: row.drill, cause, reason }) };
}

function unapproved({ id, approvedBy, approvalsNeeded }: DrillRecord, { windowMs }: Schedule): string {
  const late = windowMs === 0 ? 'at its time' : `within ${formatDuration(windowMs)} of its time`;
  return `${id} had ${approvedBy.length} of ${approvalsNeeded} approvals and was not approved ${late}.`;
}

async function rejection(app: App, drill: DrillRecord): Promise<string> {
  const entry = (await app.database.stores.drills.entriesOfTypes([drill.id], ['rejected'])).get(drill.id)?.at(-1);
  const why = entry?.event.type === 'rejected' ? ` ${entry.event.reason}` : '';
  return `${drill.id} was turned down${entry?.by === null || entry === undefined ? '' : ` by ${entry.by}`}.${why}`;
}
