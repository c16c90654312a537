// The shipped runbook backup-restore on real servers: a good backup, and one that is not what the source is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followDrill, told } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const RUNBOOK = 'backup-restore';

describe(`The shipped runbook ${RUNBOOK}`, { timeout: 120_000 }, () => {
  let range: SiteRange;
  const left = (): Promise<string> =>
    range.get('restore-muc', 'psql -Atc "select datname from pg_database where datname = \'restore_drill\'"; ls *.dump 2>/dev/null || true');
  const change = (statement: string): Promise<string> => range.get('db-ham', `psql -qc "${statement}"`);

  beforeAll(async () => {
    range = await startSiteRange({ only: ['db-ham', 'restore-muc'] });
  }, 120_000);
  afterAll(() => range.stop(), 60_000);

  it('restores the backup, and what was ordered since does not matter', async () => {
    await change("insert into orders (item, amount) values ('after the backup', 3)");
    const state = await followDrill(range, { runbook: RUNBOOK });
    expect(state.result, told(state)).toBe('passed');
    expect(state.captured).toMatchObject({ orders: '500', newest_order: '500' });
    expect(state.summary?.recoveryMs).toBeGreaterThan(0);
    expect(await left()).toBe('');
  });

  it('fails when one amount differs, and still leaves nothing behind', async () => {
    await change('update orders set amount = amount + 0.01 where id = 250');
    const state = await followDrill(range, { runbook: RUNBOOK }, { onLook: () => Promise.resolve() });
    expect(state.result, told(state)).toBe('failed');
    expect(state.steps.get('same-as-source')?.state).toBe('failed');
    expect(await left()).toBe('');
    await change('update orders set amount = amount - 0.01 where id = 250');
  });

  it('fails before it restores anything when the repository is damaged', async () => {
    await range.get('restore-muc', 'for pack in $(find "$RESTIC_REPOSITORY/data" -type f); do chmod u+w "$pack"; printf x >>"$pack"; done');
    const state = await followDrill(range, { runbook: RUNBOOK }, { onLook: () => Promise.resolve() });
    expect(state.result, told(state)).toBe('failed');
    expect(state.steps.get('intact')?.state).toBe('failed');
    expect(state.steps.get('fetch')?.state).not.toBe('succeeded');
    expect(await left()).toBe('');
  });
});
