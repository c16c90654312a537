// Drafts: what people are writing, one for each person and runbook.
import type { SchemaMigration } from './migration.ts';

export const drafts: SchemaMigration = {
  name: '0008-drafts',
  statements: ({ text, integer, tableEnd }) => [
    `create table draft (
      runbook ${text} not null,
      account ${text} not null,
      source ${text} not null,
      files ${text} not null,
      base ${text} references revision (hash),
      version ${integer} not null,
      saved_at ${integer} not null,
      primary key (runbook, account)
    ) ${tableEnd}`,
  ],
};
