// Writes that share a commit: each whole or not at all, told after the commit, and never all of the process's time.
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, SqliteDialect, SqliteDriver, sql, type DatabaseConnection } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupedWrites } from '../../../api/db/group-writes.ts';
import { keepingStatements } from '../../../api/db/kept-statements.ts';
import type { Tables } from '../../../api/db/tables.ts';

let statements: string[];
let file: BetterSqlite3.Database;
let kysely: Kysely<Tables>;
let write: ReturnType<typeof groupedWrites>;

/** Does what that of the app does: a transaction that has ended by itself is not rolled back again. */
class Driver extends SqliteDriver {
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (file.inTransaction) await super.rollbackTransaction(connection);
  }
}

class Dialect extends SqliteDialect {
  override createDriver(): SqliteDriver {
    return new Driver({ database: file });
  }
}

beforeEach(() => {
  statements = [];
  file = new BetterSqlite3(':memory:', { verbose: (text) => void statements.push(String(text).split(' ')[0] ?? '') });
  file.exec('pragma foreign_keys = on; create table note (text text primary key)');
  file.exec('create table link (target text references note (text) deferrable initially deferred)');
  kysely = new Kysely({ dialect: new Dialect({ database: file }) });
  write = groupedWrites(kysely, Infinity);
  statements.length = 0;
});
afterEach(() => kysely.destroy());

const add = (text: string): Promise<unknown> => write((db) => sql`insert into note values (${text})`.execute(db));
const notes = (): readonly string[] =>
  file
    .prepare<[], { text: string }>('select text from note order by text')
    .all()
    .map(({ text }) => text);
const commits = (): number => statements.filter((one) => one === 'commit').length;

const fail = (): Promise<never> =>
  write(async (db) => {
    await sql`insert into note values ('half')`.execute(db);
    throw new Error('It is not to be.');
  });
const astray = (): Promise<unknown> => write((db) => sql`insert into link values ('nowhere')`.execute(db));
const end = (): Promise<never> =>
  write(async (db) => {
    await sql`rollback`.execute(db);
    throw new Error('The disk is full.');
  });

describe('writes on SQLite', () => {
  it('that wait together share a commit, and are told after it', async () => {
    const commitsWhenTold = await Promise.all(['a', 'b', 'c'].map((text) => add(text).then(commits)));
    expect(commitsWhenTold).toEqual([1, 1, 1]);
    expect(notes()).toEqual(['a', 'b', 'c']);
  });

  it('that fail leave nothing, and take none of their group with them', async () => {
    const outcomes = await Promise.allSettled([add('a'), fail(), add('a'), add('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(notes()).toEqual(['a', 'b']);
    expect(commits()).toBe(1);
  });

  it('go on after the first of a group has failed', async () => {
    const outcomes = await Promise.allSettled([write(() => Promise.reject(new Error('no'))), add('a')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(notes()).toEqual(['a']);
  });

  it('all fail when the commit does', async () => {
    const outcomes = await Promise.allSettled([add('a'), astray(), add('b')]);
    expect(outcomes.map((one) => (one.status === 'rejected' ? String(one.reason) : 'told'))).toEqual(
      Array.from({ length: 3 }, () => 'SqliteError: FOREIGN KEY constraint failed'),
    );
    expect(notes()).toEqual([]);
    await add('c');
    expect(notes()).toEqual(['c']);
  });

  it('all fail with what ended their transaction, and the next ones are written', async () => {
    const outcomes = await Promise.allSettled([add('a'), end()]);
    expect(outcomes.map((one) => (one.status === 'rejected' ? String(one.reason) : 'told'))).toEqual([
      'Error: The disk is full.',
      'Error: The disk is full.',
    ]);
    await add('b');
    expect(notes()).toEqual(['b']);
  });

  it('leave the process its turn, however many follow each other', async () => {
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    for (let index = 0; index < 20; index += 1) await add(String(index));
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(19);
  });
});

describe('statements that were prepared', () => {
  it('are used again, and see a change of the schema', () => {
    const kept = keepingStatements(file);
    const all = 'select * from note';
    expect(kept.prepare(all)).toBe(kept.prepare(all));
    kept.prepare("insert into note values ('a')").run();
    expect(kept.prepare(all).all()).toEqual([{ text: 'a' }]);
    kept.prepare('alter table note add column more text').run();
    expect(kept.prepare(all).all()).toEqual([{ text: 'a', more: null }]);
  });

  it('are not shared with one who still reads', () => {
    const kept = keepingStatements(file);
    file.exec("insert into note values ('a'), ('b')");
    const rows = kept.prepare('select * from note').iterate();
    rows.next();
    expect(kept.prepare('select * from note').all()).toHaveLength(2);
    rows.return?.();
  });
});
