// Looks ahead by itself, the day before and the hour before, and tells people when a drill would fail.
import { dueTimes } from '../domain/schedule/due-times.ts';
import { startOf } from '../domain/schedule/jitter.ts';
import { isPreflightOk, type Preflight, type PreflightKind, type PreflightProblem } from '../domain/schedule/preflight.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { App } from './app.ts';
import { findPreflightProblems } from './preflight.ts';
import { alert, localTime, nameOf } from './record-missed.ts';
import type { ScheduleView } from './schedule-view.ts';
import type { DrillRecord } from './stores.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** One that has not ended by then was left by a process that ended. */
const STALE_AFTER_MS = 15 * 60_000;
/** Lines of a message; the page has them all. */
const MOST_TOLD = 8;

/** Gives how many it made. A check is its own preflight. */
export async function runPreflights(app: App, view: ScheduleView): Promise<number> {
  let count = 0;
  for (const schedule of await app.database.stores.schedules.list()) {
    if (!schedule.isActive || schedule.mode === 'check') continue;
    const now = app.clock();
    const [dueAt] = dueTimes(schedule, now, { count: 1 });
    const kind = dueAt === undefined ? null : kindAt(startOf(schedule, dueAt) - now);
    if (dueAt !== undefined && kind !== null && (await runPreflight(app, view, { schedule, dueAt, kind }))) count += 1;
  }
  return count;
}

function kindAt(aheadMs: number): PreflightKind | null {
  if (aheadMs <= HOUR_MS) return 'hour';
  return aheadMs <= DAY_MS ? 'day' : null;
}

async function runPreflight(app: App, view: ScheduleView, wanted: { schedule: Schedule; dueAt: number; kind: PreflightKind }): Promise<boolean> {
  const { schedule, dueAt, kind } = wanted;
  const { stores } = app.database;
  const begunAt = app.clock();
  const known = (await stores.preflights.of(schedule.id, dueAt)).find((one) => one.kind === kind);
  if (known !== undefined && (known.endedAt !== null || known.begunAt >= begunAt - STALE_AFTER_MS)) return false;
  const begin = { schedule: schedule.id, dueAt, kind, begunAt };
  if (!(await app.database.write((writing) => writing.preflights.begin(begin, begunAt - STALE_AFTER_MS)))) return false;
  const row = await stores.schedules.occurrence(schedule.id, dueAt);
  const drill = row?.drill === null || row === null ? null : await stores.drills.find(row.drill);
  const problems = await findPreflightProblems(app, view, { what: schedule, scheduled: { schedule, dueAt }, drill });
  await keep(app, schedule, { ...begin, endedAt: app.clock(), problems });
  if (drill !== null && problems.some(({ code }) => code === 'plan-changed')) await dropOutdated(app, drill);
  return true;
}

async function keep(app: App, schedule: Schedule, preflight: Preflight & { readonly endedAt: number }): Promise<void> {
  const { dueAt, kind, endedAt: at, problems } = preflight;
  await app.database.write(async (stores) => {
    await stores.preflights.end(preflight);
    if (isPreflightOk(problems)) return;
    const data = { dueAt, kind, problems: problems.map(({ code, message }) => ({ code, message })) };
    await stores.history.append({ at, by: null, type: 'schedule.preflight-failed', subject: schedule.id, data });
    await alert(stores, schedule, { message: failureText(schedule, dueAt, problems), at });
  });
}

/** People approve the plan that would really run: one is asked for anew, in time. */
async function dropOutdated(app: App, drill: DrillRecord): Promise<void> {
  if (drill.state !== 'awaiting-approval' && drill.state !== 'approved') return;
  const reason = 'Its runbook, its hosts or its inputs were changed since it was planned. A new drill with the plan of today takes its place.';
  await app.journal.record(drill.id, null, { type: 'expired', reason });
}

function failureText(schedule: Schedule, dueAt: number, problems: readonly PreflightProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const lines = errors.slice(0, MOST_TOLD).map((problem) => `- ${problem.message} ${problem.remedy}`);
  const rest = errors.length > MOST_TOLD ? [`- and ${errors.length - MOST_TOLD} more`] : [];
  return [`Would fail as things stand: ${nameOf(schedule)}, due at ${localTime(schedule, dueAt)}.`, ...lines, ...rest].join('\n');
}
