// A data-centre switchover of eleven phases, written in the runbook language and run on real hosts: what such procedures need, together.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { abortDrill } from '../../../api/application/abort-drill.ts';
import { retryStep, skipStep } from '../../../api/application/mend-step.ts';
import { ADDRESSES, ZONE_TTL } from '../../../api/demo/range/sites/site-hosts.ts';
import { clockReadings } from '../../../api/domain/drill/clocks.ts';
import type { DrillState } from '../../../api/domain/drill/state.ts';
import { lintRunbook } from '../../../api/domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';
import { followDrill, told, valueOf, type FollowOptions } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const FOLDER = new URL('./eleven-phases', import.meta.url).pathname;
const NAME = 'www.harbour.example';
const APPS = Array.from({ length: 10 }, (_, index) => `app-${String(index + 1).padStart(2, '0')}`);
const ROLE = 'redis-cli -e role | head -n 1';
/** Seconds; for the drills that are not about waiting for it. */
const SHORT_TTL = 1;

describe('The procedure of eleven phases', { timeout: 120_000 }, () => {
  let range: SiteRange;
  const ttl = (): Promise<string> => range.get('ns', `dig +noall +answer @127.0.0.1 ${NAME} A | awk '{ print $2, $5 }'`);
  const jobs = (host: string): Promise<string> => range.get(host, 'cat jobs 2>/dev/null || true');
  const lifted = (): Promise<string> => range.get('ops', 'ls silenced-until 2>/dev/null || true');
  const locked = async (): Promise<string> =>
    (await Promise.all(['cache-ham', 'cache-muc', 'ns'].map((host) => range.get(host, 'ls *.lock 2>/dev/null || true')))).join('');
  const follow = (mode: 'failover' | 'rehearsal', options: FollowOptions = {}): Promise<DrillState> =>
    followDrill(range, { runbook: 'eleven-phases', mode, inputs: { resolver: `127.0.0.1:${range.port('ns')}` } }, options);

  beforeAll(async () => {
    range = await startSiteRange({
      only: ['cache-ham', 'cache-muc', 'ns'],
      plain: ['ops', ...APPS],
      runbooks: [new URL('.', import.meta.url).pathname],
    });
  }, 120_000);
  afterAll(() => range.stop(), 60_000);

  /** As before any drill: Hamburg leads, the name points there. */
  beforeEach(async () => {
    const port = range.port('cache-ham');
    await range.get('cache-ham', 'rm -f jobs; redis-cli -e replicaof no one');
    await range.get(
      'cache-muc',
      `rm -rf jobs warm; redis-cli -e replicaof 127.0.0.1 ${port}; until redis-cli info replication | grep -q status:up; do sleep 0.1; done`,
    );
    await Promise.all(APPS.map((host) => range.get(host, 'rm -f disk-full taken-at; echo hamburg >site')));
  });

  it('is written without a warning, in phases from 1 to 11', () => {
    const files = new Map(readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]));
    const { runbook, problems, places } = parseRunbook(files.get('runbook.yaml') ?? '', 'runbook.yaml', files);
    expect(problems).toEqual([]);
    expect(runbook === null ? null : lintRunbook(runbook, places)).toEqual([]);
    const phases = new Set(runbook?.steps.map(({ title }) => Number.parseInt(title, 10)));
    expect([...phases].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
  });

  it('is rehearsed on the passive side, with two steps the other way round', async () => {
    await setTtl(range, SHORT_TTL);
    const state = await follow('rehearsal');
    expect(state.result, told(state)).toBe('passed');
    expect(Number(state.steps.get('stop-jobs')?.startedAt)).toBeGreaterThanOrEqual(Number(state.steps.get('start-jobs')?.endedAt));
    expect([await jobs('cache-ham'), await jobs('cache-muc')]).toEqual(['', 'started\nstopped']);
    expect([await range.get('cache-ham', ROLE), await range.get('cache-muc', ROLE)]).toEqual(['master', 'slave']);
    for (const id of ['promote', 'point', 'follow']) expect(state.steps.get(id)?.state).toBe('skipped');
    expect(await ttl()).toBe(`${SHORT_TTL} ${ADDRESSES.hamburg}`);
    expect([await lifted(), await locked()]).toEqual(['', '']);
  });

  it('runs through all eleven phases, and asks what to do about a server that fails', async () => {
    await setTtl(range, ZONE_TTL);
    await range.get('app-07', 'touch disk-full');
    const [anna] = range.people;
    const asked: string[] = [];
    const state = await follow('failover', {
      async onLook(drill, now) {
        if (now.run !== 'needs-decision') return;
        asked.push(now.steps.get('served')?.reason ?? '');
        expect([await lifted(), await locked()]).not.toEqual(['', '']);
        // The first answer mends nothing, the second does.
        if (asked.length > 1) await range.get('app-07', 'rm -f disk-full');
        valueOf(await retryStep(range.app, anna, { drill, step: 'served' }));
      },
    });
    expect(state.result, told(state)).toBe('passed');
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain('app-07');
    const at = (id: string, when: 'startedAt' | 'endedAt'): number => Number(state.steps.get(id)?.[when]);
    // 2: cut to ten seconds, and the rest of the old time waited for since then.
    expect(at('hold-writes', 'startedAt')).toBeGreaterThanOrEqual(at('cut-ttl', 'endedAt') + ZONE_TTL * 1000);
    expect(state.steps.get('old-ttl-over')?.sleepUntil).toBe(at('cut-ttl', 'endedAt') + ZONE_TTL * 1000);
    expect(state.captured['old_ttl']).toBe(String(ZONE_TTL));
    // 2: the first run of the warm-up is slow, and two in a row had to be alike.
    expect(await range.get('cache-muc', 'ls warm | wc -l')).toBe('20');
    expect(at('warm-up', 'endedAt') - at('warm-up', 'startedAt')).toBeGreaterThan(2 * 400);
    // 3 to 7: measured by itself, against an objective of its own.
    const readOnly = clockReadings(state, state.lastAt).find(({ name }) => name === 'read-only');
    expect(readOnly).toMatchObject({ startedAt: at('hold-writes', 'startedAt'), endedAt: at('open-writes', 'endedAt'), objectiveMs: 30_000 });
    // 4: Munich had got at least as far as was noted in Hamburg.
    expect(Number(state.captured['last_offset'])).toBeGreaterThan(0);
    // 5: one person other than the one who started said go, once, and nobody was asked again.
    expect(state.steps.get('go')?.approvals.map(({ by }) => by)).toEqual(['ben']);
    expect(state.steps.get('promote')?.confirmation).toBeNull();
    // 8: five at a time.
    const taken = state.steps.get('take-settings')?.attempts.toSorted((a, b) => a.intendedAt - b.intendedAt) ?? [];
    expect(taken.map(({ host }) => host).toSorted()).toEqual(APPS);
    for (const attempt of taken) {
      const live = taken.filter((other) => other.intendedAt <= attempt.intendedAt && Number(other.endedAt) > attempt.intendedAt);
      expect(live.length).toBeLessThanOrEqual(5);
    }
    // 11: as before, on the other site.
    expect(await ttl()).toBe(`${ZONE_TTL} ${ADDRESSES.munich}`);
    expect([await lifted(), await locked()]).toEqual(['', '']);
    expect([await range.get('cache-ham', ROLE), await range.get('cache-muc', ROLE)]).toEqual(['slave', 'master']);
    expect([await jobs('cache-ham'), await jobs('cache-muc')]).toEqual(['stopped', 'started']);
  });

  it.each(['skip', 'abort'] as const)('lifts silence, lock and short time also when the answer is %s', async (decision) => {
    await setTtl(range, SHORT_TTL);
    await range.get('app-03', 'touch disk-full');
    const [anna] = range.people;
    let isAnswered = false;
    const state = await follow('failover', {
      async onLook(drill, now) {
        if (now.run !== 'needs-decision' || isAnswered) return;
        isAnswered = true;
        const reason = 'Its disk is being replaced.';
        if (decision === 'skip') valueOf(await skipStep(range.app, anna, { drill, step: 'served', reason }));
        else valueOf(await abortDrill(range.app, anna, { drill, typedId: drill, form: 'now', reason }));
      },
    });
    expect(state.result, told(state)).toBe(decision === 'skip' ? 'passed' : 'aborted');
    expect(state.steps.get('follow')?.state === 'succeeded').toBe(decision === 'skip');
    expect((await ttl()).split(' ')[0]).toBe(String(SHORT_TTL));
    expect([await lifted(), await locked()]).toEqual(['', '']);
  });
});

/** As an administrator would set it, pointing to Hamburg. */
async function setTtl(range: SiteRange, seconds: number): Promise<void> {
  const lines = ['server 127.0.0.1', `update delete ${NAME} A`, `update add ${NAME} ${seconds} A ${ADDRESSES.hamburg}`, 'send'];
  await range.get('ns', `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} | nsupdate -k dr.key`);
}
