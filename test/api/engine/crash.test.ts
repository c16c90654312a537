// Killed with SIGKILL at every boundary of a command, then started again: the counter on the host says that nothing ran twice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../api/application/stores.ts';
import type { PlanStep } from '../../../api/domain/drill/plan.ts';
import { databaseFile } from '../../support/database-file.ts';
import { DrillDesk } from '../../support/drill-desk.ts';
import { check, inSequence, plan, run } from '../../support/plan-builder.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';
import type { Boundary } from '../../support/crash-main.ts';

const BOUNDARIES: readonly Boundary[] = ['intent-committed', 'shell-started', 'launch-committed', 'output-received', 'command-ended'];

let hosts: TestHosts;
let alpha: TestHost;
let place: ReturnType<typeof databaseFile>;

beforeAll(async () => {
  hosts = testHosts();
  alpha = await hosts.add('alpha');
});
afterAll(() => hosts.close());
beforeEach(() => {
  place = databaseFile();
});
afterEach(() => place.remove());

const never = (): Promise<never> => new Promise(() => undefined);

/** Starts the drill, lets a process of its own run it until that kills itself, and takes it up again. */
async function crashAndRecover(boundary: Boundary, steps: readonly PlanStep[]): Promise<{ desk: DrillDesk; drill: string }> {
  const before = await DrillDesk.open({
    file: place.file,
    privateKey: hosts.privateKey,
    around: (remote) => ({ ...remote, run: never, runDurably: never }),
  });
  await before.engine.stop(); // this process only starts it
  const drill = await before.start(plan(steps, { hosts: [alpha.host] }));
  await before.close();
  const args = ['--import', '@swc-node/register/esm-register', 'test/support/crash-main.ts', place.file, hosts.privateKey, drill, boundary];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  const desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
  await desk.engine.recover();
  return { desk, drill };
}

describe.each(BOUNDARIES)('killed at "%s"', (boundary) => {
  it('a command that must not run twice is found again on its host, with all of its output', async () => {
    const name = `once-${boundary}`;
    const command = `echo x >>"$HOME/${name}"; echo one; sleep 0.5; echo two >&2`;
    const { desk, drill } = await crashAndRecover(boundary, inSequence([run('act', { command }), run('after')]));
    const state = await desk.untilEnded(drill);
    expect(state).toMatchObject({ result: 'passed', summary: { hasDeviations: false } });
    // Killed before the host was asked, it had not started, and the host has seen to it that it never will: so another attempt did.
    const ends = boundary === 'intent-committed' ? ['not-started', 'succeeded'] : ['succeeded'];
    expect(state.steps.get('act')?.attempts.map((attempt) => attempt.state)).toEqual(ends);
    expect(alpha.count(name)).toBe(1);
    expect((await desk.output(drill, 'act')).split('\n').toSorted()).toEqual(['', 'one', 'two']);
    await desk.close();
  });

  it('a check is run again by itself', async () => {
    const { desk, drill } = await crashAndRecover(boundary, [check('look', { command: 'echo fine' })]);
    const state = await desk.untilEnded(drill);
    expect(state).toMatchObject({ result: 'passed', summary: { hasDeviations: false } });
    expect(state.steps.get('look')?.attempts.map((attempt) => attempt.state)).toEqual(['cancelled', 'succeeded']);
    await desk.close();
  });
});

it('a connection that breaks is made again, and the command goes on as if nothing had been', async () => {
  const desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
  const command = 'echo x >>"$HOME/cut"; for i in 1 2 3; do echo "line $i"; sleep 1; done';
  const drill = await desk.start(plan([run('act', { command })], { hosts: [alpha.host] }));
  await vi.waitFor(() => expect(alpha.count('cut')).toBe(1), { timeout: 5_000 });
  alpha.cut();
  expect((await desk.untilEnded(drill)).result).toBe('passed');
  expect(await desk.output(drill, 'act')).toBe('line 1\nline 2\nline 3\n');
  expect(alpha.count('cut')).toBe(1);
  await desk.close();
});

it('a command that was started and has vanished from its host waits for a person, who decides', async () => {
  const desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
  const retry = { attempts: 5, everyMs: 0, backoff: 1 };
  const command = 'echo "$PPID $$" >>"$HOME/vanished"; sleep 300';
  const drill = await desk.start(plan([run('act', { command, retry })], { hosts: [alpha.host] }));
  await vi.waitFor(() => expect(alpha.count('vanished')).toBe(1), { timeout: 5_000 });
  const [lane, group] = alpha.read('vanished').trim().split(' ').map(Number);
  process.kill(lane ?? 0, 'SIGKILL');
  process.kill(-(group ?? 0), 'SIGKILL');
  const state = await desk.until(drill, (now) => now.run === 'needs-decision');
  expect(state.steps.get('act')).toMatchObject({ state: 'unknown', attempts: [{ state: 'unknown' }] });
  await desk.tell(drill, { type: 'unknown-decided', step: 'act', host: 'alpha', decision: 'succeeded', reason: 'Looked at the host.' });
  expect(await desk.untilEnded(drill)).toMatchObject({ result: 'passed', summary: { hasDeviations: true } });
  expect(alpha.count('vanished')).toBe(1);
  await desk.close();
});

it('no record, no action: while the journal cannot be written nothing starts, and it goes on once it can', async () => {
  let isFull = false;
  const failing = (database: Database): Database => ({
    ...database,
    write: (work) => (isFull ? Promise.reject(new Error('disk full')) : database.write(work)),
  });
  const desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey, beneath: failing });
  const steps = inSequence([run('first', { command: 'sleep 0.3' }), run('second', { command: 'echo x >>"$HOME/full"' })]);
  const drill = await desk.start(plan(steps, { hosts: [alpha.host] }));
  await desk.until(drill, (state) => state.steps.get('first')?.state === 'launched');
  isFull = true;
  await vi.waitFor(() => expect(desk.log.filter((line) => line.includes('disk full')).length).toBeGreaterThan(2), { timeout: 10_000 });
  expect(alpha.count('full')).toBe(0);
  isFull = false;
  expect((await desk.untilEnded(drill)).result).toBe('passed');
  expect(alpha.count('full')).toBe(1);
  await desk.close();
});

it('a drill is taken up only once that can be written, and nothing of it starts before', async () => {
  const boundary = 'launch-committed';
  const { desk: first, drill } = await crashAndRecover(boundary, [check('look', { command: 'echo x >>"$HOME/taken-up"; sleep 300' })]);
  await vi.waitFor(() => expect(alpha.count('taken-up')).toBe(2), { timeout: 10_000 });
  await first.close();
  let isFull = true;
  const failing = (database: Database): Database => ({
    ...database,
    write: (work) => (isFull ? Promise.reject(new Error('disk full')) : database.write(work)),
  });
  const desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey, beneath: failing });
  await desk.engine.recover();
  desk.engine.wake(drill);
  expect((await desk.state(drill)).run).toBe('running');
  isFull = false;
  await desk.until(drill, (state) => state.steps.get('look')?.attempts.length === 3);
  await vi.waitFor(() => expect(alpha.count('taken-up')).toBe(3), { timeout: 10_000 });
  await desk.tell(drill, { type: 'abort-requested', form: 'now', reason: 'Seen enough.' });
  await desk.untilEnded(drill);
  await desk.close();
});
