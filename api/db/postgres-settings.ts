// What must hold on a PostgreSQL server before anything is written: a commit that has returned is on its disk.
import { sql } from 'kysely';
import { DatabaseError } from './database-error.ts';
import type { MigrationTarget } from './migrate.ts';

/** `isSafe` of the value that the server gives for it; the owner of the server can set either. */
const SETTINGS = [
  { name: 'fsync', isSafe: (value: string) => value === 'on', advice: 'Set fsync = on in postgresql.conf and reload the server.' },
  {
    name: 'synchronous_commit',
    isSafe: (value: string) => value !== 'off',
    advice: 'Set synchronous_commit = on for the server, the database and the role.',
  },
] as const;

/** Throws a DatabaseError with code UNUSABLE. */
export async function refuseUnsafe({ kysely, name }: Pick<MigrationTarget, 'kysely' | 'name'>): Promise<void> {
  for (const { name: setting, isSafe, advice } of SETTINGS) {
    const { rows } = await sql<{ value: string }>`select current_setting(${setting}) as value`.execute(kysely);
    const value = rows[0]?.value ?? 'unknown';
    if (isSafe(value)) continue;
    const loses = `has ${setting} = ${value}: a crash of the server would lose what Muster has stored`;
    throw new DatabaseError('UNUSABLE', `The PostgreSQL database ${name} ${loses}. ${advice}`);
  }
}
