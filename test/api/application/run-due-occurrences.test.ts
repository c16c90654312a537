// Due times: each becomes a drill or is missed, exactly once, whatever happens around it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setScheduleActive } from '../../../api/application/set-schedule-active.ts';
import { startOf } from '../../../api/domain/schedule/jitter.ts';
import { anOccurrence } from '../../support/schedules.ts';
import { CARLA } from './drill-app.ts';
import { AT_NINE, HOUR_MS, MINUTE_MS, scheduleApp, type ScheduleApp } from './schedule-app.ts';

const GRACE_MS = 10 * MINUTE_MS;

let t: ScheduleApp;
beforeEach(async () => {
  t = await scheduleApp();
});
afterEach(() => t.end());

const causes = async (schedule = 'SC-1') => (await t.occurrences(schedule)).map(({ state, cause }) => cause ?? state);

describe('a schedule that nobody has to approve', () => {
  beforeEach(() => t.schedule({ alertChannel: 'ops' }));

  it('does nothing before the first due time', async () => {
    t.advance(HOUR_MS - 1);
    expect(await t.scan()).toEqual({ drills: [], missed: 0, failures: [] });
    expect(await t.occurrences()).toEqual([]);
  });

  it('starts a drill at its due time, once, however often it looks', async () => {
    t.advance(HOUR_MS);
    expect(await t.scan()).toEqual({ drills: ['DR-1'], missed: 0, failures: [] });
    expect(await t.scan()).toEqual({ drills: [], missed: 0, failures: [] });
    expect(await t.occurrences()).toEqual([anOccurrence({ dueAt: AT_NINE + HOUR_MS, state: 'started', drill: 'DR-1' })]);
    expect(await t.app.database.stores.drills.find('DR-1')).toMatchObject({
      state: 'running',
      requestedBy: 'carla',
      schedule: 'SC-1',
      dueAt: AT_NINE + HOUR_MS,
    });
    expect(t.woken).toEqual(['DR-1']);
    expect(t.published.map(({ drill }) => drill)).toEqual(['DR-1', 'DR-1']);
  });

  it('starts it once when many look at the same time', async () => {
    t.advance(HOUR_MS);
    const reports = await Promise.all(Array.from({ length: 8 }, () => t.scan()));
    expect(reports.flatMap((report) => report.drills)).toEqual(['DR-1']);
    expect(await t.occurrences()).toHaveLength(1);
    expect(await t.app.database.stores.drills.find('DR-2')).toBeNull();
  });

  it('still starts it within its grace, and misses it beyond, with an alert', async () => {
    t.advance(HOUR_MS + GRACE_MS);
    expect((await t.scan()).drills).toEqual(['DR-1']);
    await t.pass('DR-1');
    t.advance(HOUR_MS + 1);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 1 });
    expect(await t.occurrences()).toMatchObject([
      { state: 'started' },
      { state: 'missed', cause: 'late', drill: null, reason: expect.stringContaining('at most 10 min') },
    ]);
    expect(await t.events('schedule.missed')).toMatchObject([
      { by: null, data: { dueAt: AT_NINE + 2 * HOUR_MS, cause: 'late', reason: expect.any(String) } },
    ]);
    expect(await t.alerts()).toEqual([expect.stringContaining('Missed: Hourly (SC-1). The drill due at 2026-06-01 11:00 UTC did not happen.')]);
  });

  it('never replays a backlog: the newest may start, all before it are missed and told of in one message', async () => {
    t.advance(5 * HOUR_MS + MINUTE_MS);
    expect(await t.scan()).toMatchObject({ drills: ['DR-1'], missed: 4 });
    expect(await causes()).toEqual(['late', 'late', 'late', 'late', 'started']);
    expect(await t.events('schedule.missed')).toHaveLength(4);
    expect(await t.alerts()).toEqual([expect.stringContaining('4 due times, the last at 2026-06-01 13:00 UTC')]);
  });

  it('misses one that falls due while the one before goes on', async () => {
    t.advance(HOUR_MS);
    await t.scan();
    t.advance(HOUR_MS);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 1 });
    expect((await t.occurrences()).at(-1)).toMatchObject({
      cause: 'overlap',
      reason: expect.stringContaining('DR-1 of the same schedule has not ended'),
    });
    await t.pass('DR-1');
    t.advance(HOUR_MS);
    expect((await t.scan()).drills).toEqual(['DR-2']);
  });

  it('misses one whose plan cannot be made, with the words of the refusal', async () => {
    await t.app.database.write(({ portfolio }) =>
      portfolio.replace({ services: [], dependencies: [], hosts: [], sites: [], policies: [], settings: { esmIsCompanyWide: false } }),
    );
    t.advance(HOUR_MS);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 1, failures: [] });
    expect(await t.occurrences()).toMatchObject([
      { cause: 'refused', drill: null, reason: expect.stringContaining('mail, which is not in the portfolio') },
    ]);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 0 });
  });

  it('misses one whose lock is held, and its drill expires with it', async () => {
    await t.app.database.write(({ drills }) => drills.takeLocks('DR-7', [], 1));
    await t.schedule({ title: 'Other', cron: '30 * * * *' });
    t.advance(30 * MINUTE_MS);
    expect((await t.scan()).drills).toEqual(['DR-1']);
    t.advance(30 * MINUTE_MS);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 1 });
    expect(await t.occurrences()).toMatchObject([
      { state: 'missed', cause: 'locked', drill: 'DR-2', reason: expect.stringContaining('Service mail is held by DR-1') },
    ]);
    expect(await t.app.database.stores.drills.find('DR-2')).toMatchObject({ state: 'expired' });
  });

  it('leaves alone what passes while it is paused, and goes on after', async () => {
    await setScheduleActive(t.app, CARLA, { id: 'SC-1', isActive: false });
    t.advance(3 * HOUR_MS);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 0 });
    t.advance(30 * MINUTE_MS);
    await setScheduleActive(t.app, CARLA, { id: 'SC-1', isActive: true });
    expect(await t.scan()).toMatchObject({ drills: [], missed: 0 });
    t.advance(30 * MINUTE_MS);
    expect(await t.scan()).toMatchObject({ drills: ['DR-1'], missed: 0 });
    expect(await causes()).toEqual(['started']);
  });

  it('that is paused in the moment in which it fell due writes that down', async () => {
    t.advance(HOUR_MS + 1);
    await setScheduleActive(t.app, CARLA, { id: 'SC-1', isActive: false });
    expect(await t.occurrences()).toMatchObject([{ dueAt: AT_NINE + HOUR_MS, state: 'missed', cause: 'changed' }]);
    expect(await t.alerts()).toEqual([]);
  });
});

