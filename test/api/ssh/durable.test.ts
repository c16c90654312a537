// Commands that start at most once, on real hosts: found again after every kind of break, ended for good when they are to be, and never started twice.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import type { DurableCommand, RemoteHosts } from '../../../api/application/ports.ts';
import { isAlive } from '../../support/process.ts';
import { gatherFrom, type Gathered, type RunOptions } from '../../support/remote-run.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let alpha: TestHost;
let remote: RemoteHosts;

beforeAll(async () => {
  hosts = testHosts();
  alpha = await hosts.add('alpha');
});

afterAll(() => hosts.close());

const remotes: RemoteHosts[] = [];
function newRemote(): RemoteHosts {
  remote = createRemoteHosts({ credential: { privateKey: hosts.privateKey } });
  remotes.push(remote);
  return remote;
}

afterEach(async () => {
  for (const one of remotes.splice(0)) await one.close();
});

function command(script: string, more: Partial<DurableCommand> = {}): DurableCommand {
  return { host: alpha.host, script, timeoutMs: 20_000, id: randomBytes(16).toString('hex'), intendedAt: Date.now(), ...more };
}

function start(wanted: DurableCommand, options: RunOptions = {}): Promise<Gathered> {
  return gatherFrom((sink, signal) => remote.runDurably(wanted, sink, signal), options);
}

function resume(wanted: DurableCommand, options: RunOptions = {}): Promise<Gathered> {
  return gatherFrom((sink, signal) => remote.resume(wanted, sink, signal), options);
}

async function untilCounted(name: string, lines: number): Promise<void> {
  await vi.waitFor(() => expect(alpha.count(name)).toBe(lines), { timeout: 10_000 });
}

const spool = (): readonly string[] => (existsSync(join(alpha.home, '.muster')) ? readdirSync(join(alpha.home, '.muster')) : []);

