// The shipped runbook postgres-failover on real servers: there and back, and the way back when it is aborted half-way.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockReadings } from '../../../api/domain/drill/clocks.ts';
import { followDrill, told } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const RUNBOOK = 'postgres-failover';
const BACK = { from: 'db-muc', to: 'db-ham' };
const FOLLOW = readFileSync(new URL('../../../runbooks/postgres-failover/follow.sh', import.meta.url), 'utf8');
const REPLICAS = 'select application_name, state from pg_stat_replication';

describe(`The shipped runbook ${RUNBOOK}`, { timeout: 120_000 }, () => {
  let range: SiteRange;
  const orders = (host: string): Promise<string> => range.get(host, "psql -Atc 'select count(*), max(id) from orders'");

  beforeAll(async () => {
    range = await startSiteRange({ only: ['db-ham', 'db-muc', 'shop-muc'] });
  }, 120_000);
  afterAll(() => range.stop(), 60_000);

  it('moves the database to Munich without loss', async () => {
    const before = await orders('db-ham');
    const state = await followDrill(range, { runbook: RUNBOOK });
    expect(state.result, told(state)).toBe('passed');
    expect(state.canary.read).toMatchObject({ dataLossMs: 0 });
    expect(state.canary.lastAcknowledged?.marker).toBeGreaterThan(3);
    expect(state.summary?.recoveryMs).toBeGreaterThan(0);
    const readOnly = clockReadings(state, state.lastAt).find(({ name }) => name === 'read-only');
    expect(readOnly).toMatchObject({ endedAt: state.steps.get('open-writes')?.endedAt, objectiveMs: 60_000 });
    expect(state.captured['last_lsn']).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    expect(await range.get('db-muc', `psql -Atc 'select pg_is_in_recovery()' -c '${REPLICAS}'`)).toBe('f\ndb-ham|streaming');
    // What the drill ordered is gone again, at the new primary and at the new standby.
    expect((await orders('db-muc')).split('|')[0]).toBe(before.split('|')[0]);
    expect(await range.get('db-muc', 'psql -Atc "select count(*) from dr_marker"')).toBe('0');
    expect(await range.get('db-ham', 'psql -Atc "show default_transaction_read_only"')).toBe('off');
  });

  it('is undone from the last step on, and the first site leads again', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: BACK }, { undoAfter: 'writes-allowed' });
    expect(state.result, told(state)).toBe('aborted');
    expect(state.summary?.isUnclean).not.toBe(true);
    expect(state.steps.get('in-step')?.state).not.toBe('succeeded');
    expect(await range.get('db-muc', `psql -Atc 'select pg_is_in_recovery()' -c '${REPLICAS}'`)).toBe('f\ndb-ham|streaming');
    expect(await range.get('db-muc', 'psql -Atc "show default_transaction_read_only"')).toBe('off');
  });

  it('moves it back', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: BACK });
    expect(state.result, told(state)).toBe('passed');
    expect(await range.get('db-ham', `psql -Atc 'select pg_is_in_recovery()' -c '${REPLICAS}'`)).toBe('f\ndb-muc|streaming');
  });

  it('is copied anew when it cannot be rewound', async () => {
    await range.get('db-muc', 'pg_ctl stop -m fast; rm -f data/standby.signal data/global/pg_control');
    expect(await range.get('db-muc', FOLLOW)).toContain('It cannot be rewound and is copied anew.');
    expect(await range.get('db-ham', `psql -Atc '${REPLICAS}'`)).toBe('db-muc|streaming');
  });

  it('takes over from a primary that is lost, once a person has made sure that it is off', async () => {
    await range.get('db-ham', 'pg_ctl stop -m immediate');
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: { lost: 'true' } });
    expect(state.result, told(state)).toBe('passed');
    expect(state.steps.get('fenced')?.confirmation).toMatchObject({ by: 'ben', outcome: 'done' });
    for (const id of ['primary-ready', 'read-only', 'stop-primary', 'rejoin']) expect(state.steps.get(id)?.state, id).toBe('skipped');
    expect(await range.get('shop-muc', "psql service=shop -Atc 'select count(*) from orders'")).toBe('500');
    // The repaired host comes back as the standby, and the next drill brings it to the lead.
    await range.get('db-ham', FOLLOW);
    const back = await followDrill(range, { runbook: RUNBOOK, inputs: BACK });
    expect(back.result, told(back)).toBe('passed');
  });

  it('touches nothing when the standby does not follow', async () => {
    await range.get('db-muc', 'pg_ctl stop -m fast');
    const state = await followDrill(range, { runbook: RUNBOOK }, { onLook: () => Promise.resolve() });
    expect(state.result, told(state)).toBe('failed');
    expect(state.steps.get('read-only')?.state).not.toBe('succeeded');
    expect(await range.get('db-ham', 'psql -Atc "show default_transaction_read_only"')).toBe('off');
  });
});
