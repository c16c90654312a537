// Schedules, and one row for each due time: whoever inserts it handles it.
import type { SchemaMigration } from './migration.ts';

export const schedules: SchemaMigration = {
  name: '0004-schedules',
  statements: ({ text, integer, tableEnd, clusteredTableEnd }) => [
    `create table schedule (
      id ${text} not null primary key,
      title ${text} not null,
      runbook ${text} not null,
      mode ${text} not null,
      inputs ${text} not null,
      cron ${text} not null,
      zone ${text} not null,
      grace_ms ${integer} not null,
      owner ${text} not null,
      is_active ${integer} not null check (is_active in (0, 1)),
      created_at ${integer} not null
    ) ${tableEnd}`,
    `create table occurrence (
      schedule ${text} not null references schedule (id),
      due_at ${integer} not null,
      state ${text} not null,
      drill ${text},
      reason ${text},
      primary key (schedule, due_at)
    ) ${clusteredTableEnd}`,
    'create index occurrence_by_state on occurrence (state, due_at)',
  ],
};
