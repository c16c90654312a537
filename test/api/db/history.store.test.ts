// The history: numbered, newest first, and closed to every change.
import { describe, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';

const signIn = {
  at: 1_000,
  by: 'ada',
  type: 'account.signed-in',
  subject: 'account:ada',
  data: { address: '192.0.2.7', tries: [1, 2], nested: { ok: true } },
};

onEachDatabase('the history', (current) => {
  it('gives the events about a subject, newest first, numbered over all subjects', async () => {
    const { history } = current().stores;
    await history.append(signIn);
    await history.append({ ...signIn, subject: 'account:bob', by: null });
    await history.append({ ...signIn, at: 2_000, type: 'account.signed-out' });
    expect(await history.about('account:ada', 10)).toEqual([
      { ...signIn, at: 2_000, type: 'account.signed-out', position: 3 },
      { ...signIn, position: 1 },
    ]);
    expect(await history.about('account:ada', 1)).toHaveLength(1);
    expect((await history.about('account:bob', 1))[0]?.by).toBeNull();
    expect(await history.about('account:eve', 1)).toEqual([]);
  });

  it('leaves no hole when a write fails', async () => {
    const { database, stores } = current();
    await stores.history.append(signIn);
    const failing = database.write(async (inside) => {
      await inside.history.append(signIn);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await stores.history.append(signIn);
    expect((await stores.history.about('account:ada', 10)).map((event) => event.position)).toEqual([2, 1]);
  });

  it('numbers events that come at the same time one after the other', async () => {
    const { history } = current().stores;
    await Promise.all(Array.from({ length: 20 }, () => history.append(signIn)));
    const positions = (await history.about('account:ada', 100)).map((event) => event.position);
    expect(positions).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
  });

  describe('refuses', () => {
    it.each([
      `update history set data = '{}'`,
      'delete from history',
      'delete from history where position = 1',
      `update history set position = 7 where position = 1`,
    ])('%s', async (statement) => {
      await current().stores.history.append(signIn);
      await expect(current().runSql(statement)).rejects.toThrow('the table history is append-only');
      expect(await current().stores.history.about('account:ada', 10)).toEqual([{ ...signIn, position: 1 }]);
    });

    it('putting another row in the place of one that is there', async () => {
      await current().stores.history.append(signIn);
      const row = `into history (position, at, actor, type, subject, data) values (1, 5, 'eve', 'x', 'account:ada', '{}')`;
      const isSqlite = current().location.kind === 'sqlite';
      const statement = isSqlite ? `insert or replace ${row}` : `insert ${row} on conflict (position) do update set actor = 'eve'`;
      await expect(current().runSql(statement)).rejects.toThrow('the table history is append-only');
    });
  });
});
