// Opening, locking, migrating and transactions.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../../api/db/open-database.ts';
import { MIGRATIONS } from '../../../api/db/migrations/all-migrations.ts';
import { onEachDatabase } from '../../support/database.ts';
import { emptyPostgres } from '../faults/empty-postgres.ts';

const OPEN_DATABASE = join(import.meta.dirname, '../../../api/db/open-database.ts');
const event = { at: 1, by: null, type: 'test.happened', subject: 'x', data: {} };

onEachDatabase('a database', (current) => {
  it('has strict tables, and text that is sorted by code point whatever the language of the server', async () => {
    const loose = `select name from sqlite_schema where type = 'table' and name not like 'kysely%' and name not like 'sqlite%' and sql not like '%) strict%'`;
    const sortedOtherwise = `select table_name, column_name from information_schema.columns where table_schema = 'public'
      and table_name not like 'kysely%' and data_type = 'text' and collation_name is distinct from 'C'`;
    expect(await current().runSql(current().location.kind === 'sqlite' ? loose : sortedOtherwise)).toEqual([]);
  });

  it('has every migration, and migrating again changes nothing', async () => {
    await current().database.migrate();
    expect(await current().runSql('select name from kysely_migration order by name')).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
  });

  it('is refused when a newer Muster has changed it', async () => {
    const { location } = current();
    const newest = MIGRATIONS.at(-1)?.name ?? '';
    const refusal = {
      code: 'NEWER_SCHEMA',
      message: expect.stringMatching(
        new RegExp(
          `^The database \\S+ was written by a newer Muster \\(it has migration 9999-future, this version knows up to ${newest}\\). ` +
            'Start that version, or restore a backup.$',
        ),
      ),
    };
    // On SQLite the file is opened again at the end of this already.
    const migrating = current()
      .runSql(`insert into kysely_migration (name, timestamp) values ('9999-future', '2040-01-01T00:00:00Z')`)
      .then(() => current().database.migrate());
    await expect(migrating).rejects.toMatchObject(refusal);
    await expect(openDatabase(location)).rejects.toMatchObject(refusal);
  });

  it('stores all of a write', async () => {
    const result = await current().database.write(async (inside) => {
      await inside.history.append(event);
      await inside.accounts.create({ name: 'ada', displayName: 'Ada', roles: [], passwordHash: 'x', isDisabled: false, createdAt: 1 });
      return 'stored';
    });
    expect(result).toBe('stored');
    expect(await current().stores.history.about('x', 9)).toHaveLength(1);
    expect(await current().stores.accounts.count()).toBe(1);
  });

  it('stores nothing of a write that fails, whether our code or a constraint fails it', async () => {
    const account = { name: 'ada', displayName: 'Ada', roles: [], passwordHash: 'x', isDisabled: false, createdAt: 1 };
    const { database, stores } = current();
    const ours = database.write(async (inside) => {
      await inside.accounts.create(account);
      throw new Error('no');
    });
    await expect(ours).rejects.toThrow('no');
    const theirs = database.write(async (inside) => {
      await inside.history.append(event);
      await inside.accounts.create(account);
      await inside.accounts.create(account);
    });
    await expect(theirs).rejects.toThrow(/unique/i);
    expect(await stores.accounts.count()).toBe(0);
    expect(await stores.history.about('x', 9)).toEqual([]);
  });

  it('runs writes one after the other, so that none decides on what another is changing', async () => {
    const { database, stores } = current();
    await Promise.all(
      Array.from({ length: 12 }, () =>
        database.write(async (inside) => {
          const seen = await inside.history.about('x', 99);
          await inside.history.append({ ...event, data: { seen: seen.length } });
        }),
      ),
    );
    expect((await stores.history.about('x', 99)).map(({ data }) => data['seen'])).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('does not show outside what a write has not committed', async () => {
    const { database, stores } = current();
    const begun = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const write = database.write(async (inside) => {
      await inside.history.append(event);
      begun.resolve();
      await held.promise;
      throw new Error('no');
    });
    await begun.promise;
    const seen = stores.history.about('x', 9);
    held.resolve();
    await expect(write).rejects.toThrow('no');
    expect(await seen).toEqual([]);
  });

  it('refuses a write inside a write and stores from outside, which would wait for each other', async () => {
    const { database, stores } = current();
    const nested = database.write(() => database.write(async () => undefined));
    await expect(nested).rejects.toMatchObject({ code: 'MISUSED' });
    const uses: readonly (() => Promise<unknown>)[] = [
      () => stores.accounts.count(),
      () => stores.portfolio.load(),
      () => stores.history.append(event),
    ];
    for (const use of uses) {
      await expect(database.write<unknown>(use)).rejects.toMatchObject({ code: 'MISUSED' });
    }
    await database.write((inside) => inside.history.append(event));
    expect(await stores.history.about('x', 9)).toHaveLength(1);
  });

  it('is free again for work that a write left running', async () => {
    const { database, stores } = current();
    const ended = Promise.withResolvers<void>();
    const later: Promise<number>[] = [];
    await database.write(async () => {
      later.push(ended.promise.then(() => stores.accounts.count()));
    });
    ended.resolve();
    expect(await Promise.all(later)).toEqual([0]);
  });
});

describe('an SQLite file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-open-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused while this process has it open, and free after that', async () => {
    const file = join(folder, 'muster.db');
    const first = await openDatabase({ kind: 'sqlite', file });
    await expect(openDatabase({ kind: 'sqlite', file })).rejects.toMatchObject({ code: 'IN_USE', message: expect.stringContaining(file) });
    await first.close();
    await (await openDatabase({ kind: 'sqlite', file })).close();
  });

  it('is refused to a second process, before it was migrated and after', async () => {
    const file = join(folder, 'muster.db');
    const first = await openDatabase({ kind: 'sqlite', file });
    expect(openInChild(file)).toBe('IN_USE');
    await first.migrate();
    expect(openInChild(file)).toBe('IN_USE');
    await first.close();
    expect(openInChild(file)).toBe('opened');
  });

  it('has all that was committed when its process is killed', async () => {
    const file = join(folder, 'muster.db');
    const child = spawn(process.execPath, ['--input-type=module', '-e', killedWhileWriting(file)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let last = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      last = Number(text.trim().split('\n').at(-1));
      if (last >= 20) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const database = await openDatabase({ kind: 'sqlite', file });
    const [newest] = await database.stores.history.about('x', 1);
    await database.close();
    expect(newest?.position).toBeGreaterThanOrEqual(last);
    expect(last).toBeGreaterThanOrEqual(20);
  });

  it('says so when its disk is full, has all that was committed, and goes on once there is space', async () => {
    const file = join(folder, 'muster.db');
    const script = join(folder, 'fill.mjs');
    writeFileSync(script, filling(file));
    // A limit on the size of files fails a write as a full disk does; in blocks of 512 or 1024 bytes.
    const output = execFileSync('sh', ['-c', 'ulimit -f 1000 && exec "$0" "$1"', process.execPath, script], { encoding: 'utf8' });
    expect(output).toMatch(/^NOT_STORED [1-9]\d* .*muster\.db/);
    const committed = Number(output.split(' ')[1]);
    const database = await openDatabase({ kind: 'sqlite', file });
    await database.stores.history.append(event);
    expect(await database.stores.history.about('x', 10_000)).toHaveLength(committed + 1);
    await database.close();
  });

  it.each([
    ['a folder that is not there', (): string => join(folder, 'missing', 'muster.db')],
    ['a folder', (): string => (mkdirSync(join(folder, 'muster.db')), join(folder, 'muster.db'))],
    ['another kind of file', (): string => (writeFileSync(join(folder, 'notes.txt'), 'not a database '.repeat(100)), join(folder, 'notes.txt'))],
    ['memory, which no crash survives', (): string => ':memory:'],
  ])('is not %s', async (_what, file) => {
    await expect(openDatabase({ kind: 'sqlite', file: file() })).rejects.toMatchObject({ name: 'DatabaseError', code: 'UNUSABLE' });
  });
});

describe('a PostgreSQL server', () => {
  it('that is not there is named, its password is not', async () => {
    const opening = openDatabase({ kind: 'postgres', url: 'postgres://muster:hunter2@127.0.0.1:1/muster' });
    await expect(opening).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/^The PostgreSQL database muster at 127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/),
    });
    await expect(opening).rejects.not.toThrow('hunter2');
  });

  it('that says a commit is done before it is on disk is refused', async () => {
    const empty = await emptyPostgres(inject('postgresUrl'));
    try {
      const url = new URL(empty.postgresUrl);
      url.searchParams.set('options', '-c synchronous_commit=off');
      await expect(openDatabase({ kind: 'postgres', url: url.href })).rejects.toMatchObject({
        code: 'UNUSABLE',
        message: expect.stringMatching(/has synchronous_commit = off: .* Set synchronous_commit = on/),
      });
    } finally {
      await empty.remove();
    }
  });

  it('needs an address that can be read', async () => {
    await expect(openDatabase({ kind: 'postgres', url: 'muster.db' })).rejects.toMatchObject({ code: 'UNUSABLE' });
  });
});

