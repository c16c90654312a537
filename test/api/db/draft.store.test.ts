// A draft is one for each person and runbook, and each save takes the place of the one before.
import { expect, it } from 'vitest';
import type { Draft } from '../../../api/application/stores.ts';
import { onEachDatabase } from '../../support/database.ts';
import { aRevision } from './records.ts';

const aDraft = (fields: Partial<Draft> = {}): Draft => ({
  runbook: 'restore-shop',
  account: 'ada',
  source: 'runbook: restore-shop # Ω\n',
  files: { 'stop.sh': 'echo "stop"\n' },
  base: null,
  version: 1,
  savedAt: 5_000,
  ...fields,
});

onEachDatabase('drafts', (current) => {
  it('come back as they were saved, each to its own writer', async () => {
    const { drafts } = current().stores;
    await drafts.save(aDraft());
    await drafts.save(aDraft({ account: 'bob', source: 'other' }));
    expect(await drafts.find('restore-shop', 'ada')).toEqual(aDraft());
    expect((await drafts.find('restore-shop', 'bob'))?.source).toBe('other');
    expect(await drafts.find('restore-shop', 'eve')).toBeNull();
  });

  it('take the place of the one before', async () => {
    const { drafts, runbooks } = current().stores;
    const { revision } = await runbooks.add(aRevision());
    const later = aDraft({ source: 'later', files: {}, base: revision.hash, version: 2, savedAt: 6_000 });
    await drafts.save(aDraft());
    await drafts.save(later);
    expect(await drafts.find('restore-shop', 'ada')).toEqual(later);
  });

  it('of a new runbook stand apart from those of stored ones', async () => {
    const { drafts } = current().stores;
    await drafts.save(aDraft({ runbook: null }));
    expect(await drafts.find(null, 'ada')).toEqual(aDraft({ runbook: null }));
    expect(await drafts.find('restore-shop', 'ada')).toBeNull();
  });

  it('are gone once discarded, and only that one', async () => {
    const { drafts } = current().stores;
    await drafts.save(aDraft());
    await drafts.save(aDraft({ runbook: null }));
    await drafts.discard('restore-shop', 'ada');
    await drafts.discard('restore-shop', 'bob');
    expect(await drafts.find('restore-shop', 'ada')).toBeNull();
    expect(await drafts.find(null, 'ada')).not.toBeNull();
  });
});
