// How hosts are reached and signed in to, who pinned their keys and when, and what the last look at a host took.
import type { SchemaMigration } from './migration.ts';

export const connections: SchemaMigration = {
  name: '0010-connections',
  statements: ({ text, integer }) => [
    `alter table host add column jump ${text}`,
    `alter table host add column credential ${text}`,
    `alter table host add column pins ${text} not null default '{}'`,
    `alter table host_check add column hop ${text}`,
    `alter table host_check add column round_trip_ms ${integer}`,
  ],
};