describe('a schedule with other rules', () => {
  it('misses older ones too that are still within the grace when a newer one is due', async () => {
    await t.schedule({ cron: '*/5 * * * *' });
    t.advance(10 * MINUTE_MS);
    expect(await t.scan()).toMatchObject({ drills: ['DR-1'], missed: 1 });
    expect(await t.occurrences()).toMatchObject([{ cause: 'superseded', reason: expect.stringContaining('Only the newest') }, { state: 'started' }]);
  });

  it('goes on only after a pass when it says so: of its own, or by hand since', async () => {
    await t.schedule({ isOnlyAfterPass: true });
    t.advance(HOUR_MS);
    await t.scan();
    await t.fail('DR-1');
    t.advance(HOUR_MS);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 1 });
    expect((await t.occurrences()).at(-1)).toMatchObject({ cause: 'last-not-passed', reason: expect.stringContaining('DR-1 did not pass (failed)') });
    await t.schedule({ title: 'Other', cron: '30 * * * *' });
    t.advance(30 * MINUTE_MS);
    expect((await t.scan()).drills).toEqual(['DR-2']);
    await t.pass('DR-2');
    t.advance(30 * MINUTE_MS);
    expect((await t.scan()).drills).toEqual(['DR-3']);
  });

  it('puts a start off by its jitter, and is not late for that', async () => {
    const schedule = await t.schedule({ jitterMs: 30 * MINUTE_MS, graceMs: 0 });
    const startAt = startOf(schedule, AT_NINE + HOUR_MS);
    expect(startAt).toBeGreaterThan(AT_NINE + HOUR_MS);
    t.set(startAt - 1);
    expect(await t.scan()).toEqual({ drills: [], missed: 0, failures: [] });
    t.set(startAt);
    expect((await t.scan()).drills).toEqual(['DR-1']);
    expect(await t.occurrences()).toMatchObject([{ dueAt: AT_NINE + HOUR_MS, state: 'started' }]);
  });

  it('handles the other schedules when one fails', async () => {
    await t.schedule();
    await t.schedule({ title: 'Other' });
    await t.app.database.write(async ({ schedules }) => {
      const broken = await schedules.find('SC-1');
      if (broken !== null) await schedules.update({ ...broken, zone: 'Nowhere/At-All' });
    });
    t.advance(HOUR_MS);
    expect(await t.scan()).toMatchObject({ drills: ['DR-1'], failures: [{ schedule: 'SC-1', error: expect.any(RangeError) }] });
    expect(await causes('SC-2')).toEqual(['started']);
  });

  it('gives each due time of a day exactly one row, however irregularly it looks', async () => {
    await t.schedule({ cron: '*/7 * * * *' });
    // A fixed, uneven rhythm: from seconds to hours.
    for (let step = 0; t.app.clock() < AT_NINE + 24 * HOUR_MS; step += 1) {
      t.advance(((step * 7919) % 97) * MINUTE_MS + 13_000);
      for (const drill of (await t.scan()).drills) await t.pass(drill);
    }
    const expected: number[] = [];
    for (let at = AT_NINE + MINUTE_MS; at <= t.app.clock(); at += MINUTE_MS) if (new Date(at).getUTCMinutes() % 7 === 0) expected.push(at);
    expect((await t.occurrences()).map((row) => row.dueAt)).toEqual(expected);
  });
});

describe('what an ended process left behind', () => {
  it('is started within the grace when its drill was made and not started', async () => {
    await t.schedule();
    t.advance(HOUR_MS);
    const crashing = { ...t.app.journal, record: () => Promise.reject(new Error('the process ended')) };
    Object.assign(t.app, { journal: crashing });
    expect((await t.scan()).failures).toMatchObject([{ schedule: 'SC-1', error: new Error('the process ended') }]);
    expect(await t.occurrences()).toMatchObject([{ state: 'planned', drill: 'DR-1' }]);
  });

  it.each([
    ['with its drill', 'DR-1', { state: 'started', drill: 'DR-1' }],
    ['without a drill', null, { state: 'missed', cause: 'interrupted' }],
  ])('by an older version is settled: claimed %s', async (_what, drill, expected) => {
    await t.schedule();
    t.advance(HOUR_MS);
    if (drill !== null) await t.scan();
    await t.app.database.write(async ({ schedules }) => {
      await schedules.claim(anOccurrence({ dueAt: AT_NINE + HOUR_MS, state: 'due' }));
      await schedules.settle('SC-1', AT_NINE + HOUR_MS, { state: 'due', drill: null, cause: null, reason: null });
    });
    expect(await t.scan()).toMatchObject({ drills: [], missed: 0 });
    t.advance(GRACE_MS + MINUTE_MS + 1);
    await t.scan();
    expect(await t.occurrences()).toMatchObject([expected]);
  });
});
