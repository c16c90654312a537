// The shipped runbook dns-switch on a real name server: the old time is waited for and comes back, however the drill ends.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ADDRESSES } from '../../../api/demo/range/sites/site-hosts.ts';
import { abortDrill } from '../../../api/application/abort-drill.ts';
import { followDrill, told, valueOf } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const RUNBOOK = 'dns-switch';
const NAME = 'www.harbour.example';
/** Seconds; the drill waits for the rest of them. */
const OLD_TTL = 5;
const CUT = readFileSync(new URL('../../../runbooks/dns-switch/cut-ttl.sh', import.meta.url), 'utf8');

describe(`The shipped runbook ${RUNBOOK}`, { timeout: 120_000 }, () => {
  let range: SiteRange;
  const record = (): Promise<string> => range.get('ns', `dig +noall +answer @127.0.0.1 ${NAME} A | tr -s '\\t ' ' '`);
  const inputs = (address: string) => ({ address, ttl: '2', resolver: `127.0.0.1:${range.port('ns')}` });

  beforeAll(async () => {
    range = await startSiteRange({ only: ['ns'], nameTtlSeconds: OLD_TTL });
  }, 60_000);
  afterAll(() => range.stop(), 60_000);

  it('points the name to Munich after the old time is over, and gives it its old time again', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: inputs(ADDRESSES.munich) });
    expect(state.result, told(state)).toBe('passed');
    const [cut, over, point] = ['cut-ttl', 'old-time-over', 'point'].map((id) => state.steps.get(id));
    expect(Number(point?.startedAt) - Number(cut?.endedAt)).toBeGreaterThanOrEqual(OLD_TTL * 1000);
    // The rest of the time since the cut, not the whole of it anew.
    expect(over?.sleepUntil).toBe(Number(cut?.endedAt) + OLD_TTL * 1000);
    expect(state.captured['address_now']).toBe(ADDRESSES.munich);
    expect(await record()).toBe(`${NAME}. ${OLD_TTL} IN A ${ADDRESSES.munich}`);
    expect(await range.get('ns', 'ls ttl-backstop.pid || true')).toBe('');
  });

  it.each(['now', 'undo'] as const)('has its old time again when it is aborted (%s) while the old time is waited for', async (form) => {
    const [anna] = range.people;
    let isAsked = false;
    const state = await followDrill(
      range,
      { runbook: RUNBOOK, inputs: inputs(ADDRESSES.hamburg) },
      {
        async onLook(drill, { steps }) {
          if (isAsked || steps.get('old-time-over')?.state !== 'sleeping') return;
          isAsked = true;
          expect(await record()).toBe(`${NAME}. 2 IN A ${ADDRESSES.munich}`);
          valueOf(await abortDrill(range.app, anna, { drill, typedId: drill, form, reason: 'Not today.' }));
        },
      },
    );
    expect(state.result, told(state)).toBe('aborted');
    expect(await record()).toBe(`${NAME}. ${OLD_TTL} IN A ${ADDRESSES.munich}`);
  });

  it('has its old time again by itself when nobody is left to see to it', async () => {
    const values = `name=${NAME} ttl=2 old_ttl=${OLD_TTL} old_address=${ADDRESSES.munich} expires=1\n`;
    await range.get('ns', values + CUT);
    expect(await record()).toBe(`${NAME}. 2 IN A ${ADDRESSES.munich}`);
    await vi.waitFor(async () => expect(await record()).toBe(`${NAME}. ${OLD_TTL} IN A ${ADDRESSES.munich}`), { timeout: 10_000, interval: 100 });
    await vi.waitFor(async () => expect(await range.get('ns', 'ls ttl-backstop.pid || true')).toBe(''), { timeout: 10_000, interval: 100 });
  });
});
