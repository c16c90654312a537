// Runbook revisions: the content never changes, the approval is added once.
import type { SchemaMigration } from './migration.ts';

export const runbooks: SchemaMigration = {
  name: '0002-runbooks',
  statements: ({ text, integer, tableEnd }) => [
    `create table revision (
      hash ${text} not null primary key,
      runbook ${text} not null,
      number ${integer} not null,
      content ${text} not null,
      source ${text} not null,
      created_at ${integer} not null,
      created_by ${text} not null,
      approved_at ${integer},
      approved_by ${text},
      unique (runbook, number),
      check ((approved_at is null) = (approved_by is null))
    ) ${tableEnd}`,
  ],
};
