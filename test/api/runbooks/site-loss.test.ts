// The shipped runbook site-loss: it calls the others in order, on both sites with everything that runs there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADDRESSES, SITE_HOSTS } from '../../../api/demo/range/sites/site-hosts.ts';
import { followDrill, told } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const RUNBOOK = 'site-loss';
/** All but the one for restores. */
const HOSTS = SITE_HOSTS.flatMap(({ key, service }) => (service === 'restore' ? [] : [key]));
/** Seconds; the old time is waited for twice. */
const SHORT_TTL = 2;

describe(`The shipped runbook ${RUNBOOK}`, { timeout: 120_000 }, () => {
  let range: SiteRange;
  const inputs = () => ({ front_port: String(range.port('edge')), resolver: `127.0.0.1:${range.port('ns')}`, ttl: '1' });
  const standing = async (): Promise<Readonly<Record<string, string>>> => ({
    database: await range.get('db-ham', "psql -Atc 'select pg_is_in_recovery()'"),
    cache: await range.get('cache-ham', 'redis-cli -e role | head -n 1'),
    web: (await (await fetch(`http://127.0.0.1:${range.port('edge')}/health`)).text()).split(' ')[1] ?? '',
    name: await range.get('ns', "dig +noall +answer @127.0.0.1 www.harbour.example A | awk '{ print $2, $5 }'"),
  });
  const IN_HAMBURG = { database: 'f', cache: 'master', web: 'hamburg', name: `${SHORT_TTL} ${ADDRESSES.hamburg}` };

  beforeAll(async () => {
    range = await startSiteRange({ only: HOSTS, nameTtlSeconds: SHORT_TTL });
  }, 120_000);
  afterAll(() => range.stop(), 60_000);

  it('moves everything to Munich and back', async () => {
    const seen: Record<string, string>[] = [];
    const state = await followDrill(
      range,
      { runbook: RUNBOOK, inputs: inputs() },
      {
        async onLook(_drill, { steps }) {
          if (steps.get('customers')?.state === 'waiting' && seen.length === 0) seen.push({ ...(await standing()) });
        },
      },
    );
    expect(state.result, told(state)).toBe('passed');
    expect(seen).toEqual([{ database: 't', cache: 'slave', web: 'munich', name: `1 ${ADDRESSES.munich}` }]);
    expect(await standing()).toEqual(IN_HAMBURG);
    // Both stores at the same time, the web tier after them.
    const [database, cache, web] = ['database/primary-ready', 'cache/primary-ready', 'web/edge-ready'].map((id) =>
      Number(state.steps.get(id)?.startedAt),
    );
    expect(cache).toBeLessThan(Number(state.steps.get('database')?.endedAt));
    expect(database).toBeLessThan(Number(state.steps.get('cache')?.endedAt));
    expect(web).toBeGreaterThanOrEqual(Number(state.steps.get('database')?.endedAt));
    expect(state.plan.locks).toEqual(expect.arrayContaining(['host:db-ham', 'host:ns', 'service:public-website']));
  });

  it('is undone from Munich: everything is in Hamburg again', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: inputs() }, { undoAfter: 'names/point' });
    expect(state.result, told(state)).toBe('aborted');
    expect(state.summary?.isUnclean, told(state)).toBe(false);
    expect(await standing()).toEqual(IN_HAMBURG);
  });

  it('moves to Munich when nothing in Hamburg answers', async () => {
    await range.get('db-ham', 'pg_ctl stop -m immediate');
    await range.get('cache-ham', 'redis-cli shutdown nosave now || true');
    for (const host of ['web-ham-1', 'web-ham-2']) await range.get(host, 'nginx -s stop');
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: { ...inputs(), lost: 'true' } });
    expect(state.result, told(state)).toBe('passed');
    expect(state.steps.get('database-back')?.state).toBe('skipped');
    expect(await range.get('db-muc', "psql -Atc 'select pg_is_in_recovery()'")).toBe('f');
    expect(await range.get('cache-muc', 'redis-cli -e role | head -n 1')).toBe('master');
    expect(await (await fetch(`http://127.0.0.1:${range.port('edge')}/health`)).text()).toContain('ok munich');
    expect(await range.get('ns', 'dig +short @127.0.0.1 www.harbour.example A')).toBe(ADDRESSES.munich);
  });
});
