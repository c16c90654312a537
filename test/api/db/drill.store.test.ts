// Drills: created with their plan, found in several ways, paged while new ones come in, locked all or nothing.
import { describe, expect, it } from 'vitest';
import type { DrillQuery, DrillRecord } from '../../../api/application/stores.ts';
import { onEachDatabase } from '../../support/database.ts';
import { aDrill, aPassedDrill, aPlan, putDrill } from './records.ts';

const everything: DrillQuery = { first: 100, after: null, services: null, runbook: null, states: null };

const ids = (drills: readonly DrillRecord[]): readonly string[] => drills.map((drill) => drill.id);

onEachDatabase('drills', (current) => {
  it('are numbered and come back with their plan', async () => {
    const { drills } = current().stores;
    const full = aDrill({ approvedBy: ['bob', 'eve'], services: ['shop', 'api'], hasDeviations: true, schedule: 'weekly', dueAt: 9 });
    const plan = aPlan({ inputs: { to: 'south' } });
    expect(await drills.create(full, plan)).toEqual({ ...full, id: 'DR-1' });
    expect(await putDrill(current().stores)).toBe('DR-2');
    expect(await drills.find('DR-1')).toEqual({ ...full, id: 'DR-1' });
    expect(await drills.plan('DR-1')).toEqual(plan);
    expect(ids(await drills.findMany(['DR-2', 'DR-7', 'DR-1', 'DR-1']))).toEqual(['DR-1', 'DR-2']);
  });

  it.each(['DR-3', 'DR-0', 'DR-01', '1', '', 'DR-1x', 'DR-99999999999999999999'])('are not found as %j', async (id) => {
    const { drills } = current().stores;
    await putDrill(current().stores);
    expect(await drills.find(id)).toBeNull();
    expect(await drills.plan(id)).toBeNull();
    expect(await drills.journal(id, 0, 10)).toEqual([]);
    await expect(drills.update(id, { state: 'approved' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('change field by field', async () => {
    const { drills } = current().stores;
    const id = await putDrill(current().stores);
    await drills.update(id, { state: 'running', startedAt: 2_000, startedBy: 'ada', approvedBy: ['bob'] });
    await drills.update(id, { isUnclean: true, recoveryMs: 0 });
    await drills.update(id, {});
    expect(await drills.find(id)).toEqual({
      ...aDrill(),
      id,
      state: 'running',
      startedAt: 2_000,
      startedBy: 'ada',
      approvedBy: ['bob'],
      isUnclean: true,
      recoveryMs: 0,
    });
    await drills.update(id, { startedBy: null, isUnclean: false });
    expect(await drills.find(id)).toMatchObject({ startedBy: null, startedAt: 2_000, isUnclean: false });
  });

  it('are found by state, oldest first', async () => {
    const { drills } = current().stores;
    for (const state of ['running', 'passed', 'paused', 'running'] as const) await putDrill(current().stores, { state });
    expect(ids(await drills.inStates(['running', 'paused']))).toEqual(['DR-1', 'DR-3', 'DR-4']);
    expect(await drills.inStates([])).toEqual([]);
  });

  it('that are finished come newest first, also when they were finished out of order', async () => {
    const { drills } = current().stores;
    for (const finishedAt of [3_000, 1_000, 2_000, 2_000]) await drills.create(aPassedDrill(finishedAt), aPlan());
    await putDrill(current().stores, { state: 'rejected', finishedAt: 9_000 });
    expect(ids(await drills.finished())).toEqual(['DR-1', 'DR-4', 'DR-3', 'DR-2']);
  });

  it('tell the latest finished one of each service', async () => {
    const { drills } = current().stores;
    await drills.create(aPassedDrill(3_000, { services: ['shop', 'api'] }), aPlan());
    await drills.create(aPassedDrill(2_000, { services: ['shop', 'mail'] }), aPlan());
    const running = await putDrill(current().stores, { services: ['mail', 'api'] });
    const latest = async (): Promise<Record<string, string>> =>
      Object.fromEntries([...(await drills.latestOfServices(['shop', 'api', 'mail', 'none']))].map(([key, drill]) => [key, drill.id]));
    expect(await latest()).toEqual({ shop: 'DR-1', api: 'DR-1', mail: 'DR-2' });
    await drills.update(running, { state: 'failed', result: 'failed', finishedAt: 4_000 });
    expect(await latest()).toEqual({ shop: 'DR-1', api: 'DR-3', mail: 'DR-3' });
    await drills.update(running, { services: ['api'] });
    expect(await latest()).toEqual({ shop: 'DR-1', api: 'DR-3', mail: 'DR-2' });
    expect((await drills.latestOfServices([])).size).toBe(0);
  });

  describe('in pages', () => {
    it('have neither gaps nor doubles while drills are added', async () => {
      const { drills } = current().stores;
      for (let count = 0; count < 7; count += 1) await putDrill(current().stores);
      const seen: string[] = [];
      let after: string | null = null;
      for (let hasNext = true; hasNext;) {
        const page = await drills.page({ ...everything, first: 3, after });
        seen.push(...ids(page.rows));
        expect(page.cursors).toHaveLength(page.rows.length);
        after = page.cursors.at(-1) ?? null;
        ({ hasNext } = page);
        await putDrill(current().stores);
      }
      expect(seen).toEqual(['DR-7', 'DR-6', 'DR-5', 'DR-4', 'DR-3', 'DR-2', 'DR-1']);
    });

    it('are filtered by service, runbook and state, with the total of what the filter lets through', async () => {
      const { drills } = current().stores;
      await putDrill(current().stores, { services: ['shop'], runbook: 'a', state: 'passed' });
      await putDrill(current().stores, { services: ['shop', 'api'], runbook: 'b', state: 'passed' });
      await putDrill(current().stores, { services: ['api'], runbook: 'a', state: 'running' });
      await putDrill(current().stores, { services: ['shop'], runbook: 'a', state: 'running' });
      const found = async (query: Partial<DrillQuery>): Promise<[readonly string[], number]> => {
        const page = await drills.page({ ...everything, ...query });
        return [ids(page.rows), page.total];
      };
      expect(await found({})).toEqual([['DR-4', 'DR-3', 'DR-2', 'DR-1'], 4]);
      expect(await found({ services: ['shop'] })).toEqual([['DR-4', 'DR-2', 'DR-1'], 3]);
      expect(await found({ services: ['shop'], first: 1 })).toEqual([['DR-4'], 3]);
      expect(await found({ runbook: 'a', states: ['running', 'paused'] })).toEqual([['DR-4', 'DR-3'], 2]);
      expect(await found({ services: ['api'], runbook: 'b', states: ['passed'] })).toEqual([['DR-2'], 1]);
      expect(await found({ states: [] })).toEqual([[], 0]);
      expect(await found({ services: ['none'] })).toEqual([[], 0]);
      const first = await drills.page({ ...everything, services: ['shop'], first: 2 });
      const second = await drills.page({ ...everything, services: ['shop'], first: 2, after: first.cursors[1] ?? null });
      expect([ids(first.rows), first.hasNext, ids(second.rows), second.hasNext]).toEqual([['DR-4', 'DR-2'], true, ['DR-1'], false]);
    });

    it.each(['', 'x', 'YWZ0ZXI6', Buffer.from('after:1;--').toString('base64url')])(
      'do not start at a cursor that was made up (%j)',
      async (after) => {
        await expect(current().stores.drills.page({ ...everything, after })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
      },
    );
  });

  describe('hold locks', () => {
    it('all that they need, or none', async () => {
      const { drills } = current().stores;
      const [one, two] = [await putDrill(current().stores), await putDrill(current().stores)];
      expect(await drills.takeLocks(one, ['host:a', 'service:shop'], 1)).toBeNull();
      expect(await drills.takeLocks(two, ['host:b', 'service:shop', 'host:a'], 2)).toEqual({
        name: 'service:shop',
        heldBy: one,
        since: 1,
        isInHand: false,
      });
      expect(await drills.lockHolders(['host:a', 'host:b', 'service:shop'])).toEqual(
        new Map([
          ['host:a', one],
          ['service:shop', one],
        ]),
      );
      await drills.releaseLocks(one);
      expect(await drills.takeLocks(two, ['host:b', 'service:shop', 'host:a', 'host:a'], 3)).toBeNull();
      expect((await drills.lockHolders(['host:b'])).get('host:b')).toBe(two);
    });

    it('which are no obstacle to themselves', async () => {
      const { drills } = current().stores;
      const id = await putDrill(current().stores);
      await drills.takeLocks(id, ['host:a'], 1);
      expect(await drills.takeLocks(id, ['host:a', 'host:b'], 2)).toBeNull();
      expect(await drills.takeLocks(id, [], 3)).toBeNull();
      expect((await drills.lockHolders(['host:a', 'host:b'])).size).toBe(2);
    });

    it('and of many that want the same one, one gets it', async () => {
      const { drills } = current().stores;
      const wanting = await Promise.all(Array.from({ length: 10 }, () => putDrill(current().stores)));
      const answers = await Promise.all(wanting.map((id) => drills.takeLocks(id, [`name:${id}`, 'name:shared'], 1)));
      expect(answers.filter((answer) => answer === null)).toHaveLength(1);
      const owner = (await drills.lockHolders(['name:shared'])).get('name:shared');
      expect([...(await drills.lockHolders(wanting.map((id) => `name:${id}`))).keys()]).toEqual([`name:${owner}`]);
    });
  });

  it('that are created at once get different ids, and a failed write uses none up', async () => {
    const { database, stores } = current();
    const failed = database.write(async (inside) => {
      await putDrill(inside);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const created = await Promise.all(Array.from({ length: 10 }, () => putDrill(stores)));
    expect(created.map((id) => Number(id.slice(3))).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
