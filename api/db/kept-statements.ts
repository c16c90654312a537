// Statements of SQLite that were prepared once are used again: to prepare one takes longer than most of them run.
import type BetterSqlite3 from 'better-sqlite3';

/** The statements of the app, at several lengths of their lists. */
const MOST_KEPT = 500;
/** Only these are kept: after a change of the schema they are prepared anew. */
const KEPT = /^\s*(?:select|insert|update|delete|with|begin|commit|rollback|savepoint|release)\b/iu;

export interface Prepares {
  prepare(text: string): BetterSqlite3.Statement;
  close(): void;
}

export function keepingStatements(database: BetterSqlite3.Database): Prepares {
  const kept = new Map<string, BetterSqlite3.Statement>();
  return {
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined && !known.busy) return known;
      const statement = database.prepare(text);
      if (!KEPT.test(text)) {
        kept.clear();
        return statement;
      }
      const oldest = kept.size < MOST_KEPT ? undefined : kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(text, statement);
      return statement;
    },
    close: () => void database.close(),
  };
}
