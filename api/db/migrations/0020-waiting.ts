// What waits for people is asked for every few seconds: found by index, however long the history is.
import type { SchemaMigration } from './migration.ts';

export const waiting: SchemaMigration = {
  name: '0020-waiting',
  statements: () => [
    'create index drill_unclean on drill (number) where is_unclean = 1',
    'create index revision_not_approved on revision (runbook, number) where approved_at is null',
  ],
};