function openInChild(file: string): string {
  const script = `
    import { openDatabase } from ${JSON.stringify(OPEN_DATABASE)};
    const outcome = await openDatabase({ kind: 'sqlite', file: ${JSON.stringify(file)} }).then(() => 'opened', (error) => error.code);
    process.stdout.write(outcome);`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}

/** Writes events until it fails, and says how. */
function filling(file: string): string {
  return `
    import { openDatabase } from ${JSON.stringify(OPEN_DATABASE)};
    process.on('SIGXFSZ', () => undefined);
    const database = await openDatabase({ kind: 'sqlite', file: ${JSON.stringify(file)} });
    await database.migrate();
    let committed = 0;
    try {
      for (;;) {
        await database.stores.history.append({ ...${JSON.stringify(event)}, data: { text: 'x'.repeat(10_000) } });
        committed += 1;
      }
    } catch ({ code, message }) {
      process.stdout.write([code, committed, message].join(' '));
    }
    process.exit();`;
}

/** Writes the position of each event once it is committed. */
function killedWhileWriting(file: string): string {
  return `
    import { writeSync } from 'node:fs';
    import { openDatabase } from ${JSON.stringify(OPEN_DATABASE)};
    const database = await openDatabase({ kind: 'sqlite', file: ${JSON.stringify(file)} });
    await database.migrate();
    for (let position = 1; ; position += 1) {
      await database.stores.history.append(${JSON.stringify(event)});
      writeSync(1, position + '\\n');
      await new Promise(setImmediate);
    }`;
}
