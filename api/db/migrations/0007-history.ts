// Everything that happened, numbered 1, 2, 3 … without a hole; append-only.
import type { SchemaMigration } from './migration.ts';

export const history: SchemaMigration = {
  name: '0007-history',
  statements: ({ text, integer, tableEnd, appendOnly }) => [
    `create table history (
      position ${integer} not null primary key,
      at ${integer} not null,
      actor ${text},
      type ${text} not null,
      subject ${text} not null,
      data ${text} not null
    ) ${tableEnd}`,
    'create index history_by_subject on history (subject, position)',
    ...appendOnly('history', ['position']),
  ],
};
