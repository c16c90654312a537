// The first admin: only with the token, only once, and the token's file is private and goes away.
import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../../../api/application/accounts.ts';
import { createFirstAdmin, needsFirstAdmin, type FirstAdminInput } from '../../../api/application/first-run.ts';
import { actorOf } from '../../../api/application/sessions.ts';
import { firstRunTokenFile, type FirstRunTokenFile } from '../../../api/http/first-run-token-file.ts';
import { temporaryApp, type TemporaryApp } from './temporary-app.ts';

describe('the first admin', () => {
  let t: TemporaryApp;
  let file: FirstRunTokenFile;
  let token: string;

  beforeEach(async () => {
    t = await temporaryApp();
    file = firstRunTokenFile(t.folder);
    token = await file.create();
  });
  afterEach(() => t.end());

  const create = (more: Partial<FirstAdminInput> = {}) =>
    createFirstAdmin(t.app, file, { token, name: 'root-of-all', displayName: 'Ada', password: 'twelve chars', ...more });

  it('is made with the token, is an admin and nothing else, and is signed in', async () => {
    expect(await needsFirstAdmin(t.app)).toBe(true);
    const made = await create();
    if (!made.ok) throw new Error(made.refusal.message);
    expect(made.value.actor).toEqual({ name: 'root-of-all', displayName: 'Ada', roles: ['admin'] });
    expect(await actorOf(t.app, made.value.sessionSecret)).toEqual(made.value.actor);
    expect(await needsFirstAdmin(t.app)).toBe(false);
  });

  it('takes the token file away once it is made', async () => {
    expect(existsSync(file.path)).toBe(true);
    await create();
    expect(existsSync(file.path)).toBe(false);
    expect(await file.read()).toBeNull();
  });

  it('is refused without the right token, and the token stays usable', async () => {
    for (const wrong of ['', 'x', `${token}x`, token.slice(1)]) {
      expect(await create({ token: wrong })).toMatchObject({ refusal: { code: 'FORBIDDEN', field: 'token' } });
    }
    expect((await create({ token: ` ${token}\n` })).ok).toBe(true);
  });

  it('is refused when there is no token at all', async () => {
    await file.remove();
    expect(await create()).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
  });

  it('is made only once, also when two ask at the same time', async () => {
    const both = await Promise.all([create(), create({ name: 'second' })]);
    expect(both.filter((result) => result.ok)).toHaveLength(1);
    await file.create();
    expect(await create({ name: 'third', token: (await file.read()) ?? '' })).toMatchObject({ refusal: { code: 'CONFLICT' } });
    expect(await t.app.database.stores.accounts.count()).toBe(1);
  });

  it.each([
    ['name', { name: 'A' }],
    ['name', { name: '1st' }],
    ['name', { name: 'maria lopez' }],
    ['name', { name: 'x'.repeat(41) }],
    ['displayName', { displayName: ' ' }],
    ['password', { password: 'eleven char' }],
  ] as const)('names the field %s when it is wrong: %j', async (field, more) => {
    expect(await create(more)).toMatchObject({ refusal: { code: 'INVALID_INPUT', field } });
    expect(await needsFirstAdmin(t.app)).toBe(true);
  });

  it('keeps its token in a file that only its user can read', async () => {
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect((await readFile(file.path, 'utf8')).trim()).toBe(token);
    expect(token.length).toBeGreaterThanOrEqual(32);
  });

  it('replaces a readable file or a link that lies in the way', async () => {
    const elsewhere = join(t.folder, 'elsewhere');
    writeFileSync(elsewhere, 'untouched', { mode: 0o644 });
    await file.remove();
    symlinkSync(elsewhere, file.path);
    await file.create();
    expect(await readFile(elsewhere, 'utf8')).toBe('untouched');
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
  });

  it('can make accounts for others, and nobody else can', async () => {
    const made = await create();
    if (!made.ok) throw new Error(made.refusal.message);
    const input = { name: 'maria', displayName: 'Maria', password: 'twelve chars', roles: ['coordinator', 'coordinator'] } as const;
    expect(await createAccount(t.app, null, input)).toMatchObject({ refusal: { code: 'UNAUTHENTICATED' } });
    const maria = await createAccount(t.app, made.value.actor, input);
    if (!maria.ok) throw new Error(maria.refusal.message);
    expect(maria.value.roles).toEqual(['coordinator']);
    expect(await createAccount(t.app, maria.value, { ...input, name: 'paul' })).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await createAccount(t.app, made.value.actor, input)).toMatchObject({ refusal: { code: 'CONFLICT', field: 'name' } });
    expect(await createAccount(t.app, made.value.actor, { ...input, name: 'paul', roles: [] })).toMatchObject({ refusal: { field: 'roles' } });
    expect(await t.app.database.stores.history.about('maria', 5)).toMatchObject([{ type: 'account.created', by: 'root-of-all' }]);
  });
});
