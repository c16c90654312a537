// Down times, clock jumps and crashes at every boundary: each due time is exactly one run or one MISSED.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueTimes } from '../../../api/domain/schedule/due-times.ts';
import { startOf } from '../../../api/domain/schedule/jitter.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, scheduleApp, type ScheduleApp } from './schedule-app.ts';

const IS_LONG = process.env['MUSTER_LONG'] === '1';
const RUNS = IS_LONG ? 400 : 8;
/** A run takes a second or two. */
const LONGEST_MS = IS_LONG ? 30 * MINUTE_MS : 60_000;
const GRACE_MS = 10 * MINUTE_MS;

/** Where the process ends within a scan: before or after a commit, by its number. */
interface Crash {
  readonly at: number;
  readonly isAfter: boolean;
}

interface Look {
  readonly advanceMs: number;
  readonly crash: Crash | null;
}

const advances = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 60 }).map((seconds) => seconds * 1_000) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 120 }).map((minutes) => minutes * MINUTE_MS) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 72 }).map((hours) => hours * HOUR_MS) },
  { weight: 2, arbitrary: fc.constantFrom(-HOUR_MS, -DAY_MS, HOUR_MS, DAY_MS) },
);
const crashes = fc.record({ at: fc.integer({ min: 0, max: 3 }), isAfter: fc.boolean() });
const looks: fc.Arbitrary<readonly Look[]> = fc.array(fc.record({ advanceMs: advances, crash: fc.option(crashes, { freq: 3 }) }), {
  minLength: 5,
  maxLength: 25,
});

describe.each([
  ['every hour', { cron: '0 * * * *' }],
  ['with jitter', { cron: '0 */2 * * *', jitterMs: 20 * MINUTE_MS }],
  ['in a zone whose clock is put back at night', { cron: '30 */1 * * *', zone: 'America/Havana' }],
])('a schedule %s', (_what, input) => {
  it(
    'gives each due time one outcome, and starts nothing late',
    async () => {
      await fc.assert(
        fc.asyncProperty(looks, async (all) => {
          const t = await scheduleApp();
          try {
            await simulate(t, input, all);
          } finally {
            await t.end();
          }
        }),
        // A run takes a while, and shrinking many of them; a failing seed replays.
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    LONGEST_MS,
  );
});

async function simulate(t: ScheduleApp, input: Parameters<ScheduleApp['schedule']>[0], all: readonly Look[]): Promise<void> {
  const schedule = await t.schedule(input);
  const { stores } = t.app.database;
  let latest = t.app.clock();
  for (const { advanceMs, crash } of all) {
    t.advance(advanceMs);
    latest = Math.max(latest, t.app.clock());
    const before = new Set((await startedDrills(t)).map(({ id }) => id));
    await scanUntil(t, crash);
    for (const drill of await startedDrills(t)) {
      if (before.has(drill.id)) continue;
      const lateMs = t.app.clock() - startOf(schedule, drill.dueAt ?? 0);
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThanOrEqual(GRACE_MS);
    }
  }
  // Once more, in peace and beyond every grace: what a crash left open is settled.
  t.set(latest + GRACE_MS + DAY_MS);
  await t.scan();
  const rows = await t.occurrences();
  const settled = rows.filter(({ dueAt }) => startOf(schedule, dueAt) <= t.app.clock());
  expect(settled.map(({ dueAt }) => dueAt)).toEqual(
    dueTimes(schedule, schedule.createdAt, { untilAt: t.app.clock() }).filter((at) => startOf(schedule, at) <= t.app.clock()),
  );
  const drills = await startedDrills(t);
  expect(rows.flatMap(({ state, drill }) => (state === 'started' ? [drill] : []))).toEqual(drills.map(({ id }) => id));
  expect(settled.filter(({ state }) => state !== 'started' && state !== 'missed')).toEqual([]);
  expect(await t.events('schedule.missed')).toHaveLength(rows.filter(({ state }) => state === 'missed').length);
  // No drill that was never started waits for somebody to start it.
  expect(await stores.drills.inStates(['awaiting-approval', 'approved'])).toEqual([]);
}

/** By their number, which is the order in which they were made. */
async function startedDrills(t: ScheduleApp) {
  const { rows } = await t.app.database.stores.drills.page({ first: 1_000, after: null, services: null, runbook: 'talk', states: null });
  return rows.filter(({ startedAt }) => startedAt !== null).toReversed();
}

/** A scan by a process that may end before or after one of its commits; drills that run are passed, so that the next ones can start. */
async function scanUntil(t: ScheduleApp, crash: Crash | null): Promise<void> {
  let commits = 0;
  const database = t.app.database;
  const write: typeof database.write = async (work) => {
    const isHere = crash !== null && commits === crash.at;
    commits += 1;
    if (isHere && !crash.isAfter) throw new Error('the process ended');
    const result = await database.write(work);
    if (isHere) throw new Error('the process ended');
    return result;
  };
  await t.scanWith({ ...database, write });
  for (const { id, state } of await startedDrills(t)) if (state === 'running') await t.pass(id);
}