describe('a durable command', () => {
  it('gives its exit code and both streams apart', async () => {
    newRemote();
    const got = await start(command('echo out; echo err >&2; exit 7'));
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 7 });
    expect([got.stdout.toString(), got.stderr.toString(), got.launches]).toEqual(['out\n', 'err\n', 1]);
  });

  it('stops at the first failing line, and cannot eat its own script', async () => {
    newRemote();
    expect((await start(command('false\necho never'))).stdout.toString()).toBe('');
    expect((await start(command('cat; read line || echo empty\necho after'))).stdout.toString()).toBe('empty\nafter\n');
  });

  it('keeps its bytes as they are, quickly and slowly', async () => {
    newRemote();
    const bytes = randomBytes(300_000);
    writeFileSync(join(alpha.home, 'noise'), bytes);
    const quick = await start(command('cat "$HOME/noise"; cat "$HOME/noise" >&2'));
    expect([quick.stdout.equals(bytes), quick.stderr.equals(bytes)]).toEqual([true, true]);
    const slow = await start(command('head -c 100000 "$HOME/noise"; sleep 1; tail -c +100001 "$HOME/noise"; sleep 1; cat "$HOME/noise" >&2'));
    expect([slow.stdout.equals(bytes), slow.stderr.equals(bytes)]).toEqual([true, true]);
  });

  it('shows what it prints while it runs', async () => {
    newRemote();
    const seen = Promise.withResolvers<void>();
    const running = start(command('echo first; until [ -e "$HOME/go" ]; do sleep 0.1; done; echo second'), { onOutput: async () => seen.resolve() });
    await seen.promise;
    writeFileSync(join(alpha.home, 'go'), '');
    expect((await running).stdout.toString()).toBe('first\nsecond\n');
  });

  it('leaves nothing of itself on the host once it is forgotten', async () => {
    newRemote();
    const wanted = command('echo x');
    await start(wanted);
    expect(spool().some((name) => name.startsWith(wanted.id))).toBe(true);
    remote.forget(wanted.host, wanted.id);
    await vi.waitFor(() => expect(spool().some((name) => name.startsWith(wanted.id))).toBe(false), { timeout: 15_000 });
  });

  it('goes on through a cut connection as if nothing had been', async () => {
    newRemote();
    const told: string[] = [];
    const wanted = command('echo "$$" >>"$HOME/cut"; for i in 1 2 3 4 5 6; do echo "line $i"; sleep 0.5; done');
    const running = gatherFrom(
      (sink, signal) => remote.runDurably(wanted, { ...sink, onUnreachable: async (why) => void told.push(why) }, signal),
      {},
    );
    await untilCounted('cut', 1);
    alpha.cut();
    const got = await running;
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(got.stdout.toString()).toBe('line 1\nline 2\nline 3\nline 4\nline 5\nline 6\n');
    expect(alpha.count('cut')).toBe(1);
  });

  it('is found again by another process, with all of its output', async () => {
    newRemote();
    const wanted = command('echo "$$" >>"$HOME/found"; echo one; sleep 2; echo two; exit 3');
    void start(wanted).catch(() => undefined);
    await untilCounted('found', 1);
    await remote.close();
    newRemote();
    const got = await resume(wanted);
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 3 });
    expect(got.stdout.toString()).toBe('one\ntwo\n');
    expect(alpha.count('found')).toBe(1);
  });

  it('is found again long after its end', async () => {
    newRemote();
    const wanted = command('echo done; exit 4');
    await start(wanted);
    await remote.close();
    newRemote();
    expect(await resume(wanted)).toMatchObject({ outcome: { kind: 'exited', exitCode: 4 }, stdout: Buffer.from('done\n') });
  });

  it('that was never started never will be, once somebody has looked', async () => {
    newRemote();
    const wanted = command('echo ran >>"$HOME/never"');
    expect((await resume(wanted)).outcome.kind).toBe('void');
    expect((await start({ ...wanted, timeoutMs: 1_000 })).outcome.kind).toBe('void');
    expect(alpha.count('never')).toBe(0);
  });

  it('whose processes are gone without a result is lost, and stays so', async () => {
    newRemote();
    const wanted = command('echo "$PPID" >"$HOME/lane"; echo "$$" >"$HOME/gone"; sleep 60');
    const running = start(wanted);
    await untilCounted('gone', 1);
    process.kill(Number(alpha.read('lane').trim()), 'SIGKILL');
    process.kill(-Number(alpha.read('gone').trim()), 'SIGKILL');
    expect((await running).outcome.kind).toBe('lost');
  });

  it('is gone with its children after its timeout, also when it ignores TERM', async () => {
    newRemote();
    const script = 'trap "" TERM; echo "$$" >"$HOME/slow"; sleep 300 & echo "$!" >"$HOME/slow-child"; while :; do sleep 1; done';
    expect((await start(command(script, { timeoutMs: 1_500 }))).outcome).toEqual({ kind: 'timed-out' });
    expect([isAlive(alpha.read('slow')), isAlive(alpha.read('slow-child'))]).toEqual([false, false]);
  });

  it('is gone when it is cancelled, and what an earlier one left running is not', async () => {
    newRemote();
    await start(command('sleep 300 >/dev/null 2>&1 & echo "$!" >"$HOME/daemon"'));
    const abort = new AbortController();
    const script = 'echo "$$" >"$HOME/cancelled"; echo up; sleep 300';
    const got = await start(command(script), { signal: abort.signal, onOutput: async () => abort.abort() });
    expect(got.outcome).toEqual({ kind: 'cancelled' });
    expect(isAlive(alpha.read('cancelled'))).toBe(false);
    expect(isAlive(alpha.read('daemon'))).toBe(true);
    process.kill(Number(alpha.read('daemon').trim()));
  });

  it('is ended by its host when nobody is there to do it', async () => {
    newRemote();
    const wanted = command('echo "$$" >"$HOME/alone"; sleep 300', { timeoutMs: 1_000 });
    void start(wanted).catch(() => undefined);
    await untilCounted('alone', 1);
    await remote.close();
    await vi.waitFor(() => expect(isAlive(alpha.read('alone'))).toBe(false), { timeout: 15_000, interval: 200 });
    newRemote();
    expect((await resume(wanted)).outcome).toEqual({ kind: 'timed-out' });
  });

  it('keeps the two ends of a flood', async () => {
    newRemote();
    const got = await start(command('echo begin; head -c 50000000 /dev/zero; echo end'), { mayBeCut: true });
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(got.stdout.subarray(0, 6).toString()).toBe('begin\n');
    expect(got.stdout.subarray(-4).toString()).toBe('end\n');
    expect(got.stdout.length).toBeLessThan(11_000_000);
  });

  it('runs with another shell, and tells when that is not there', async () => {
    newRemote();
    expect((await start(command('a=(1 2 3); echo "${#a[@]}"', { shell: 'bash' }))).stdout.toString()).toBe('3\n');
    expect((await start(command('echo x', { shell: 'no-such-shell' }))).outcome.kind).toBe('not-started');
  });
});
