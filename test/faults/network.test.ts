// Links that break, go silent and come back while commands run on real hosts. The counter and the file on the host say what really happened there.
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DrillState } from '../../api/domain/drill/state.ts';
import { SSH_LIMITS, type SshLimits } from '../../api/ssh/limits.ts';
import { databaseFile } from '../support/database-file.ts';
import { DrillDesk } from '../support/drill-desk.ts';
import { inSequence, plan, run } from '../support/plan-builder.ts';
import { isAlive } from '../support/process.ts';
import { testHosts, type TestHost, type TestHosts } from '../support/sshd.ts';
import { report } from './figures.ts';
import { isLong } from './long.ts';

/** A silent link is noticed in less than a second, where it takes up to a minute otherwise. */
const QUICK = { ...SSH_LIMITS, keepaliveMs: 200, keepaliveMisses: 2, connectTimeoutMs: 2_000, longestTryMs: 1_000, ownEndMs: 16_000 };
/** People are told before the connection is given up. */
const TOLD_EARLY = { ...QUICK, keepaliveMs: 1_000, keepaliveMisses: 3, quietMs: 500 };
const LONGEST_MS = 60_000;
const A_MINUTE_MS = 60_000;

let servers: TestHosts;
let alpha: TestHost;
let beta: TestHost;
let place: ReturnType<typeof databaseFile>;
let desk: DrillDesk;
let drills = 0;

beforeAll(async () => {
  servers = testHosts();
});
afterAll(() => servers.close());
beforeEach(async () => {
  place = databaseFile();
  drills += 1;
  [alpha, beta] = await Promise.all([servers.add(`alpha-${drills}`), servers.add(`beta-${drills}`)]);
  desk = await DrillDesk.open({ file: place.file, privateKey: servers.privateKey, limits: QUICK });
});
afterEach(async () => {
  await desk.close();
  await Promise.all([alpha.stop(), beta.stop()]);
  place.remove();
});

const hosts = () => [alpha.host, beta.host];
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');
/** Counts itself, then prints a line each tenth of a second. */
const printing = (count: number): string => `echo x >>"$HOME/count"; i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo "line $i"; sleep 0.1; done`;
const on = (host: TestHost): readonly string[] => [host.host.key];

async function typesOf(drill: string): Promise<readonly string[]> {
  return (await desk.entries(drill)).map(({ event }) => event.type);
}

async function openWith(limits: SshLimits): Promise<void> {
  await desk.close();
  desk = await DrillDesk.open({ file: place.file, privateKey: servers.privateKey, limits });
}

function reconciling({ steps }: DrillState): { readonly reason: string } | null {
  return steps.get('act')?.attempts[0]?.reconciling ?? null;
}

