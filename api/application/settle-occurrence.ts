// Writes down what became of a due time, once: it started, or it was missed.
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import type { App } from './app.ts';
import { recordMissed } from './record-missed.ts';
import type { Hindrance } from './start-gate.ts';
import type { Stores } from './stores.ts';

type SettlingApp = Pick<App, 'database' | 'clock'>;

/** Starting a drill takes seconds; an occurrence that is still open so long after its grace was left by a process that ended. */
const LEFT_OVER_AFTER_MS = 60_000;
/** Drills looked at, newest first. */
const LATEST = 20;

export async function settleStarted(app: SettlingApp, { schedule, dueAt, drill }: Occurrence): Promise<void> {
  await app.database.write(async (stores) => {
    if (await isOpen(stores, schedule, dueAt)) await stores.schedules.settle(schedule, dueAt, { state: 'started', drill, cause: null, reason: null });
  });
}

/** Gives how many were missed: 0 when somebody was quicker. */
export async function settleMissed(
  app: SettlingApp,
  schedule: Schedule,
  { dueAt, drill, cause, reason }: Pick<Occurrence, 'dueAt' | 'drill'> & Hindrance,
): Promise<number> {
  return app.database.write(async (stores) => {
    if (!(await isOpen(stores, schedule.id, dueAt))) return 0;
    await stores.schedules.settle(schedule.id, dueAt, { state: 'missed', drill, cause, reason });
    await recordMissed(stores, schedule, { missed: [{ dueAt, cause, reason }], at: app.clock() });
    return 1;
  });
}

/** Rows for due times that have none: missed before there was a drill. In pieces, so that a long backlog does not hold the database. */
export async function missUnclaimed(
  app: SettlingApp,
  schedule: Schedule,
  { dueAts, why }: { readonly dueAts: readonly number[]; readonly why: (dueAt: number) => Hindrance },
): Promise<number> {
  let count = 0;
  for (let start = 0; start < dueAts.length; start += CLAIMS_AT_ONCE) {
    const piece = dueAts.slice(start, start + CLAIMS_AT_ONCE);
    count += await app.database.write(async (stores) => {
      const missed: Occurrence[] = [];
      for (const dueAt of piece) {
        const occurrence: Occurrence = { schedule: schedule.id, dueAt, state: 'missed', drill: null, ...why(dueAt) };
        if (await stores.schedules.claim(occurrence)) missed.push(occurrence);
      }
      await recordMissed(stores, schedule, { missed, at: app.clock() });
      return missed.length;
    });
  }
  return count;
}

const CLAIMS_AT_ONCE = 100;

/**
 * Settles what an older version claimed and never settled, because its process ended in between: started when the drill is there, missed when it
 * is not. Gives how many were missed.
 */
export async function settleLeftOver(app: SettlingApp, schedule: Schedule, occurrence: Occurrence): Promise<number> {
  if (app.clock() <= occurrence.dueAt + schedule.graceMs + LEFT_OVER_AFTER_MS) return 0;
  const drill = await drillOf(app.database.stores, schedule, occurrence.dueAt);
  if (drill !== null) {
    await settleStarted(app, { ...occurrence, drill });
    return 0;
  }
  const reason = 'Muster ended while it was starting the drill, and nothing is started later by itself.';
  return settleMissed(app, schedule, { dueAt: occurrence.dueAt, drill: null, cause: 'interrupted', reason });
}

async function isOpen(stores: Stores, schedule: string, dueAt: number): Promise<boolean> {
  const row = await stores.schedules.occurrence(schedule, dueAt);
  return row?.state === 'planned' || row?.state === 'due';
}

async function drillOf(stores: Stores, schedule: Schedule, dueAt: number): Promise<string | null> {
  const page = await stores.drills.page({ services: null, runbook: schedule.runbook, states: null, first: LATEST, after: null });
  return page.rows.find((drill) => drill.schedule === schedule.id && drill.dueAt === dueAt)?.id ?? null;
}
