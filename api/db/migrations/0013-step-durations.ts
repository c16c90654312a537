// What each step of a finished run took, found by what the step does.
import type { SchemaMigration } from './migration.ts';

export const stepDurations: SchemaMigration = {
  name: '0013-step-durations',
  statements: ({ text, integer, clusteredTableEnd }) => [
    `create table step_duration (
      drill ${integer} not null references drill (number),
      step ${text} not null,
      work ${text} not null,
      family ${text} not null,
      finished_at ${integer} not null,
      work_ms ${integer} not null,
      human_ms ${integer} not null,
      primary key (drill, step)
    ) ${clusteredTableEnd}`,
    'create index step_duration_by_work on step_duration (work, family, finished_at, drill, work_ms, human_ms)',
  ],
};