describe('a link that breaks in the middle of a command', () => {
  it(
    'and goes silent without a word: the step ends as if nothing had been',
    async () => {
      const drill = await desk.start(plan([run('act', { hosts: on(alpha), command: printing(30) })], { hosts: hosts() }));
      await vi.waitFor(() => expect(alpha.count('count')).toBe(1), { timeout: 5_000 });
      await delay(500);
      alpha.freeze();
      expect((await desk.untilEnded(drill)).result).toBe('passed');
      expect(await desk.output(drill, 'act')).toBe(lines(30));
      expect(alpha.count('count')).toBe(1);
    },
    LONGEST_MS,
  );

  it(
    'again and again, wherever it happens to be cut: nothing runs twice, no byte is lost or doubled',
    async () => {
      const steps = inSequence(['one', 'two', 'three'].map((id) => run(id, { hosts: on(alpha), command: printing(8), timeoutMs: 60_000 })));
      const drill = await desk.start(plan(steps, { hosts: hosts() }));
      const state = (): Promise<DrillState> => desk.state(drill);
      for (let cuts = 0; cuts < (isLong ? 200 : 12) && (await state()).finishedAt === null; cuts += 1) {
        await delay(randomInt(20, 400));
        alpha.cut();
      }
      const end = await desk.untilEnded(drill);
      expect(end.result, JSON.stringify(end.steps)).toBe('passed');
      for (const step of ['one', 'two', 'three']) expect(await desk.output(drill, step)).toBe(lines(8));
      expect(alpha.count('count')).toBe(3);
    },
    LONGEST_MS,
  );

  it(
    'with its host away for a while: it is told, found again, and goes on where it was',
    async () => {
      const drill = await desk.start(plan([run('act', { hosts: on(alpha), command: printing(40), timeoutMs: 60_000 })], { hosts: hosts() }));
      await vi.waitFor(() => expect(alpha.count('count')).toBe(1), { timeout: 5_000 });
      await alpha.stop();
      await desk.until(drill, ({ steps }) => steps['act']?.attempts[0]?.reconciling !== null);
      await alpha.start();
      expect((await desk.untilEnded(drill)).result).toBe('passed');
      expect(await desk.output(drill, 'act')).toBe(lines(40));
      expect(alpha.count('count')).toBe(1);
      const types = await typesOf(drill);
      expect(types.slice(types.indexOf('attempt-reconciling')).filter((type) => type !== 'output')).toEqual([
        'attempt-reconciling',
        'attempt-launched',
        'attempt-ended',
        'finished',
      ]);
    },
    LONGEST_MS,
  );
});

describe('a network that drops every packet', () => {
  it(
    'is told before the connection is given up, and the step ends as if nothing had been once it is mended',
    async () => {
      await openWith(TOLD_EARLY);
      const drill = await desk.start(plan([run('act', { hosts: on(alpha), command: printing(80), timeoutMs: 60_000 })], { hosts: hosts() }));
      await vi.waitFor(() => expect(alpha.count('count')).toBe(1), { timeout: 5_000 });
      await delay(500);
      alpha.silence();
      const told = await desk.until(drill, (state) => reconciling(state) !== null);
      expect(reconciling(told)?.reason).toContain(`Host ${alpha.host.key} has not answered for 0.5 s.`);
      alpha.speak();
      expect((await desk.untilEnded(drill)).result).toBe('passed');
      expect(await desk.output(drill, 'act')).toBe(lines(80));
      expect(alpha.count('count')).toBe(1);
      expect((await typesOf(drill)).filter((type) => type === 'attempt-reconciling')).toHaveLength(1);
    },
    LONGEST_MS,
  );

  it.skipIf(!isLong)(
    'for two of the ten minutes that a command takes: told within a minute, and nothing is lost',
    async () => {
      await openWith(SSH_LIMITS);
      const command = `echo x >>"$HOME/count"; i=0; while [ $i -lt 600 ]; do i=$((i+1)); echo "line $i"; sleep 1; done`;
      const drill = await desk.start(plan([run('act', { hosts: on(alpha), command, timeoutMs: 900_000 })], { hosts: hosts() }));
      await delay(A_MINUTE_MS);
      alpha.silence();
      const silentSince = Date.now();
      await vi.waitFor(async () => expect(reconciling(await desk.state(drill))).not.toBeNull(), { timeout: A_MINUTE_MS, interval: 100 });
      await report('silent network', { 'told after, s': Math.round((Date.now() - silentSince) / 1_000) });
      await delay(2 * A_MINUTE_MS - (Date.now() - silentSince));
      alpha.speak();
      await vi.waitFor(async () => expect((await desk.state(drill)).result).toBe('passed'), { timeout: 10 * A_MINUTE_MS, interval: 1_000 });
      expect(await desk.output(drill, 'act')).toBe(lines(600));
      expect(alpha.count('count')).toBe(1);
    },
    15 * A_MINUTE_MS,
  );
});

