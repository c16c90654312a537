// The host's part in every kind of `sh` that hosts have: dash, bash and BusyBox.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DurableCommand, RemoteHosts } from '../../../api/application/ports.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { isAlive } from '../../support/process.ts';
import { gather, gatherFrom } from '../../support/remote-run.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

/** Shells that are on this machine; dash or bash is what `sh` is everywhere else, too. */
const SHELLS = ['dash', 'bash', 'busybox'].flatMap((name) => {
  const path = pathOf(name);
  return path === null ? [] : [{ name, path }];
});

let hosts: TestHosts;

beforeAll(() => {
  hosts = testHosts();
});
afterAll(() => hosts.close());

describe.each(SHELLS)('where sh is $name', ({ name, path }) => {
  let host: TestHost;
  let remote: RemoteHosts;

  beforeAll(async () => {
    const bin = join(hosts.folder, `bin-${name}`);
    mkdirSync(bin);
    symlinkSync(path, join(bin, 'sh'));
    host = await hosts.add(name, [`SetEnv HOME=${join(hosts.folder, name)} PATH=${bin}:/usr/bin:/bin`]);
    remote = createRemoteHosts({ credential: { privateKey: hosts.privateKey } });
  });
  afterAll(() => remote.close());

  const command = (script: string, timeoutMs = 20_000): DurableCommand => ({
    host: host.host,
    script,
    timeoutMs,
    id: randomBytes(16).toString('hex'),
    intendedAt: Date.now(),
  });
  const durably = (wanted: DurableCommand) => gatherFrom((sink, signal) => remote.runDurably(wanted, sink, signal));

  it('is that shell', async () => {
    expect((await gather(remote, { host: host.host, script: 'readlink -f "/proc/$$/exe"' })).stdout.toString().trim()).toBe(path);
  });

  it('a light command gives its streams, its exit code and its first failure', async () => {
    const got = await gather(remote, { host: host.host, script: "printf 'a\\0b'; echo it\\'s >&2; false; echo never" });
    expect([got.outcome, got.stdout, got.stderr.toString()]).toEqual([{ kind: 'exited', exitCode: 1 }, Buffer.from('a\0b'), "it's\n"]);
  });

  it('a durable command gives them too', async () => {
    const got = await durably(command("printf 'a\\0b'; echo it\\'s >&2; cat; exit 7"));
    expect([got.outcome, got.stdout, got.stderr.toString()]).toEqual([{ kind: 'exited', exitCode: 7 }, Buffer.from('a\0b'), "it's\n"]);
  });

  it('a durable command is followed while it runs, and found again', async () => {
    const wanted = command('echo one; sleep 1; echo two');
    expect((await durably(wanted)).stdout.toString()).toBe('one\ntwo\n');
    const again = await gatherFrom((sink, signal) => remote.resume(wanted, sink, signal));
    expect([again.outcome, again.stdout.toString()]).toEqual([{ kind: 'exited', exitCode: 0 }, 'one\ntwo\n']);
  });

  it('a durable command that was never started never is', async () => {
    const wanted = command('echo x >>"$HOME/never"');
    expect((await gatherFrom((sink, signal) => remote.resume(wanted, sink, signal))).outcome.kind).toBe('void');
    await durably({ ...wanted, timeoutMs: 1_000 });
    expect(host.count('never')).toBe(0);
  });

  it('a durable command is gone with its children after its time, and its files once it is forgotten', async () => {
    const wanted = command('trap "" TERM; echo "$$" >"$HOME/pid"; sleep 300 & echo "$!" >"$HOME/child"; while :; do sleep 0.2; done', 1_500);
    expect((await durably(wanted)).outcome).toEqual({ kind: 'timed-out' });
    expect([isAlive(host.read('pid')), isAlive(host.read('child'))]).toEqual([false, false]);
    remote.forget(wanted.host, wanted.id);
    await vi.waitFor(() => expect(host.read(`.muster/${wanted.id}.result`)).toBe(''), { timeout: 5_000 });
  });
});

function pathOf(program: string): string | null {
  try {
    return execFileSync('readlink', ['-f', execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}
