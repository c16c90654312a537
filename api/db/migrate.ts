// Brings a database to the schema of this version, and refuses one that a newer version has changed.
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { DatabaseError } from './database-error.ts';
import { MIGRATIONS } from './migrations/all-migrations.ts';
import { POSTGRES_WORDS, SQLITE_WORDS, type Words } from './migrations/words.ts';
import type { Tables } from './tables.ts';

/** Which database; `name` is for people. */
export interface MigrationTarget {
  readonly kysely: Kysely<Tables>;
  readonly kind: 'sqlite' | 'postgres';
  readonly name: string;
}

/** Applies what is missing, in one transaction. Throws a DatabaseError with code NEWER_SCHEMA. */
export async function migrate(target: MigrationTarget): Promise<void> {
  await refuseNewerSchema(target);
  const words = target.kind === 'sqlite' ? SQLITE_WORDS : POSTGRES_WORDS;
  const migrator = new Migrator({ db: target.kysely, provider: { getMigrations: async () => migrationsIn(words) }, allowUnorderedMigrations: true });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Throws a DatabaseError with code NEWER_SCHEMA when the database has a migration that this version does not know. */
export async function refuseNewerSchema({ kysely, name }: MigrationTarget): Promise<void> {
  const tables = await kysely.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name desc`.execute(kysely);
  const known = new Set(MIGRATIONS.map((migration) => migration.name));
  const unknown = rows.find((row) => !known.has(row.name));
  if (unknown === undefined) return;
  const has = `it has migration ${unknown.name}, this version knows up to ${MIGRATIONS.at(-1)?.name ?? 'none'}`;
  throw new DatabaseError('NEWER_SCHEMA', `The database ${name} was written by a newer Muster (${has}). Start that version, or restore a backup.`);
}

function migrationsIn(words: Words): Record<string, Migration> {
  return Object.fromEntries(
    MIGRATIONS.map(({ name, statements }) => [
      name,
      {
        up: async (db: Kysely<unknown>): Promise<void> => {
          for (const statement of statements(words)) await sql.raw(statement).execute(db);
        },
      },
    ]),
  );
}
