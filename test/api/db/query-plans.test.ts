// With ten thousand rows each way in uses an index. What the stores really send is explained, not a copy of it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { DrillQuery, Stores } from '../../../api/application/stores.ts';
import { cursorAfter } from '../../../api/db/cursor.ts';
import { withSqlite } from '../../support/database.ts';
import { aPlan, aDrill } from './records.ts';

const ROWS = 10_000;
const everything: DrillQuery = { first: 50, after: null, services: null, runbook: null, states: null };
const after = cursorAfter(5_000);
const outputQuery = { drill: 'DR-1', step: 'step-7', host: null, after: 0, limit: 50, isFromEnd: false };

/** `1, 2, 3 …` as a table. */
const numbers = `with recursive numbers (n) as (select 2 union all select n + 1 from numbers where n <= ${ROWS})`;

const FILL = [
  `${numbers} insert into drill select n, title, 'runbook-' || (n % 100), revision, mode, level, iif(n % 1000 = 0, 'running', 'passed'), services, plan_hash,
    approvals_needed, approved_by, requested_by, requested_at, started_by, started_at, n * 1000, 'passed', recovery_ms, data_loss_ms, human_wait_ms,
    has_deviations, is_unclean, schedule, due_at from drill, numbers where number = 1`,
  `${numbers} insert into drill_service select 'service-' || (n % 100), n, n * 1000 from numbers`,
  `${numbers} insert into journal select 1, n - 1, n, null, iif(n % 2 = 0, 'output', 'commented'), '{"type":"output"}' from numbers`,
  `${numbers} insert into output select 1, n - 1, 'step-' || (n % 50), 'host-' || (n % 3), x'00' from numbers`,
  `${numbers} insert into step_duration select n, 'step', 'work-' || (n % 10), 'run', n, n, 0 from numbers where n > 1`,
  `${numbers} insert into score_point select n, 'service-' || (n % 100), n, 1, 'ready', 'v1', '{}' from numbers`,
  `${numbers} insert into history select n, n, null, 'x', 'subject-' || (n % 100), '{}' from numbers`,
  `${numbers} insert into revision select n, 'runbook-' || (n % 100), n, '{}', '', 0, '', null, null from numbers`,
  `insert into schedule (id, title, runbook, mode, inputs, cron, zone, grace_ms, owner, is_active, created_at)
    values ('weekly', '', '', 'check', '{}', '', '', 0, '', 1, 0)`,
  `${numbers} insert into occurrence select 'weekly', n, iif(n % 1000 = 0, 'missed', 'started'), null, null, null from numbers`,
  `${numbers} insert into preflight select 'weekly', n, 'day', n, n, 1, '[]' from numbers`,
  `${numbers} insert into schedule_alert select n, 'weekly', 'ops', '', n, 1, iif(n % 1000 = 0, n, null), null from numbers`,
];