describe('a host that is gone for good', () => {
  it(
    'is told, holds up nothing else, and a person need not wait for it',
    async () => {
      const steps = [
        run('lost', { hosts: on(alpha), command: printing(600), timeoutMs: 600_000, onFailure: 'warn' }),
        run('elsewhere', { hosts: on(beta), command: 'echo x >>"$HOME/count"' }),
        run('after', { hosts: on(beta), needs: ['lost', 'elsewhere'], command: 'echo x >>"$HOME/count"' }),
      ];
      const drill = await desk.start(plan(steps, { hosts: hosts() }));
      await vi.waitFor(() => expect(alpha.count('count')).toBe(1), { timeout: 5_000 });
      await alpha.stop();
      const state = await desk.until(drill, (now) => now.steps.get('lost')?.attempts[0]?.reconciling !== null);
      expect(state.steps.get('lost')?.attempts[0]?.reconciling?.reason).toContain('cannot be reached');
      await vi.waitFor(() => expect(beta.count('count')).toBe(1), { timeout: 5_000 });
      const lost = { step: 'lost', host: alpha.host.key } as const;
      await desk.tell(drill, { type: 'unknown-decided', ...lost, decision: 'failed', reason: 'The building has no power.' });
      expect((await desk.untilEnded(drill)).result).toBe('passed');
      expect(beta.count('count')).toBe(2);
    },
    LONGEST_MS,
  );

  it(
    'makes its command unknown when its time is over, and nothing starts it again',
    async () => {
      await openWith({ ...QUICK, ownEndMs: 1_000 });
      const act = run('act', { hosts: on(alpha), command: printing(600), timeoutMs: 2_000, retry: { attempts: 3, everyMs: 0, backoff: 1 } });
      const drill = await desk.start(plan([act], { hosts: hosts() }));
      await vi.waitFor(() => expect(alpha.count('count')).toBe(1), { timeout: 5_000 });
      await alpha.stop();
      await vi.waitFor(async () => expect((await desk.state(drill)).run).toBe('needs-decision'), { timeout: 40_000 });
      expect((await desk.state(drill)).steps.get('act')).toMatchObject({ state: 'unknown', attempts: [{ state: 'unknown' }] });
      expect(alpha.count('count')).toBe(1);
    },
    LONGEST_MS,
  );
});

describe('a command that is to be ended', () => {
  const stubborn = 'trap "" TERM; echo "$$" >"$HOME/pid"; sleep 300 & echo "$!" >"$HOME/child"; while :; do sleep 0.2; done';

  it(
    'is gone with its children when its drill is aborted, also when it ignores TERM',
    async () => {
      const drill = await desk.start(plan([run('act', { hosts: on(alpha), command: stubborn, timeoutMs: 600_000 })], { hosts: hosts() }));
      await vi.waitFor(() => expect(alpha.read('child')).toMatch(/\n$/), { timeout: 5_000 });
      await desk.tell(drill, { type: 'abort-requested', form: 'now', reason: 'Enough.' });
      expect((await desk.untilEnded(drill)).result).toBe('aborted');
      expect([isAlive(alpha.read('pid')), isAlive(alpha.read('child'))]).toEqual([false, false]);
    },
    LONGEST_MS,
  );

  it(
    'is ended by its host itself when its time is over and the link is cut',
    async () => {
      const drill = await desk.start(plan([run('act', { hosts: on(alpha), command: stubborn, timeoutMs: 2_000 })], { hosts: hosts() }));
      await vi.waitFor(() => expect(alpha.read('child')).toMatch(/\n$/), { timeout: 5_000 });
      await alpha.stop();
      await vi.waitFor(() => expect(isAlive(alpha.read('child'))).toBe(false), { timeout: 25_000, interval: 200 });
      await alpha.start();
      const state = await desk.until(drill, (now) => now.finishedAt !== null);
      expect(state.steps.get('act')).toMatchObject({ state: 'timed-out' });
      expect(isAlive(alpha.read('pid'))).toBe(false);
    },
    LONGEST_MS,
  );
});
