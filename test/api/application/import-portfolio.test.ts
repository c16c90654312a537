// Importing a portfolio: a preview writes nothing, applying writes all or nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, Role } from '../../../api/application/access.ts';
import { applyPortfolio, importPortfolio, previewPortfolio } from '../../../api/application/import-portfolio.ts';
import { hard, portfolio, service } from '../domain/readiness/builders.ts';
import { temporaryApp, type TemporaryApp } from './temporary-app.ts';

const FIRST = { portfolio: portfolio([service('mail'), service('dns')], [hard('mail', 'dns')]), problems: [] };
const SECOND = { portfolio: portfolio([service('mail', { tier: 2 }), service('web')], []), problems: [] };
const BROKEN = {
  portfolio: null,
  problems: [{ code: 'bad-key', severity: 'error', message: 'No.', remedy: 'Mend.', file: 'p.yaml', line: 3 }],
} as const;

const as = (role: Role): Actor => ({ name: 'x', displayName: 'X', roles: [role] });

describe('importing a portfolio', () => {
  let t: TemporaryApp;
  beforeEach(async () => {
    t = await temporaryApp();
  });
  afterEach(() => t.end());

  const keys = async (): Promise<readonly string[]> => (await t.app.database.stores.portfolio.load()).services.map(({ key }) => key).toSorted();
  const events = () => t.app.database.stores.history.about('portfolio', 10);

  it('shows what would change and writes nothing', async () => {
    const preview = await previewPortfolio(t.app, FIRST);
    expect(preview).toMatchObject({ ok: true, value: { services: { new: ['dns', 'mail'], changed: [], gone: [] } } });
    expect(await keys()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it('applies exactly what the preview showed, and records the counts', async () => {
    await applyPortfolio(t.app, null, FIRST);
    const preview = await previewPortfolio(t.app, SECOND);
    expect(await applyPortfolio(t.app, null, SECOND)).toEqual(preview);
    expect(await keys()).toEqual(['mail', 'web']);
    expect((await events())[0]).toMatchObject({
      type: 'portfolio.imported',
      by: null,
      data: { services: { new: 1, changed: 1, gone: 1 }, dependencies: { new: 0, changed: 0, gone: 1 } },
    });
  });

  it('writes nothing when nothing would change', async () => {
    await applyPortfolio(t.app, null, FIRST);
    await applyPortfolio(t.app, null, FIRST);
    expect(await events()).toHaveLength(1);
  });

  it('refuses a file with errors, with the places, and leaves what is stored', async () => {
    await applyPortfolio(t.app, null, FIRST);
    expect(await previewPortfolio(t.app, BROKEN)).toMatchObject({ refusal: { code: 'INVALID_INPUT', problems: BROKEN.problems } });
    expect(await applyPortfolio(t.app, null, BROKEN)).toMatchObject({ refusal: { code: 'INVALID_INPUT', problems: BROKEN.problems } });
    expect(await keys()).toEqual(['dns', 'mail']);
  });

  it('leaves what is stored when the record of it cannot be written', async () => {
    const { database } = t.app;
    const failing = {
      ...database,
      write: ((work) =>
        database.write((stores) =>
          work({ ...stores, history: { ...stores.history, append: () => Promise.reject(new Error('disk full')) } }),
        )) as typeof database.write,
    };
    await expect(applyPortfolio({ ...t.app, database: failing }, null, FIRST)).rejects.toThrow('disk full');
    expect(await keys()).toEqual([]);
  });

  it('takes an admin when a person does it', async () => {
    expect(await importPortfolio(t.app, null, FIRST)).toMatchObject({ refusal: { code: 'UNAUTHENTICATED' } });
    expect(await importPortfolio(t.app, as('coordinator'), FIRST)).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await importPortfolio(t.app, as('admin'), FIRST)).toMatchObject({ ok: true });
    expect((await events())[0]?.by).toBe('x');
  });
});
