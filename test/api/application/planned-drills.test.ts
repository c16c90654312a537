// Drills that people must approve: asked for ahead, started in time when approved, and never something else than what was approved.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveDrill } from '../../../api/application/approve-drill.ts';
import { planAhead } from '../../../api/application/plan-ahead.ts';
import { rejectDrill } from '../../../api/application/reject-drill.ts';
import { runPreflights } from '../../../api/application/run-preflights.ts';
import { ScheduleView } from '../../../api/application/schedule-view.ts';
import { setScheduleActive } from '../../../api/application/set-schedule-active.ts';
import { startDrill } from '../../../api/application/start-drill.ts';
import { updateSchedule } from '../../../api/application/update-schedule.ts';
import type { DrillRecord } from '../../../api/application/stores.ts';
import { aScheduleInput } from '../../support/schedules.ts';
import { CARLA, DORA, valueOf } from './drill-app.ts';
import { AT_NINE, DAY_MS, HOUR_MS, MINUTE_MS, scheduleApp, TALK, type ScheduleApp } from './schedule-app.ts';

/** Ten days after the clock's first instant. */
const DUE_AT = AT_NINE + 10 * DAY_MS;
const RULE = { cron: '0 9 11 6 *', alertChannel: 'ops' };

let t: ScheduleApp;
beforeEach(async () => {
  t = await scheduleApp({ approvals: 1 });
  await t.schedule(RULE);
});
afterEach(() => t.end());

const ahead = () => planAhead(t.app, new ScheduleView(t.app));
const preflights = () => runPreflights(t.app, new ScheduleView(t.app));
const find = async (id: string): Promise<DrillRecord> => (await t.app.database.stores.drills.find(id)) ?? Promise.reject(new Error(`no ${id}`));
const approve = async (id: string) => valueOf(await approveDrill(t.app, DORA, { drill: id, planHash: (await find(id)).planHash }));

async function plannedAndApproved(): Promise<void> {
  t.set(DUE_AT - 7 * DAY_MS);
  await ahead();
  await approve('DR-1');
}

describe('planning ahead', () => {
  it('asks for the drill once, when the lead time has come', async () => {
    expect(await ahead()).toEqual([]);
    t.set(DUE_AT - 7 * DAY_MS);
    expect(await ahead()).toEqual(['DR-1']);
    expect(await ahead()).toEqual([]);
    expect(await find('DR-1')).toMatchObject({ state: 'awaiting-approval', schedule: 'SC-1', dueAt: DUE_AT, requestedBy: 'carla' });
    expect(await t.occurrences()).toMatchObject([{ dueAt: DUE_AT, state: 'planned', drill: 'DR-1' }]);
    expect(await t.scan()).toEqual({ drills: [], missed: 0, failures: [] });
  });

  it('asks once when many do at the same time', async () => {
    t.set(DUE_AT - DAY_MS);
    expect((await Promise.all([ahead(), ahead(), ahead()])).flat()).toEqual(['DR-1']);
  });
});

describe('at its time', () => {
  it('the approved drill starts, within its grace', async () => {
    await plannedAndApproved();
    t.set(DUE_AT - 1);
    expect((await t.scan()).drills).toEqual([]);
    t.set(DUE_AT + 10 * MINUTE_MS);
    expect(await t.scan()).toEqual({ drills: ['DR-1'], missed: 0, failures: [] });
    expect(await t.occurrences()).toMatchObject([{ state: 'started', drill: 'DR-1' }]);
  });

  it('it is missed when the app could not look in time, and expires', async () => {
    await plannedAndApproved();
    t.set(DUE_AT + 10 * MINUTE_MS + 1);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 1 });
    expect(await t.occurrences()).toMatchObject([{ state: 'missed', cause: 'late', drill: 'DR-1' }]);
    expect((await find('DR-1')).state).toBe('expired');
  });

  it('it waits for its approvals, and starts when they come within the window', async () => {
    t.set(DUE_AT);
    await t.scan();
    expect(await find('DR-1')).toMatchObject({ state: 'awaiting-approval' });
    t.set(DUE_AT + 55 * MINUTE_MS);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 0 });
    await approve('DR-1');
    t.advance(15_000);
    expect((await t.scan()).drills).toEqual(['DR-1']);
  });

  it('it expires with an alert when nobody approved it within the window', async () => {
    t.set(DUE_AT);
    await t.scan();
    t.set(DUE_AT + HOUR_MS + 1);
    expect(await t.scan()).toMatchObject({ missed: 1 });
    expect(await t.occurrences()).toMatchObject([{ cause: 'not-approved', reason: expect.stringContaining('0 of 1 approvals') }]);
    expect(await t.alerts()).toEqual([expect.stringContaining('was not approved within 1 h')]);
  });

  it('it is missed when somebody turned it down, with who and why', async () => {
    await plannedAndApproved();
    valueOf(await rejectDrill(t.app, DORA, { drill: 'DR-1', reason: 'Month end.' }));
    await t.scan();
    expect(await t.occurrences()).toMatchObject([{ cause: 'rejected', reason: 'DR-1 was turned down by dora. Month end.' }]);
  });

  it('it is not started a second time when a person started it before', async () => {
    await plannedAndApproved();
    valueOf(await startDrill(t.app, CARLA, { drill: 'DR-1', planHash: (await find('DR-1')).planHash }));
    await t.scan();
    expect(await t.occurrences()).toMatchObject([{ state: 'started', drill: 'DR-1' }]);
    t.set(DUE_AT);
    expect(await t.scan()).toEqual({ drills: [], missed: 0, failures: [] });
  });

  it('it is missed when what would run is no longer what was approved', async () => {
    await plannedAndApproved();
    await t.addRunbook(TALK.replace('Talk about it.', 'Talk some more.'), { author: 'folder', approver: 'owen' });
    t.set(DUE_AT);
    expect(await t.scan()).toMatchObject({ drills: [], missed: 1 });
    expect(await t.occurrences()).toMatchObject([{ cause: 'plan-changed', reason: expect.stringContaining('not what people approved') }]);
    expect((await find('DR-1')).startedAt).toBeNull();
  });
});

