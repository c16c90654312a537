// Revisions are stored once, numbered by runbook, and approved once.
import { expect, it } from 'vitest';
import type { Revision } from '../../../api/domain/runbook/revision.ts';
import { onEachDatabase } from '../../support/database.ts';
import { aRevision, aRunbook, type NewRevision } from './records.ts';

const unapproved = { approvedAt: null, approvedBy: null };

const shop = (title: string): NewRevision => aRevision(aRunbook({ title }));

onEachDatabase('runbook revisions', (current) => {
  const add = async (revision: NewRevision): Promise<Revision> => (await current().stores.runbooks.add(revision)).revision;

  it('are numbered within their runbook', async () => {
    const { runbooks } = current().stores;
    expect(await runbooks.add(shop('one'))).toEqual({ revision: { ...shop('one'), number: 1, ...unapproved }, isNew: true });
    expect((await add(shop('two'))).number).toBe(2);
    expect((await add(aRevision(aRunbook({ key: 'other' })))).number).toBe(1);
    expect(await runbooks.revisions('restore-shop')).toEqual([
      { ...shop('one'), number: 1, ...unapproved },
      { ...shop('two'), number: 2, ...unapproved },
    ]);
    expect(await runbooks.revisions('nothing')).toEqual([]);
  });

  it('that are known already stay as they are', async () => {
    const { runbooks } = current().stores;
    const first = await add(shop('one'));
    await runbooks.approve(first.hash, 5_000, 'bob');
    const again = await runbooks.add({ ...shop('one'), source: '# other comment', createdBy: 'eve', createdAt: 9_999 });
    expect(again).toEqual({ revision: { ...first, approvedAt: 5_000, approvedBy: 'bob' }, isNew: false });
    expect(await runbooks.revisions('restore-shop')).toHaveLength(1);
  });

  it('are found by hash and by number', async () => {
    const { runbooks } = current().stores;
    await add(shop('one'));
    const second = await add(shop('two'));
    expect(await runbooks.revision(second.hash)).toEqual(second);
    expect(await runbooks.revisionByNumber('restore-shop', 2)).toEqual(second);
    expect(await runbooks.revision('0'.repeat(64))).toBeNull();
    expect(await runbooks.revisionByNumber('restore-shop', 3)).toBeNull();
  });

  it('keep their first approval, and only what exists can be approved', async () => {
    const { runbooks } = current().stores;
    const { hash } = await add(shop('one'));
    await runbooks.approve(hash, 5_000, 'bob');
    await runbooks.approve(hash, 6_000, 'eve');
    expect(await runbooks.revision(hash)).toMatchObject({ approvedAt: 5_000, approvedBy: 'bob' });
    await expect(runbooks.approve('nothing', 1, 'bob')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('wait for approval while they are the newest of their runbook and nobody has approved them', async () => {
    const { runbooks } = current().stores;
    const first = await add(shop('one'));
    const other = await add(aRevision(aRunbook({ key: 'other' })));
    expect(await runbooks.awaitingApproval()).toEqual([other, first]);
    const second = await add(shop('two'));
    expect(await runbooks.awaitingApproval()).toEqual([other, second]);
    await runbooks.approve(second.hash, 5_000, 'bob');
    expect(await runbooks.awaitingApproval()).toEqual([other]);
  });

  it('are listed by runbook with the newest and the newest approved one', async () => {
    const { runbooks } = current().stores;
    const approvedAt = async (revision: NewRevision, at: number): Promise<Revision> => {
      const { hash } = await add(revision);
      await runbooks.approve(hash, at, 'bob');
      return { ...(await add(revision)), approvedAt: at, approvedBy: 'bob' };
    };
    await approvedAt(shop('one'), 9_000);
    const two = await approvedAt(shop('two'), 8_000);
    await add(shop('three'));
    const four = await add(shop('four'));
    const draft = await add(aRevision(aRunbook({ key: 'draft' })));
    const settled = await approvedAt(aRevision(aRunbook({ key: 'settled' })), 7_000);
    expect(await runbooks.list()).toEqual([
      { latest: draft, approved: null },
      { latest: four, approved: two },
      { latest: settled, approved: settled },
    ]);
    expect(await runbooks.find('restore-shop')).toEqual({ latest: four, approved: two });
    expect(await runbooks.find('draft')).toEqual({ latest: draft, approved: null });
    expect(await runbooks.find('nothing')).toBeNull();
  });

  it('that arrive at once get different numbers', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => add(shop(`title ${index}`))));
    expect((await current().stores.runbooks.revisions('restore-shop')).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
