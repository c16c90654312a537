// The latest assessment of each service, every move of its score, and the latest connection test of each host.
import type { SchemaMigration } from './migration.ts';

export const readiness: SchemaMigration = {
  name: '0005-readiness',
  statements: ({ text, integer, real, counter, tableEnd }) => [
    `create table assessment (
      service ${text} not null primary key,
      assessed_at ${integer} not null,
      model_version ${text} not null,
      effective ${real} not null,
      band ${text} not null,
      content ${text} not null
    ) ${tableEnd}`,
    `create table score_point (
      number ${counter},
      service ${text} not null,
      at ${integer} not null,
      effective ${real} not null,
      band ${text} not null,
      model_version ${text} not null,
      content ${text} not null
    ) ${tableEnd}`,
    'create index score_point_by_service on score_point (service, at, number)',
    `create table host_check (
      host ${text} not null primary key,
      at ${integer} not null,
      is_reachable ${integer} not null check (is_reachable in (0, 1)),
      is_key_changed ${integer} not null check (is_key_changed in (0, 1)),
      problem ${text}
    ) ${tableEnd}`,
  ],
};
