// The shipped runbook redis-failover on real servers: there and back, and the way back when it is aborted half-way.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { followDrill, told } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const RUNBOOK = 'redis-failover';
/** A replica asks again every second. */
const WAIT = { timeout: 15_000, interval: 50 };
const BACK = { from: 'cache-muc', to: 'cache-ham' };

describe(`The shipped runbook ${RUNBOOK}`, { timeout: 120_000 }, () => {
  let range: SiteRange;
  const role = (host: string): Promise<string> => range.get(host, 'redis-cli -e role | head -n 1');
  const keys = (host: string): Promise<string> => range.get(host, 'redis-cli -e dbsize');

  beforeAll(async () => {
    range = await startSiteRange({ only: ['cache-ham', 'cache-muc'] });
  }, 120_000);
  afterAll(() => range.stop(), 60_000);

  it('moves the cache to Munich, and a restart keeps the roles', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK });
    expect(state.result, told(state)).toBe('passed');
    expect(Number(state.captured['last_offset'])).toBeGreaterThan(0);
    expect([await role('cache-ham'), await role('cache-muc')]).toEqual(['slave', 'master']);
    expect([await keys('cache-ham'), await keys('cache-muc')]).toEqual(['200', '200']);
    expect(await range.get('cache-ham', 'grep -c ^replicaof redis.conf')).toBe('1');
    expect(await range.get('cache-muc', 'grep -c ^replicaof redis.conf || true')).toBe('0');
  });

  it.each(['open-writes', 'position-after'])('is undone after the step %s, and the first site leads again', async (undoAfter) => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: BACK }, { undoAfter });
    expect(state.result, told(state)).toBe('aborted');
    expect(state.summary?.isUnclean).toBe(false);
    expect([await role('cache-ham'), await role('cache-muc')]).toEqual(['slave', 'master']);
    expect(await range.get('cache-muc', 'redis-cli -e set dr:after-undo 1; redis-cli -e del dr:after-undo')).toBe('OK\n1');
    await vi.waitFor(async () => expect(await range.get('cache-ham', 'redis-cli -e info replication')).toContain('master_link_status:up'), WAIT);
  });

  it('takes over from a primary that is lost', async () => {
    await range.get('cache-muc', 'redis-cli shutdown nosave now || true');
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: { ...BACK, lost: 'true' } });
    expect(state.result, told(state)).toBe('passed');
    expect(state.steps.get('hold-writes')?.state).toBe('skipped');
    expect([await role('cache-ham'), await keys('cache-ham')]).toEqual(['master', '200']);
    // The repaired host comes back as the replica, leads again after one more drill, and the last test begins where it would have.
    const port = range.port('cache-ham');
    await range.get('cache-muc', `redis-server redis.conf; until redis-cli -e replicaof 127.0.0.1 ${port} 2>/dev/null; do sleep 0.1; done`);
    await vi.waitFor(async () => expect(await range.get('cache-muc', 'redis-cli -e info replication')).toContain('master_link_status:up'), WAIT);
    const there = await followDrill(range, { runbook: RUNBOOK });
    expect(there.result, told(there)).toBe('passed');
  });

  it('moves it back', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: BACK });
    expect(state.result, told(state)).toBe('passed');
    expect([await role('cache-ham'), await role('cache-muc')]).toEqual(['master', 'slave']);
  });
});
