// The words in which the two databases differ, and the statements that make a table append-only in each.

export interface Words {
  /** Sorted by code point on both, whatever the server's language is. */
  readonly text: string;
  readonly integer: string;
  readonly real: string;
  readonly bytes: string;
  /** A key that the database counts up by itself; it may leave holes. */
  readonly counter: string;
  readonly tableEnd: string;
  /** For a table with small rows that is read along its key. */
  readonly clusteredTableEnd: string;
  /** Statements after which no row of the table can be changed, replaced or deleted. `key` names the columns of its key. */
  readonly appendOnly: (table: string, key: readonly string[]) => readonly string[];
  /** Statements after which other processes hear what was appended to the table. Nothing where there is only one process. */
  readonly announced: (table: string, columns: AnnouncedColumns) => readonly string[];
}

/** The columns that say what was appended: about whom, and its place in the order of that. */
export interface AnnouncedColumns {
  readonly topic: string;
  readonly subject: string;
  readonly position: string;
}

/** What is announced: topic, whose it is, first and last position, and the name of the process that did it; as JSON. */
export const ANNOUNCEMENTS = 'muster';

export const SQLITE_WORDS: Words = {
  text: 'text',
  integer: 'integer',
  real: 'real',
  bytes: 'blob',
  counter: 'integer primary key',
  tableEnd: 'strict',
  clusteredTableEnd: 'strict, without rowid',
  appendOnly: (table, key) => {
    const refuse = `begin select raise(abort, 'the table ${table} is append-only'); end`;
    const isTaken = `exists (select 1 from ${table} where ${key.map((column) => `${column} = new.${column}`).join(' and ')})`;
    return [
      `create trigger ${table}_no_update before update on ${table} ${refuse}`,
      `create trigger ${table}_no_delete before delete on ${table} ${refuse}`,
      // `insert or replace` deletes without asking the delete trigger.
      `create trigger ${table}_no_replace before insert on ${table} when ${isTaken} ${refuse}`,
    ];
  },
  announced: () => [],
};

/** A notice is sent with the commit: none for what was rolled back, none before it can be read. */
const announced: Words['announced'] = (table, { topic, subject, position }) => [
  `create function announce_${table}() returns trigger language plpgsql as $$
    begin
      perform pg_notify('${ANNOUNCEMENTS}', json_build_object(
        'topic', '${topic}', 'subject', ${subject}, 'from', min(${position}), 'to', max(${position}),
        'by', current_setting('application_name'))::text)
      from added group by ${subject};
      return null;
    end $$`,
  `create trigger ${table}_announced after insert on ${table} referencing new table as added
    for each statement execute function announce_${table}()`,
];

export const POSTGRES_WORDS: Words = {
  text: 'text collate "C"',
  integer: 'bigint',
  real: 'double precision',
  bytes: 'bytea',
  counter: 'bigint generated always as identity primary key',
  tableEnd: '',
  clusteredTableEnd: '',
  appendOnly: (table) => [
    `create function refuse_change_of_${table}() returns trigger language plpgsql as $$
      begin raise exception 'the table ${table} is append-only' using errcode = 'restrict_violation'; end $$`,
    `create trigger ${table}_no_change before update or delete on ${table} for each row execute function refuse_change_of_${table}()`,
    `create trigger ${table}_no_truncate before truncate on ${table} for each statement execute function refuse_change_of_${table}()`,
  ],
  announced,
};
