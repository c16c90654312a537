// Due times: each becomes a drill or is missed, exactly once, whatever happens around it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSchedule } from '../../../api/application/create-schedule.ts';
import { runDueOccurrences, type StartScheduled } from '../../../api/application/run-due-occurrences.ts';
import { setScheduleActive } from '../../../api/application/set-schedule-active.ts';
import type { Occurrence } from '../../../api/domain/schedule/schedule.ts';
import { done, refused } from '../../../api/domain/errors.ts';
import { addDrill, COORDINATOR, storeScheduled } from './scheduled-runbook.ts';
import { temporaryApp, type TemporaryApp } from './temporary-app.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const GRACE_MS = 10 * MINUTE_MS;
const AT_NINE = Date.UTC(2026, 5, 1, 9);

describe('runDueOccurrences', () => {
  let t: TemporaryApp;
  let started: number[];

  beforeEach(async () => {
    t = await temporaryApp(AT_NINE);
    started = [];
    await storeScheduled(t.app);
    await everyHour();
  });
  afterEach(() => t.end());

  async function everyHour(cron = '0 * * * *'): Promise<void> {
    const input = { title: 'Hourly', runbook: 'recover-mail', mode: 'check', inputs: {}, cron, zone: 'UTC', graceMs: GRACE_MS } as const;
    const made = await createSchedule(t.app, COORDINATOR, input);
    if (!made.ok) throw new Error(made.refusal.message);
  }

  const start: StartScheduled = async (schedule, dueAt) => {
    started.push(dueAt);
    return done(await addDrill(t.app, schedule, dueAt));
  };
  const scan = (how: StartScheduled = start) => runDueOccurrences(t.app, how);
  const occurrences = async (): Promise<readonly Occurrence[]> => (await t.app.database.stores.schedules.occurrences('SC-1', 100)).toReversed();
  const events = async () => (await t.app.database.stores.history.about('SC-1', 100)).filter((event) => event.type === 'schedule.missed');

  it('does nothing before the first due time', async () => {
    t.advance(HOUR_MS - 1);
    expect(await scan()).toEqual({ drills: [], missed: 0, failures: [] });
    expect(await occurrences()).toEqual([]);
  });

  it('starts a drill at its due time, once, however often it looks', async () => {
    t.advance(HOUR_MS);
    expect(await scan()).toEqual({ drills: ['DR-1'], missed: 0, failures: [] });
    expect(await scan()).toEqual({ drills: [], missed: 0, failures: [] });
    expect(started).toEqual([AT_NINE + HOUR_MS]);
    expect(await occurrences()).toEqual([{ schedule: 'SC-1', dueAt: AT_NINE + HOUR_MS, state: 'started', drill: 'DR-1', reason: null }]);
  });

  it('starts it once when many look at the same time', async () => {
    t.advance(HOUR_MS);
    const reports = await Promise.all(Array.from({ length: 8 }, () => scan()));
    expect(reports.flatMap((report) => report.drills)).toEqual(['DR-1']);
    expect(started).toHaveLength(1);
    expect(await occurrences()).toHaveLength(1);
  });

  it('still starts it within its grace, and misses it beyond', async () => {
    t.advance(HOUR_MS + GRACE_MS);
    expect((await scan()).drills).toEqual(['DR-1']);
    t.advance(HOUR_MS + 1);
    expect(await scan()).toMatchObject({ drills: [], missed: 1 });
    expect(await occurrences()).toMatchObject([
      { state: 'started' },
      { state: 'missed', drill: null, reason: expect.stringContaining('at most 10 min') },
    ]);
    expect(await events()).toMatchObject([{ by: null, data: { dueAt: AT_NINE + 2 * HOUR_MS, reason: expect.any(String) } }]);
  });

  it('never replays a backlog: the newest may start, all before it are missed', async () => {
    t.advance(5 * HOUR_MS + MINUTE_MS);
    expect(await scan()).toMatchObject({ drills: ['DR-1'], missed: 4 });
    expect((await occurrences()).map((occurrence) => occurrence.state)).toEqual(['missed', 'missed', 'missed', 'missed', 'started']);
    expect(started).toEqual([AT_NINE + 5 * HOUR_MS]);
    expect(await events()).toHaveLength(4);
  });

  it('misses older ones too that are still within the grace when a newer one is due', async () => {
    await setScheduleActive(t.app, COORDINATOR, { id: 'SC-1', isActive: false });
    await everyHour('*/5 * * * *');
    t.advance(10 * MINUTE_MS);
    expect(await scan()).toMatchObject({ drills: ['DR-1'], missed: 1 });
    const rows = await t.app.database.stores.schedules.occurrences('SC-2', 9);
    expect(rows).toMatchObject([{ state: 'started' }, { state: 'missed', reason: expect.stringContaining('Only the newest') }]);
  });

  it('misses a drill that is refused, with the words of the refusal', async () => {
    t.advance(HOUR_MS);
    const report = await scan(async () => refused('LOCKED', 'The service mail is held by DR-7.'));
    expect(report).toEqual({ drills: [], missed: 1, failures: [] });
    expect(await occurrences()).toMatchObject([{ state: 'missed', drill: null, reason: 'The service mail is held by DR-7.' }]);
    expect(await events()).toMatchObject([{ data: { reason: 'The service mail is held by DR-7.' } }]);
    expect((await scan()).drills).toEqual([]);
  });

  it('leaves alone what passes while a schedule is paused, and goes on after', async () => {
    await setScheduleActive(t.app, COORDINATOR, { id: 'SC-1', isActive: false });
    t.advance(3 * HOUR_MS);
    expect(await scan()).toMatchObject({ drills: [], missed: 0 });
    t.advance(30 * MINUTE_MS);
    await setScheduleActive(t.app, COORDINATOR, { id: 'SC-1', isActive: true });
    expect(await scan()).toMatchObject({ drills: [], missed: 0 });
    t.advance(30 * MINUTE_MS);
    expect(await scan()).toMatchObject({ drills: ['DR-1'], missed: 0 });
    expect(started).toEqual([AT_NINE + 4 * HOUR_MS]);
  });

  async function crash(before: StartScheduled | null): Promise<void> {
    t.advance(HOUR_MS);
    const report = await scan(async (schedule, dueAt) => {
      if (before !== null) await before(schedule, dueAt);
      throw new Error('the process ended');
    });
    expect(report.failures).toMatchObject([{ schedule: 'SC-1', error: new Error('the process ended') }]);
    expect(await occurrences()).toMatchObject([{ state: 'due' }]);
    expect(await scan()).toMatchObject({ drills: [], missed: 0 });
    t.advance(GRACE_MS + MINUTE_MS + 1);
  }

  describe('when the process ends while a drill is started', () => {
    it('finds the drill that was made', async () => {
      await crash(start);
      expect(await scan()).toEqual({ drills: [], missed: 0, failures: [] });
      expect(await occurrences()).toMatchObject([{ state: 'started', drill: 'DR-1' }]);
      expect(started).toHaveLength(1);
    });

    it('misses it when there is none, and does not start it again', async () => {
      await crash(null);
      expect(await scan()).toMatchObject({ drills: [], missed: 1 });
      expect(await occurrences()).toMatchObject([{ state: 'missed', reason: expect.stringContaining('ended while it was starting') }]);
      expect(started).toEqual([]);
      expect(await events()).toHaveLength(1);
    });
  });

  it('handles the other schedules when one fails', async () => {
    await everyHour('30 * * * *');
    t.advance(HOUR_MS);
    const report = await scan(async (schedule, dueAt) => {
      if (schedule.id === 'SC-1') throw new Error('broken');
      return start(schedule, dueAt);
    });
    expect(report.failures.map((failure) => failure.schedule)).toEqual(['SC-1']);
    expect(report.missed).toBe(1);
    expect(await t.app.database.stores.schedules.occurrences('SC-2', 9)).toMatchObject([{ state: 'missed' }]);
  });

  it('gives each due time of a day exactly one row, however irregularly it looks', async () => {
    await setScheduleActive(t.app, COORDINATOR, { id: 'SC-1', isActive: false });
    await everyHour('*/7 * * * *');
    // A fixed, uneven rhythm: from seconds to hours.
    for (let step = 0; t.app.clock() < AT_NINE + 24 * HOUR_MS; step += 1) {
      t.advance(((step * 7919) % 97) * MINUTE_MS + 13_000);
      await scan();
    }
    const rows = (await t.app.database.stores.schedules.occurrences('SC-2', 1_000)).map((row) => row.dueAt).toReversed();
    const expected: number[] = [];
    for (let at = AT_NINE + MINUTE_MS; at <= t.app.clock(); at += MINUTE_MS) if (new Date(at).getUTCMinutes() % 7 === 0) expected.push(at);
    expect(rows).toEqual(expected);
  });
});
