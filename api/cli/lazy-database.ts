// The configured database, opened when it is needed first and closed at the end.
import type { Database } from '../application/stores.ts';
import type { CliParts, OpenedDatabase } from './parts.ts';

export interface LazyDatabase {
  open(): Promise<OpenedDatabase>;
}

/** Runs the work and closes what it has opened. The database is not made when there is none. */
export async function withDatabase<T>(parts: Pick<CliParts, 'openDatabase'>, work: (database: LazyDatabase) => Promise<T>): Promise<T> {
  let opened: OpenedDatabase | null = null;
  try {
    return await work({
      async open() {
        opened ??= await parts.openDatabase({ makes: false });
        return opened;
      },
    });
  } finally {
    await databaseOf(opened)?.close();
  }
}

export function databaseOf(opened: OpenedDatabase | null): Database | null {
  return opened?.kind === 'open' ? opened.database : null;
}
