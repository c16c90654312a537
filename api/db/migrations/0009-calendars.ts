// Calendar rules, freezes, blackout calendars, preflights, and what people are told about schedules.
import type { SchemaMigration } from './migration.ts';
import type { Words } from './words.ts';

export const calendars: SchemaMigration = {
  name: '0009-calendars',
  statements: (words) => [...scheduleColumns(words), ...occurrenceColumns(words), ...closingTables(words), ...watchTables(words)],
};

/** `rule` is null in schedules of before: their rule is the cron column. */
function scheduleColumns({ text, integer }: Words): readonly string[] {
  return [
    `alter table schedule add column rule ${text}`,
    `alter table schedule add column starts_on ${text}`,
    `alter table schedule add column ends_on ${text}`,
    `alter table schedule add column exceptions ${text} not null default '[]'`,
    `alter table schedule add column is_only_after_pass ${integer} not null default 0 check (is_only_after_pass in (0, 1))`,
    `alter table schedule add column jitter_ms ${integer} not null default 0`,
    `alter table schedule add column window_ms ${integer} not null default 3600000`,
    `alter table schedule add column lead_ms ${integer} not null default 604800000`,
    `alter table schedule add column alert_channel ${text}`,
    `alter table schedule add column since_at ${integer}`,
    `alter table schedule add column ended_at ${integer}`,
    `alter table schedule add column version ${integer} not null default 1`,
    // When a schedule was last made or resumed was read from the history before.
    `update schedule set since_at = coalesce(
      (select max(history.at) from history where history.subject = schedule.id and history.type = 'schedule.resumed'), created_at)`,
  ];
}

function occurrenceColumns({ text, integer, clusteredTableEnd }: Words): readonly string[] {
  return [
    `alter table occurrence add column cause ${text}`,
    'create index occurrence_by_due on occurrence (due_at, schedule)',
    'create index drill_by_start on drill (started_at, number)',
    `create table preflight (
      schedule ${text} not null references schedule (id),
      due_at ${integer} not null,
      kind ${text} not null,
      begun_at ${integer} not null,
      ended_at ${integer},
      is_ok ${integer} check (is_ok in (0, 1)),
      problems ${text} not null,
      primary key (schedule, due_at, kind)
    ) ${clusteredTableEnd}`,
  ];
}

function closingTables({ text, integer, tableEnd }: Words): readonly string[] {
  const common = `id ${text} not null primary key,
      title ${text} not null,
      scope ${text} not null,
      zone ${text} not null,
      owner ${text} not null,
      created_at ${integer} not null,
      ended_at ${integer},
      version ${integer} not null`;
  return [
    `create table freeze_window (
      ${common},
      reason ${text} not null,
      from_wall ${text} not null,
      to_wall ${text} not null
    ) ${tableEnd}`,
    `create table blackout_calendar (
      ${common},
      content ${text} not null
    ) ${tableEnd}`,
  ];
}

/** An alert waits here until its channel took it, so that a crash loses none. */
function watchTables({ text, integer, counter, tableEnd }: Words): readonly string[] {
  return [
    `create table schedule_alert (
      number ${counter},
      schedule ${text} not null references schedule (id),
      channel ${text} not null,
      message ${text} not null,
      made_at ${integer} not null,
      tries ${integer} not null default 0,
      next_try_at ${integer},
      failure ${text}
    ) ${tableEnd}`,
    'create index schedule_alert_by_try on schedule_alert (next_try_at)',
  ];
}
