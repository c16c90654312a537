// Whole drills against real OpenSSH servers and a real database. What ran is told by counters on the hosts, not by our own record.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Plan, PlanStep } from '../../../api/domain/drill/plan.ts';
import type { DrillState } from '../../../api/domain/drill/state.ts';
import { databaseFile } from '../../support/database-file.ts';
import { DrillDesk } from '../../support/drill-desk.ts';
import { check, confirm, inSequence, plan, run, sleep, wait } from '../../support/plan-builder.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let alpha: TestHost;
let beta: TestHost;
let desk: DrillDesk;
let place: ReturnType<typeof databaseFile>;

beforeAll(async () => {
  hosts = testHosts();
  [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
});
afterAll(() => hosts.close());
beforeEach(async () => {
  place = databaseFile();
  desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
});
afterEach(async () => {
  await desk.close();
  place.remove();
});

/** Files on the hosts are named by test, so that tests do not count each other's lines. */
let names = 0;
const fresh = (): string => `count-${(names += 1)}`;
const counting = (name: string, more = ''): string => `echo x >>"$HOME/${name}"; ${more}`;
const planned = (steps: readonly PlanStep[], change: Partial<Plan> = {}): Plan => plan(steps, { hosts: [alpha.host, beta.host], ...change });
const states = (state: DrillState): readonly string[] => state.steps.all.map((step) => step.state);

describe('a drill that goes well', () => {
  it('runs its steps in order, hands values on, keeps the output, and passes', async () => {
    const steps = inSequence([
      check('position', { command: 'echo "lsn: 0/16B3748"', captures: [{ name: 'lsn', from: 'stdout', pattern: 'lsn: (\\S+)' }] }),
      sleep('pause', 30),
      run('switch', { hosts: ['beta'], command: 'echo "$change at $lsn"; echo note >&2' }),
    ]);
    const drill = await desk.start(planned(steps, { inputs: { change: "CHG'1" } }));
    const state = await desk.untilEnded(drill);
    expect(state.result).toBe('passed');
    expect(await desk.output(drill, 'switch')).toBe("CHG'1 at 0/16B3748\nnote\n");
    expect(desk.log).toEqual([]);
  });

  it('runs the hosts of a step and independent steps side by side', async () => {
    const name = fresh();
    const together = (id: string): PlanStep => run(id, { hosts: ['alpha', 'beta'], command: counting(name, 'sleep 0.6') });
    const drill = await desk.start(planned([together('one'), together('two')]));
    await vi.waitFor(() => expect([alpha.count(name), beta.count(name)]).toEqual([2, 2]), { timeout: 5_000, interval: 10 });
    expect((await desk.state(drill)).finishedAt).toBeNull();
    expect((await desk.untilEnded(drill)).result).toBe('passed');
  });

  it('waits until a condition holds as often as it must', async () => {
    const name = fresh();
    const command = counting(name, `test "$(wc -l <"$HOME/${name}")" -ge 3`);
    const drill = await desk.start(planned([wait('ready', { command, everyMs: 20, stable: 2 })]));
    expect((await desk.untilEnded(drill)).result).toBe('passed');
    expect(alpha.count(name)).toBe(4);
  });

  it('takes its locks with the start and gives them back at the end', async () => {
    const first = await desk.start(planned([confirm('hold')]));
    const second = await desk.request(planned([run('a')]));
    await expect(desk.tell(second, { type: 'started' })).rejects.toThrow(`Host alpha is held by ${first} since `);
    await desk.until(first, (state) => state.steps.get('hold')?.state === 'waiting');
    await desk.tell(first, { type: 'step-confirmed', step: 'hold', outcome: 'done', note: null });
    await desk.untilEnded(first);
    await desk.tell(second, { type: 'started' });
    expect((await desk.untilEnded(second)).result).toBe('passed');
    const events = await desk.database.stores.history.about(second, 10);
    expect(events.map((event) => event.type)).toEqual(['drill.finished', 'drill.started']);
  });
});

describe('a drill that goes wrong', () => {
  it('fails at the step that fails, says why, and starts nothing after it', async () => {
    const name = fresh();
    const steps = inSequence([run('break', { command: 'echo "no such unit" >&2; exit 5' }), run('after', { command: counting(name) })]);
    const state = await desk.untilEnded(await desk.start(planned(steps)));
    expect(state.result).toBe('failed');
    expect(state.steps.get('break')?.reason).toBe('The exit code was 5, expected 0. It said: "no such unit"');
    expect(alpha.count(name)).toBe(0);
  });

  it('tries again as often as the step says', async () => {
    const name = fresh();
    const command = counting(name, `test "$(wc -l <"$HOME/${name}")" -ge 3`);
    const drill = await desk.start(planned([run('flaky', { command, retry: { attempts: 5, everyMs: 20, backoff: 1 } })]));
    expect((await desk.untilEnded(drill)).result).toBe('passed');
    expect(alpha.count(name)).toBe(3);
  });

  it('ends a command that takes too long, on the host as well', async () => {
    const state = await desk.untilEnded(await desk.start(planned([run('slow', { command: 'sleep 300', timeoutMs: 400 })])));
    expect(state.steps.get('slow')).toMatchObject({ state: 'timed-out', reason: 'It did not end within 400 ms and was ended.' });
  });

  it('fails with the stage when a host refuses us, since it is certain that nothing ran', async () => {
    const wrong = { ...alpha.host, hostKeys: ['SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'] };
    const state = await desk.untilEnded(await desk.start(planned([run('a')], { hosts: [wrong] })));
    expect(state.result).toBe('failed');
    expect(state.steps.get('a')?.reason).toMatch(/^It did not start: The host key of alpha differs from the one pinned/);
  });

  it('goes on when a person has had the failed step run again', async () => {
    const name = fresh();
    const steps = [run('a', { command: counting(name, `test -e "$HOME/${name}.fixed"`) }), confirm('hold')];
    const drill = await desk.start(planned(steps));
    await desk.until(drill, (state) => state.steps.get('a')?.state === 'failed');
    await desk.tell(drill, { type: 'step-retried', step: 'a', reason: null });
    await desk.until(drill, (state) => state.steps.get('a')?.attempts.length === 2 && state.steps.get('a')?.state === 'failed');
    await desk.tell(drill, { type: 'step-skipped', step: 'a', reason: 'Done by hand.' });
    await desk.tell(drill, { type: 'step-confirmed', step: 'hold', outcome: 'done', note: null });
    expect(await desk.untilEnded(drill)).toMatchObject({ result: 'passed', summary: { hasDeviations: true } });
    expect(alpha.count(name)).toBe(2);
  });

  it('cuts the middle of a flood, marks the cut, and keeps the end', async () => {
    const drill = await desk.start(
      planned([run('flood', { command: 'head -c 12000000 /dev/zero | tr "\\0" x; echo; echo last', timeoutMs: 15_000 })]),
    );
    expect((await desk.untilEnded(drill)).result).toBe('passed');
    const output = await desk.output(drill, 'flood');
    expect(output.slice(10_485_760)).toBe(
      '\n[Muster keeps the first 10 MB of the output of each step and host, and its end; it was cut here]\n[The end of the output follows]\nlast\n',
    );
  });
});

describe('people at the controls', () => {
  it('pause: what runs ends, nothing starts until the drill is resumed', async () => {
    const name = fresh();
    const steps = inSequence([run('a', { command: 'sleep 0.4' }), run('b', { command: counting(name) })]);
    const drill = await desk.start(planned(steps));
    await desk.until(drill, (state) => state.steps.get('a')?.state === 'launched');
    await desk.tell(drill, { type: 'paused' });
    const paused = await desk.until(drill, (state) => state.steps.get('a')?.state === 'succeeded');
    expect([paused.run, states(paused), alpha.count(name)]).toEqual(['paused', ['succeeded', 'pending'], 0]);
    await desk.tell(drill, { type: 'resumed' });
    expect((await desk.untilEnded(drill)).result).toBe('passed');
  });

  it('abort now: ends what runs, on the host', async () => {
    const name = fresh();
    const steps = [run('a', { command: `echo "$$" >"$HOME/${name}"; sleep 300`, timeoutMs: 60_000, undo: 'true' })];
    const drill = await desk.start(planned(steps));
    await vi.waitFor(() => expect(alpha.count(name)).toBe(1), { timeout: 5_000 });
    await desk.tell(drill, { type: 'abort-requested', form: 'now', reason: 'Enough.' });
    expect(await desk.untilEnded(drill)).toMatchObject({ result: 'aborted', summary: { isUnclean: true } });
    expect(() => process.kill(Number(alpha.read(name)), 0)).toThrow();
  });

  it('abort, finish: lets what runs end, and starts nothing', async () => {
    const [first, second] = [fresh(), fresh()];
    const steps = inSequence([run('a', { command: counting(first, 'sleep 0.4') }), run('b', { command: counting(second) })]);
    const drill = await desk.start(planned(steps));
    await vi.waitFor(() => expect(alpha.count(first)).toBe(1), { timeout: 5_000 });
    await desk.tell(drill, { type: 'abort-requested', form: 'finish', reason: 'Enough.' });
    const state = await desk.untilEnded(drill);
    expect([state.result, states(state), alpha.count(second)]).toEqual(['aborted', ['succeeded', 'pending'], 0]);
  });

  it('abort, undo: reverts what was done, backwards', async () => {
    const name = fresh();
    const act = (id: string): PlanStep => run(id, { command: `echo ${id} >>"$HOME/${name}"`, undo: `echo undo ${id} >>"$HOME/${name}"` });
    const drill = await desk.start(planned(inSequence([act('a'), act('b'), act('c'), confirm('go'), act('d')])));
    await desk.until(drill, (state) => state.steps.get('go')?.state === 'waiting');
    await desk.tell(drill, { type: 'abort-requested', form: 'undo', reason: 'No go.' });
    const state = await desk.untilEnded(drill);
    expect(state).toMatchObject({ result: 'aborted', summary: { isUnclean: false } });
    expect(alpha.read(name)).toBe('a\nb\nc\nundo c\nundo b\nundo a\n');
    expect(states(state)).toEqual(['undone', 'undone', 'undone', 'cancelled', 'pending']);
  });
});

describe('the canary', () => {
  it('measures the loss between the last marker acknowledged and the newest found', async () => {
    const name = fresh();
    // The recovery side holds all but the last two markers.
    const write = { host: 'alpha', command: `echo "$seq" >>"$HOME/${name}"`, everyMs: 100 };
    const read = { host: 'alpha', command: `head -n -2 "$HOME/${name}" | tail -n 1` };
    const canary = { write, read, until: 'stop', readAfter: null };
    const steps = inSequence([wait('some', { command: `test "$(wc -l <"$HOME/${name}")" -ge 5`, everyMs: 50 }), run('stop'), run('serve')]);
    const clocks = [{ name: 'recovery', from: 'stop', to: 'serve', objectiveMs: null }];
    const drill = await desk.start(planned(steps, { canary, clocks, objective: { rtoSeconds: 60, rpoSeconds: 60 } }));
    const state = await desk.untilEnded(drill);
    const last = state.canary.lastAcknowledged?.marker ?? 0;
    const found = state.canary.acknowledged.find((marker) => marker.marker === last - 2);
    expect(alpha.count(name)).toBe(last);
    expect(state.canary.read?.newestMarker).toBe(last - 2);
    expect(state.summary?.dataLossMs).toBe((state.canary.lastAcknowledged?.writtenAt ?? 0) - (found?.writtenAt ?? 0));
    expect(state.summary?.dataLossMs).toBeGreaterThanOrEqual(200);
    expect(state.result).toBe('passed');
  });
});

const withBug = (isBroken: () => boolean) =>
  DrillDesk.open({
    file: place.file,
    privateKey: hosts.privateKey,
    around: (remote) => ({
      ...remote,
      run: (...call) => (isBroken() ? Promise.reject(new Error('a bug')) : remote.run(...call)),
      runDurably: (...call) => (isBroken() ? Promise.reject(new Error('a bug')) : remote.runDurably(...call)),
    }),
  });

describe('an error that nobody expected', () => {
  it('pauses the drill once and says so where people see it', async () => {
    const drill = await desk.start(plan([run('a')], { hosts: [] }));
    await desk.until(drill, (state) => state.run === 'paused');
    const comments = async (): Promise<readonly string[]> =>
      (await desk.entries(drill)).flatMap(({ event }) => (event.type === 'commented' ? [event.text] : []));
    const text = 'Muster met an unexpected error (The plan has no host alpha, where a is to run.) and pauses the drill. Resume it to go on.';
    expect(await comments()).toEqual([text]);
    await desk.tell(drill, { type: 'resumed' });
    await vi.waitFor(async () => expect(await comments()).toEqual([text, text]));
    expect(desk.log).toEqual(Array.from({ length: 2 }, () => expect.stringContaining('unexpected error')));
  });

  it('in what follows a step costs nothing of the end of that step', async () => {
    const steps = inSequence([run('a', { command: 'echo done' }), run('b', { hosts: ['beta'] })]);
    const drill = await desk.start(plan(steps, { hosts: [alpha.host] }));
    const state = await desk.until(drill, (now) => now.run === 'paused');
    expect(states(state)).toEqual(['succeeded', 'pending']);
    expect(await desk.output(drill, 'a')).toBe('done\n');
  });

  it('in a command makes it unknown, since it may have started', async () => {
    await desk.close();
    desk = await withBug(() => true);
    const drill = await desk.start(planned([run('a')]));
    const state = await desk.until(drill, (now) => now.run === 'needs-decision');
    expect(state.steps.get('a')?.reason).toContain('a bug');
  });

  it('in the canary costs a marker and nothing else', async () => {
    let calls = 0;
    await desk.close();
    desk = await withBug(() => (calls += 1) === 1);
    const canary = {
      write: { host: 'alpha', command: 'true', everyMs: 50 },
      read: { host: 'alpha', command: 'echo 2' },
      until: 'stop',
      readAfter: 'stop',
    };
    const state = await desk.untilEnded(await desk.start(planned([run('stop')], { canary })));
    expect(state).toMatchObject({ result: 'passed', canary: { missed: 1 } });
  });
});
