// People who may sign in, and their sessions.
import type { SchemaMigration } from './migration.ts';

export const accounts: SchemaMigration = {
  name: '0006-accounts',
  statements: ({ text, integer, tableEnd }) => [
    `create table account (
      name ${text} not null primary key,
      display_name ${text} not null,
      roles ${text} not null,
      password_hash ${text} not null,
      is_disabled ${integer} not null check (is_disabled in (0, 1)),
      created_at ${integer} not null
    ) ${tableEnd}`,
    `create table session (
      id_hash ${text} not null primary key,
      account ${text} not null references account (name),
      created_at ${integer} not null,
      last_seen_at ${integer} not null
    ) ${tableEnd}`,
    'create index session_by_account on session (account)',
  ],
};