describe('what is changed in between', () => {
  it('is found by the preflight the day before: the new plan is asked for, in time', async () => {
    await plannedAndApproved();
    await t.addRunbook(TALK.replace('Talk about it.', 'Talk some more.'), { author: 'folder', approver: 'owen' });
    t.set(DUE_AT - DAY_MS);
    expect(await preflights()).toBe(1);
    expect((await find('DR-1')).state).toBe('expired');
    expect(await ahead()).toEqual(['DR-2']);
    expect(await t.alerts()).toEqual([expect.stringContaining('Would fail as things stand: Hourly (SC-1), due at 2026-06-11 09:00 UTC')]);
    await approve('DR-2');
    t.set(DUE_AT);
    expect((await t.scan()).drills).toEqual(['DR-2']);
    expect(await t.occurrences()).toMatchObject([{ state: 'started', drill: 'DR-2' }]);
  });

  it('takes the drill with it when the schedule is paused, and asks anew when it goes on', async () => {
    await plannedAndApproved();
    valueOf(await setScheduleActive(t.app, CARLA, { id: 'SC-1', isActive: false }));
    await t.scan();
    expect((await find('DR-1')).state).toBe('expired');
    expect(await t.occurrences()).toEqual([]);
    valueOf(await setScheduleActive(t.app, CARLA, { id: 'SC-1', isActive: true }));
    expect(await ahead()).toEqual(['DR-2']);
  });

  it('takes the drill with it when the due time moves, also to another day', async () => {
    await plannedAndApproved();
    const input = aScheduleInput({ title: 'Later', runbook: 'talk', cron: '0 9 12 6 *' });
    valueOf(await updateSchedule(t.app, CARLA, { id: 'SC-1', version: 1, input }));
    await t.scan();
    expect((await find('DR-1')).state).toBe('expired');
    t.advance(DAY_MS);
    expect(await ahead()).toEqual(['DR-2']);
    expect(await t.occurrences()).toMatchObject([{ dueAt: DUE_AT + DAY_MS, drill: 'DR-2' }]);
  });
});

describe('preflights', () => {
  it('run by themselves the day before and the hour before, once each, and tell what is missing', async () => {
    expect(await preflights()).toBe(0);
    t.set(DUE_AT - 7 * DAY_MS);
    await ahead();
    t.set(DUE_AT - DAY_MS);
    expect([await preflights(), await preflights()]).toEqual([1, 0]);
    t.set(DUE_AT - HOUR_MS);
    expect([await preflights(), await preflights()]).toEqual([1, 0]);
    const kept = await t.app.database.stores.preflights.of('SC-1', DUE_AT);
    expect(kept.map(({ kind, problems }) => [kind, problems.map(({ code }) => code)])).toEqual([
      ['hour', ['not-approved']],
      ['day', ['not-approved']],
    ]);
    expect(await t.events('schedule.preflight-failed')).toHaveLength(2);
  });

  it('find nothing when all is well, and alarm nobody', async () => {
    await plannedAndApproved();
    t.set(DUE_AT - HOUR_MS);
    expect(await preflights()).toBe(1);
    expect(await t.app.database.stores.preflights.of('SC-1', DUE_AT)).toMatchObject([{ problems: [] }]);
    expect(await t.alerts()).toEqual([]);
  });
});
