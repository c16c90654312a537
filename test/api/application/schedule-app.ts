// What tests of schedules run on: the app of drill tests, one runbook of one talk, and drills that end when the test says so.
import { createSchedule } from '../../../api/application/create-schedule.ts';
import type { ScheduleInput } from '../../../api/application/schedule-input.ts';
import { runDueOccurrences, type ScanReport } from '../../../api/application/run-due-occurrences.ts';
import { createDrillJournal } from '../../../api/application/drill-journal.ts';
import type { Database, HistoryEvent } from '../../../api/application/stores.ts';
import { DEFAULT_POLICIES } from '../../../api/domain/catalogue/default-policies.ts';
import type { Occurrence, Schedule } from '../../../api/domain/schedule/schedule.ts';
import { aScheduleInput } from '../../support/schedules.ts';
import { CARLA, COMPANY, drillApp, valueOf, type DrillApp } from './drill-app.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** The clock's first instant, a Monday. */
export const AT_NINE = Date.UTC(2026, 5, 1, 9);

export const TALK = `
runbook: talk
title: Talk about mail
services: [mail]
scenario: site-loss
level: tabletop
steps:
  - { id: talk, title: Talk, confirm: Talk about it. }
`;

export interface ScheduleApp extends DrillApp {
  /** Hourly, a rehearsal of the talk, with ten minutes of grace. */
  schedule(input?: Parameters<typeof aScheduleInput>[0]): Promise<Schedule>;
  scan(): Promise<ScanReport>;
  /** By another process, whose journal is read anew, on this way to the database. */
  scanWith(database: Database): Promise<ScanReport>;
  /** Oldest first. */
  occurrences(schedule?: string): Promise<readonly Occurrence[]>;
  /** Oldest first. */
  events(type: string, schedule?: string): Promise<readonly HistoryEvent[]>;
  pass(drill: string): Promise<void>;
  fail(drill: string): Promise<void>;
  /** Messages that wait to be sent. */
  alerts(): Promise<readonly string[]>;
}

/** As many people as `approvals` says must approve a rehearsal. */
export async function scheduleApp({ approvals = 0 }: { approvals?: number } = {}): Promise<ScheduleApp> {
  const t = await drillApp();
  const policies = [{ ...DEFAULT_POLICIES[1], approvals: { rehearsal: approvals, failover: approvals } }];
  await t.app.database.write((stores) => stores.portfolio.replace({ ...COMPANY, policies }));
  await t.addRunbook(TALK, { author: 'folder', approver: 'owen' });
  const { stores } = t.app.database;
  const end = async (drill: string, outcome: 'done' | 'failed'): Promise<void> => {
    // Another process may have started it: a journal of its own reads what is stored.
    const journal = createDrillJournal(t.app);
    valueOf(await journal.record(drill, null, { type: 'step-waiting', step: 'talk' }));
    valueOf(await journal.record(drill, 'dora', { type: 'step-confirmed', step: 'talk', outcome, note: null }));
    const summary = { recoveryMs: null, dataLossMs: null, humanWaitMs: 0, hasDeviations: false, isUnclean: false };
    valueOf(await journal.record(drill, null, { type: 'finished', result: outcome === 'done' ? 'passed' : 'failed', summary }));
  };
  return {
    ...t,
    schedule: async (input = {}) => valueOf(await createSchedule(t.app, CARLA, hourly(input))),
    scan: () => runDueOccurrences(t.app),
    scanWith: (database) => {
      const journal = createDrillJournal({ database, clock: t.app.clock, bus: t.app.bus });
      return runDueOccurrences({ ...t.app, database, journal });
    },
    occurrences: async (schedule = 'SC-1') => (await stores.schedules.occurrences(schedule, 10_000)).toReversed(),
    events: async (type, schedule = 'SC-1') => (await stores.history.about(schedule, 10_000)).filter((event) => event.type === type).toReversed(),
    pass: (drill) => end(drill, 'done'),
    fail: (drill) => end(drill, 'failed'),
    alerts: async () => {
      const now = t.app.clock();
      return (await t.app.database.write(({ scheduleAlerts }) => scheduleAlerts.take(now, now, 100))).map(({ message }) => message);
    },
  };
}

function hourly(input: Parameters<typeof aScheduleInput>[0]): ScheduleInput {
  return aScheduleInput({ title: 'Hourly', runbook: 'talk', cron: '0 * * * *', ...input });
}
