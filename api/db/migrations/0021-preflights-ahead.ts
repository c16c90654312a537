// Preflights of due times that are still to come are asked for every few seconds: found by index.
import type { SchemaMigration } from './migration.ts';

export const preflightsAhead: SchemaMigration = {
  name: '0021-preflights-ahead',
  statements: () => ['create index preflight_by_due_time on preflight (due_at) where ended_at is not null'],
};
