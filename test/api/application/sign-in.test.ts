// Signing in: who gets in, what others are told, and how often one may try.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount } from '../../../api/application/accounts.ts';
import { actorOf, signOut } from '../../../api/application/sessions.ts';
import { signIn, type SignInAttempt } from '../../../api/application/sign-in.ts';
import { temporaryApp, type TemporaryApp } from './temporary-app.ts';

const PASSWORD = 'correct horse battery';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('signing in', () => {
  let t: TemporaryApp;

  beforeEach(async () => {
    t = await temporaryApp();
    const made = await makeAccount(t.app, null, { name: 'maria', displayName: 'Maria Lopez', password: PASSWORD, roles: ['coordinator'] });
    expect(made.ok).toBe(true);
  });
  afterEach(() => t.end());

  const attempt = (more: Partial<SignInAttempt> = {}) => signIn(t.app, { name: 'maria', password: PASSWORD, address: '192.0.2.1', ...more });
  const secretOf = async (): Promise<string> => {
    const result = await attempt();
    if (!result.ok) throw new Error(result.refusal.message);
    return result.value.sessionSecret;
  };

  it('lets in who knows the password, and the session names the person', async () => {
    const secret = await secretOf();
    expect(await actorOf(t.app, secret)).toEqual({ name: 'maria', displayName: 'Maria Lopez', roles: ['coordinator'] });
  });

  it('reads the name as people type it', async () => {
    expect((await attempt({ name: ' Maria ' })).ok).toBe(true);
  });

  it('tells the same to a wrong password and to an unknown name', async () => {
    const wrong = await attempt({ password: 'wrong' });
    const unknown = await attempt({ name: 'nobody' });
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'UNAUTHENTICATED' } });
    expect(unknown).toEqual(wrong);
  });

  it('does the same work for an unknown name as for a known one', async () => {
    const work: string[] = [];
    const passwords = {
      hash: (password: string) => (work.push('argon2id'), t.app.passwords.hash(password)),
      verify: (hash: string, password: string) => (work.push('argon2id'), t.app.passwords.verify(hash, password)),
    };
    await signIn({ ...t.app, passwords }, { name: 'maria', password: 'wrong', address: '192.0.2.1' });
    const known = work.splice(0);
    await signIn({ ...t.app, passwords }, { name: 'nobody', password: 'wrong', address: '192.0.2.1' });
    expect(work).toEqual(known);
  });

  it('records who got in, who did not, and never what was typed', async () => {
    await attempt({ password: 'a-wrong-password' });
    await attempt({ name: 'my-password-by-mistake' });
    await attempt();
    const about = await t.app.database.stores.history.about('maria', 10);
    expect(about.map((event) => event.type)).toEqual(['session.started', 'session.refused', 'account.created']);
    const unknown = await t.app.database.stores.history.about('(unknown)', 10);
    expect(unknown.map((event) => event.type)).toEqual(['session.refused']);
    expect(JSON.stringify([about, unknown])).not.toMatch(/wrong-password|by-mistake|argon2/);
  });

  it('refuses the sixth try for an account within 15 minutes, whatever the address, and lets it try again later', async () => {
    for (let i = 1; i <= 5; i += 1)
      expect(await attempt({ password: 'wrong', address: `192.0.2.${i}` })).toMatchObject({ refusal: { code: 'UNAUTHENTICATED' } });
    t.advance(5 * MINUTE_MS);
    const sixth = await attempt({ address: '192.0.2.99' });
    expect(sixth).toMatchObject({ ok: false, refusal: { code: 'RATE_LIMITED' } });
    expect(sixth.ok ? '' : sixth.refusal.message).toContain('10 min');
    t.advance(10 * MINUTE_MS);
    expect((await attempt()).ok).toBe(true);
  });

  it('limits an unknown name just like a known one', async () => {
    for (let i = 1; i <= 5; i += 1) await attempt({ name: 'nobody', address: `192.0.2.${i}` });
    expect(await attempt({ name: 'nobody', address: '192.0.2.99' })).toMatchObject({ refusal: { code: 'RATE_LIMITED' } });
  });

  it('counts tries that come all at once', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, () => attempt({ password: 'wrong' })));
    const codes = tries.map((result) => (result.ok ? 'in' : result.refusal.code));
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(7);
  });

  it('refuses the twenty-first wrong try from one address, and not from another', async () => {
    for (let i = 0; i < 20; i += 1) await attempt({ name: `name-${i}` });
    expect(await attempt()).toMatchObject({ refusal: { code: 'RATE_LIMITED' } });
    expect((await attempt({ address: '192.0.2.2' })).ok).toBe(true);
  });

  it('does not hold an office back whose people all get in', async () => {
    for (let i = 0; i < 25; i += 1) expect((await attempt()).ok).toBe(true);
  });

  it('refuses a disabled account with the words for a wrong password', async () => {
    const wrong = await attempt({ password: 'wrong' });
    const { accounts } = t.app.database.stores;
    const disabled = {
      ...t.app,
      database: { ...t.app.database, stores: { ...t.app.database.stores, accounts: { ...accounts, find: disabledOnly } } },
    };
    async function disabledOnly(name: string) {
      const account = await accounts.find(name);
      return account === null ? null : { ...account, isDisabled: true };
    }
    const secret = await secretOf();
    expect(await signIn(disabled, { name: 'maria', password: PASSWORD, address: '192.0.2.1' })).toEqual(wrong);
    expect(await actorOf(disabled, secret)).toBeNull();
  });

  describe('a session', () => {
    it('ends after 30 minutes without a request', async () => {
      const secret = await secretOf();
      t.advance(30 * MINUTE_MS - 1);
      expect(await actorOf(t.app, secret)).not.toBeNull();
      t.advance(30 * MINUTE_MS);
      expect(await actorOf(t.app, secret)).toBeNull();
    });

    it('ends after 12 hours, however busy it is', async () => {
      const secret = await secretOf();
      for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
        t.advance(20 * MINUTE_MS);
        expect(await actorOf(t.app, secret)).not.toBeNull();
      }
      t.advance(20 * MINUTE_MS);
      expect(await actorOf(t.app, secret)).toBeNull();
    });

    it('writes that it was seen at most once a minute', async () => {
      const secret = await secretOf();
      let writes = 0;
      const counting = {
        ...t.app,
        database: { ...t.app.database, write: ((work) => ((writes += 1), t.app.database.write(work))) as typeof t.app.database.write },
      };
      await actorOf(counting, secret);
      t.advance(MINUTE_MS - 1);
      await actorOf(counting, secret);
      expect(writes).toBe(0);
      t.advance(1);
      await actorOf(counting, secret);
      await actorOf(counting, secret);
      expect(writes).toBe(1);
    });

    it('ends when the person signs out, and that is recorded once', async () => {
      const secret = await secretOf();
      await signOut(t.app, secret);
      await signOut(t.app, secret);
      expect(await actorOf(t.app, secret)).toBeNull();
      const about = await t.app.database.stores.history.about('maria', 10);
      expect(about.filter((event) => event.type === 'session.ended')).toHaveLength(1);
    });

    it('is nobody for a missing, made-up or mangled secret', async () => {
      const secret = await secretOf();
      for (const other of [null, '', 'x', 'A'.repeat(43), `${secret}x`, secret.toLowerCase()]) expect(await actorOf(t.app, other)).toBeNull();
    });

    it('is cleared from the database once it has run out', async () => {
      await secretOf();
      t.advance(13 * HOUR_MS);
      const rows = async () => (await t.app.database.stores.accounts.findSession(hash)) !== null;
      const { createHash } = await import('node:crypto');
      const secret = await secretOf();
      const hash = createHash('sha256').update(secret).digest('hex');
      expect(await rows()).toBe(true);
      t.advance(13 * HOUR_MS);
      await secretOf();
      expect(await rows()).toBe(false);
    });
  });
});
