// The shipped runbook web-switch on real servers: there and back while clients ask all the time, and the way back when it is aborted.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followDrill, told } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const RUNBOOK = 'web-switch';
const BACK = { old_a: 'web-muc-1', old_b: 'web-muc-2', new_a: 'web-ham-1', new_b: 'web-ham-2' };
const ASK_EVERY_MS = 20;

describe(`The shipped runbook ${RUNBOOK}`, { timeout: 120_000 }, () => {
  let range: SiteRange;
  const enabled = (): Promise<string> => range.get('edge', 'ls servers-enabled');
  const inputs = (more: Readonly<Record<string, string>> = {}) => ({ front_port: String(range.port('edge')), ...more });

  beforeAll(async () => {
    range = await startSiteRange({ only: ['web-ham-1', 'web-ham-2', 'web-muc-1', 'web-muc-2', 'edge'] });
  }, 120_000);
  afterAll(() => range.stop(), 60_000);

  it('moves the web tier to Munich, and no client sees an error', async () => {
    const clients = keepAsking(`http://127.0.0.1:${range.port('edge')}/accounts`);
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: inputs() });
    const { answers, errors } = await clients.stop();
    expect(state.result, told(state)).toBe('passed');
    expect(errors).toEqual([]);
    expect(new Set(answers)).toEqual(new Set(['Harbour Bank, from hamburg\n', 'Harbour Bank, from munich\n']));
    expect(await enabled()).toBe('web-muc-1.conf\nweb-muc-2.conf');
    expect(await range.get('web-ham-1', 'ls nginx.pid || true')).toBe('');
    // One row for each page, and one server after the other.
    expect(state.steps.get('pages')?.attempts.map(({ host }) => host)).toHaveLength(3);
    const [first, second] = state.steps.get('start-servers')?.attempts ?? [];
    expect(second?.intendedAt).toBeGreaterThanOrEqual(Number(first?.endedAt));
  });

  it('sends clients back by itself when a page is missing on the new servers', async () => {
    const [hamburg, good] = [inputs(BACK), await range.get('web-ham-1', 'cat nginx.conf')];
    for (const host of ['web-ham-1', 'web-ham-2'])
      await range.get(host, `sed -i 's|location / |location = /contact { return 404; } location / |' nginx.conf`);
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: hamburg });
    expect(state.result, told(state)).toBe('failed');
    expect(
      state.steps
        .get('pages')
        ?.attempts.filter(({ state: now }) => now === 'failed')
        .map(({ host }) => host),
    ).toContain('@local#3');
    expect(await enabled()).toBe('web-muc-1.conf\nweb-muc-2.conf');
    expect(state.summary?.isUnclean, told(state)).toBe(false);
    for (const host of ['web-ham-1', 'web-ham-2']) await range.get(host, `sed -i 's|location = /contact { return 404; } ||' nginx.conf`);
    expect(await range.get('web-ham-1', 'cat nginx.conf')).toBe(good);
  });

  it('is undone while the old servers are being stopped, and they serve again', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: inputs(BACK) }, { undoAfter: 'drained' });
    expect(state.result, told(state)).toBe('aborted');
    expect(state.summary?.isUnclean).toBe(false);
    expect(await enabled()).toBe('web-muc-1.conf\nweb-muc-2.conf');
    const answer = await fetch(`http://127.0.0.1:${range.port('edge')}/health`);
    expect(await answer.text()).toMatch(/^ok munich web-muc-/);
    expect(await range.get('web-ham-1', 'ls nginx.pid || true')).toBe('');
  });

  it('refuses to move what is on the other site already', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: inputs() }, { onLook: () => Promise.resolve() });
    expect(state.result).toBe('failed');
    expect(state.steps.get('right-way')?.state, told(state)).toBe('failed');
    expect(await enabled()).toBe('web-muc-1.conf\nweb-muc-2.conf');
  });

  it('moves it back', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK, inputs: inputs(BACK) });
    expect(state.result, told(state)).toBe('passed');
    expect(await enabled()).toBe('web-ham-1.conf\nweb-ham-2.conf');
  });
});

/**
 * A client that asks again and again, each time on a connection of its own: a server that is reloaded may close a connection that is kept
 * at the moment the next question is written to it, and every client of HTTP asks once more then (RFC 9110, 9.2.2); `fetch` does not.
 */
function keepAsking(url: string): { stop(): Promise<{ readonly answers: readonly string[]; readonly errors: readonly string[] }> } {
  const [answers, errors]: [string[], string[]] = [[], []];
  const end = new AbortController();
  const asked = (async () => {
    while (!end.signal.aborted) {
      try {
        const answer = await fetch(url, { headers: { connection: 'close' } });
        (answer.status === 200 ? answers : errors).push(await answer.text());
      } catch (error) {
        errors.push(`${String(error)}: ${error instanceof Error ? String(error.cause) : ''}`);
      }
      await pause(ASK_EVERY_MS);
    }
  })();
  return {
    async stop() {
      end.abort();
      await asked;
      return { answers, errors };
    },
  };
}
