// Accounts and sessions.
import { expect, it } from 'vitest';
import type { Account, Session } from '../../../api/application/stores.ts';
import { onEachDatabase } from '../../support/database.ts';

const ada: Account = {
  name: 'ada',
  displayName: 'Ada L.',
  roles: ['coordinator', 'admin'],
  passwordHash: '$argon2id$1',
  isDisabled: false,
  createdAt: 1_000,
};
const bob: Account = { ...ada, name: 'bob', roles: [], isDisabled: true };

const session = (idHash: string, createdAt: number, lastSeenAt: number): Session => ({ idHash, account: 'ada', createdAt, lastSeenAt });

onEachDatabase('accounts', (current) => {
  it('come back as they were put', async () => {
    const { accounts } = current().stores;
    expect(await accounts.count()).toBe(0);
    await accounts.create(bob);
    await accounts.create(ada);
    expect(await accounts.count()).toBe(2);
    expect(await accounts.find('ada')).toEqual(ada);
    expect(await accounts.find('Ada')).toBeNull();
    expect(await accounts.findMany(['bob', 'eve', 'ada'])).toEqual([ada, bob]);
    expect(await accounts.findMany([])).toEqual([]);
    await expect(accounts.create(ada)).rejects.toThrow(/unique/i);
  });

  it('get a new password', async () => {
    const { accounts } = current().stores;
    await accounts.create(ada);
    await accounts.setPassword('ada', '$argon2id$2');
    expect(await accounts.find('ada')).toEqual({ ...ada, passwordHash: '$argon2id$2' });
    await expect(accounts.setPassword('eve', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('have sessions that are seen, end, and end by age', async () => {
    const { accounts } = current().stores;
    await accounts.create(ada);
    for (const [hash, created, seen] of [
      ['old', 100, 900],
      ['idle', 500, 550],
      ['live', 500, 900],
      ['gone', 500, 900],
    ] as const) {
      await accounts.addSession(session(hash, created, seen));
    }
    expect(await accounts.findSession('old')).toEqual(session('old', 100, 900));
    await accounts.touchSession('live', 950);
    await accounts.endSession('gone');
    await accounts.touchSession('gone', 960);
    await accounts.endSessionsBefore(200, 600);
    expect(await accounts.findSession('live')).toEqual(session('live', 500, 950));
    for (const hash of ['old', 'idle', 'gone', 'never']) expect(await accounts.findSession(hash)).toBeNull();
    await expect(accounts.addSession({ ...session('x', 1, 1), account: 'eve' })).rejects.toThrow(/foreign key/i);
  });
});