describe('with ten thousand rows', () => {
  const current = withSqlite();
  beforeEach(async () => {
    await current().stores.drills.create(aDrill(), aPlan());
    for (const statement of FILL) await current().runSql(statement);
  });

  /** What the stores send, and how SQLite would go about it, a line a step. */
  async function plansOf(use: (stores: Stores) => Promise<unknown>): Promise<readonly string[]> {
    const before = current().statements.length;
    await use(current().stores);
    const sent = current().statements.slice(before);
    const lines: string[] = [];
    for (const { sql, parameters } of sent) {
      const steps = await current().runSql(`explain query plan ${sql}`, parameters);
      lines.push(...steps.map(detailOf));
    }
    return lines;
  }

  const uses: readonly (readonly [string, string, (stores: Stores) => Promise<unknown>])[] = [
    ['a page of drills', 'drill USING INTEGER PRIMARY KEY (rowid<?)', ({ drills }) => drills.page({ ...everything, after })],
    ['the drills of a service', 'drill_service USING COVERING INDEX', ({ drills }) => drills.page({ ...everything, after, services: ['service-7'] })],
    [
      'the drills of a runbook',
      'INDEX drill_by_runbook (runbook=? AND number<?)',
      ({ drills }) => drills.page({ ...everything, after, runbook: 'runbook-7' }),
    ],
    [
      'a page of drills by state',
      'INDEX drill_by_state (state=? AND number<?)',
      ({ drills }) => drills.page({ ...everything, after, states: ['running', 'paused'] }),
    ],
    ['drills in states', 'INDEX drill_by_state (state=?)', ({ drills }) => drills.inStates(['running', 'paused'])],
    ['drills that left something behind', 'INDEX drill_unclean', ({ drills }) => drills.unclean()],
    ['finished drills', 'INDEX drill_by_finish', ({ drills }) => drills.finished()],
    [
      'the latest drill of services',
      'INDEX drill_service_by_finish (service=? AND finished_at>?)',
      ({ drills }) => drills.latestOfServices(['service-7', 'service-9']),
    ],
    ['a slice of a journal', 'journal USING PRIMARY KEY (drill=? AND seq>?)', ({ drills }) => drills.journal('DR-1', 9_000, 100)],
    ['the end of a journal', 'journal USING PRIMARY KEY (drill=?)', ({ drills }) => drills.lastSeq('DR-1')],
    [
      'entries by type',
      'INDEX journal_by_type (type=? AND drill=?)',
      ({ drills }) => drills.entriesOfTypes(['DR-1', 'DR-2', 'DR-3'], ['started', 'paused']),
    ],
    ['output by step', 'INDEX output_by_step (drill=? AND step=? AND seq>?)', ({ drills }) => drills.output(outputQuery)],
    [
      'output by host',
      'INDEX output_by_host (drill=? AND step=? AND host=? AND seq>?)',
      ({ drills }) => drills.output({ ...outputQuery, host: 'host-1', isFromEnd: true }),
    ],
    [
      'durations of a plan',
      'COVERING INDEX step_duration_by_work (work=? AND family=? AND finished_at<?)',
      ({ durations }) => durations.past({ works: ['work-1', 'work-2', 'work-3'], family: 'run', beforeAt: 9_000, runs: 10 }),
    ],
    [
      'the run before',
      'INDEX drill_by_runbook (runbook=? AND number<?)',
      ({ durations }) => durations.runBefore({ id: 'DR-9000', runbook: 'runbook-7', mode: 'rehearsal' }),
    ],
    ['history about a subject', 'INDEX history_by_subject (subject=?)', ({ history }) => history.about('subject-1', 10)],
    [
      'the score of a service over time',
      'INDEX score_point_by_service (service=? AND at>?)',
      ({ readiness }) => readiness.scoreHistory('service-1', 10),
    ],
    ['revisions of a runbook', '(runbook=?)', ({ runbooks }) => runbooks.revisions('runbook-1')],
    ['the standing of a runbook', '(runbook=? AND number=?)', ({ runbooks }) => runbooks.find('runbook-1')],
    ['revisions that wait for approval', 'INDEX revision_not_approved', ({ runbooks }) => runbooks.awaitingApproval()],
    ['occurrences', 'occurrence USING PRIMARY KEY (schedule=?)', ({ schedules }) => schedules.occurrences('weekly', 3)],
    ['the newest due time decided', 'occurrence USING PRIMARY KEY (schedule=?)', ({ schedules }) => schedules.lastDueAt('weekly')],
    ['occurrences between', 'INDEX occurrence_by_due (due_at>? AND due_at<?)', ({ schedules }) => schedules.between(5_000, 6_000, 50)],
    ['drills of people between', 'INDEX drill_by_start (started_at>? AND started_at<?)', ({ drills }) => drills.startedByHand(1, 9, 50)],
    ['how long drills took', 'INDEX drill_by_runbook (runbook=?)', ({ drills }) => drills.lengthsOf(['runbook-7'], 9)],
    ['preflights of what is to come', 'INDEX preflight_by_due_time (due_at>?)', ({ preflights }) => preflights.ahead(9_990)],
    ['preflights', 'preflight USING PRIMARY KEY (schedule=? AND due_at=?)', ({ preflights }) => preflights.of('weekly', 5_000)],
    ['alerts', 'INDEX schedule_alert_by_try (next_try_at<?)', ({ scheduleAlerts }) => scheduleAlerts.take(9_000, 10_000, 5)],
    ['missed occurrences', 'INDEX occurrence_by_state (state=?)', ({ schedules }) => schedules.missed()],
  ];

  it.each(uses)('%s: by index', async (_what, step, use) => {
    const steps = await plansOf(use);
    expect(steps).toContainEqual(expect.stringContaining(step));
    expect(steps.filter(isTableScan)).toEqual([]);
  });
});

describe('a table scan', () => {
  it('would be noticed', () => {
    expect(
      ['SCAN drill', 'SCAN drill USING COVERING INDEX drill_by_finish', 'SCAN ranked', 'SEARCH drill USING INDEX x (y=?)'].filter(isTableScan),
    ).toEqual(['SCAN drill']);
  });
});

function detailOf(step: unknown): string {
  return typeof step === 'object' && step !== null && 'detail' in step ? String(step.detail) : '';
}

/** Indexes of nothing but the rows that are asked for. */
const PARTIAL = /USING INDEX (drill_unclean|revision_not_approved)$/;

/** A scan of what a subquery made, or of an index that is there to be counted or read whole, is none. */
function isTableScan(step: string): boolean {
  return /^SCAN (?!ranked|newest|latest|\(subquery)/.test(step) && !step.includes('USING COVERING INDEX') && !PARTIAL.test(step);
}
