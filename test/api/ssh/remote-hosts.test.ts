// The SSH adapter against real OpenSSH servers: what a command comes to, and every way in which it can go wrong.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import type { RemoteHosts } from '../../../api/application/ports.ts';
import { gather } from '../../support/remote-run.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let alpha: TestHost;
let remote: RemoteHosts;

beforeAll(async () => {
  hosts = testHosts();
  alpha = await hosts.add('alpha');
  remote = createRemoteHosts({ credential: { privateKey: hosts.privateKey } });
});

afterAll(async () => {
  await remote.close();
  await hosts.close();
});

const on = (script: string): { host: TestHost['host']; script: string } => ({ host: alpha.host, script });

/** True while a process of this number lives (zombies that nobody reaps do not). */
function isAlive(pid: string): boolean {
  if (!/^\d+$/.test(pid)) throw new Error(`no process number: ${pid}`);
  const stat = `/proc/${pid}/stat`;
  if (existsSync('/proc/self/stat')) return existsSync(stat) && !/\) [ZX] /.test(readText(stat));
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

function readText(path: string): string {
  try {
    return String(process.getBuiltinModule('node:fs').readFileSync(path));
  } catch {
    return ') X ';
  }
}

async function untilWritten(name: string): Promise<string> {
  await vi.waitFor(() => expect(alpha.read(name)).toMatch(/\n$/), { timeout: 5_000 });
  return alpha.read(name).trim();
}

describe('a command that ends', () => {
  it('gives its exit code and both streams apart', async () => {
    const got = await gather(remote, on('echo out; echo err >&2; exit 7'));
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 7 });
    expect([got.stdout.toString(), got.stderr.toString(), got.launches]).toEqual(['out\n', 'err\n', 1]);
  });

  it('stops at the first failing line, and at an unset variable', async () => {
    expect((await gather(remote, on('false\necho never'))).stdout.toString()).toBe('');
    expect((await gather(remote, on('echo "$nothing_of_this_name"; echo never'))).outcome).not.toEqual({ kind: 'exited', exitCode: 0 });
  });

  it('cannot eat the rest of its script by reading stdin', async () => {
    const got = await gather(remote, on('cat; read line || echo empty\necho after'));
    expect(got.stdout.toString()).toBe('empty\nafter\n');
  });

  it('shows nothing of its script in the process list', async () => {
    const got = await gather(remote, on('word=so-secret; cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " " '));
    expect(got.stdout.toString()).not.toContain('so-secret');
  });

  it('is told by its signal when one ended it', async () => {
    expect((await gather(remote, on('kill -s KILL $$'))).outcome).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  });

  it('is over when it exits, though a child keeps its output open', async () => {
    const began = Date.now();
    const got = await gather(remote, on('sleep 30 & echo "$!" >"$HOME/daemon"; echo done'));
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(got.stdout.toString()).toBe('done\n');
    expect(Date.now() - began).toBeLessThan(8_000);
    process.kill(Number(await untilWritten('daemon')));
  });
});

describe('output', () => {
  it('arrives byte for byte, whatever the bytes are', async () => {
    const bytes = randomBytes(300_000);
    writeFileSync(join(alpha.home, 'noise'), bytes);
    const got = await gather(remote, on('cat "$HOME/noise"; cat "$HOME/noise" >&2'));
    expect(got.stdout.equals(bytes)).toBe(true);
    expect(got.stderr.equals(bytes)).toBe(true);
  });

  it('waits at the source while the reader is slow', async () => {
    // 40 MB do not fit into the 2 MB window: while nothing is taken in, the command cannot have written them all.
    const block = Promise.withResolvers<void>();
    const seen = createHash('sha256');
    let length = 0;
    const running = gather(remote, on('head -c 40000000 /dev/zero; echo done >"$HOME/flood-done"'), {
      timeoutMs: 15_000,
      onOutput: async (_stream, bytes) => {
        await block.promise;
        seen.update(bytes);
        length += bytes.length;
      },
    });
    await delay(700);
    expect(alpha.read('flood-done')).toBe('');
    block.resolve();
    expect((await running).outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(length).toBe(40_000_000);
    expect(seen.digest('hex')).toBe(createHash('sha256').update(Buffer.alloc(40_000_000)).digest('hex'));
  });

  it('that cannot be kept ends the command and is told', async () => {
    const running = gather(remote, on('echo "$$" >"$HOME/unkept"; echo x; sleep 60'), {
      onOutput: () => Promise.reject(new Error('disk full')),
    });
    await expect(running).rejects.toThrow('disk full');
    const pid = await untilWritten('unkept');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 });
  });
});

describe('a command that is to be ended', () => {
  it('is gone on the host after its timeout, with its children', async () => {
    const got = await gather(remote, on('echo "$$" >"$HOME/slow"; sleep 300 & echo "$!" >"$HOME/slow-child"; sleep 300'), { timeoutMs: 2_000 });
    expect(got.outcome).toEqual({ kind: 'timed-out' });
    expect(isAlive(await untilWritten('slow'))).toBe(false);
    expect(isAlive(await untilWritten('slow-child'))).toBe(false);
  });

  it('is killed when it ignores TERM', async () => {
    const script = 'trap "" TERM; echo "$$" >"$HOME/stubborn"; while :; do sleep 1; done';
    const got = await gather(remote, on(script), { timeoutMs: 2_000 });
    expect(got.outcome).toEqual({ kind: 'timed-out' });
    expect(isAlive(await untilWritten('stubborn'))).toBe(false);
  });

  it('is gone on the host when it is cancelled', async () => {
    const abort = new AbortController();
    const script = 'echo "$$" >"$HOME/cancelled"; echo up; sleep 300';
    const got = await gather(remote, on(script), { signal: abort.signal, onOutput: async () => abort.abort() });
    expect(got.outcome).toEqual({ kind: 'cancelled' });
    expect(isAlive(await untilWritten('cancelled'))).toBe(false);
  });

  it('never starts when it was cancelled before', async () => {
    const got = await gather(remote, on('touch "$HOME/never"'), { signal: AbortSignal.abort() });
    expect(got).toMatchObject({ outcome: { kind: 'cancelled' }, launches: 0 });
    expect(existsSync(join(alpha.home, 'never'))).toBe(false);
  });
});

describe('a connection that breaks', () => {
  it('makes the command lost, never a success', async () => {
    const beta = await hosts.add('beta');
    const got = await gather(remote, { host: beta.host, script: 'echo before; sleep 300' }, { onOutput: async () => beta.cut() });
    expect(got.outcome.kind).toBe('lost');
    expect(got.stdout.toString()).toBe('before\n');
  });

  it('is replaced by a new one for the next command', async () => {
    const gamma = await hosts.add('gamma');
    await gather(remote, { host: gamma.host, script: 'true' });
    gamma.cut();
    await vi.waitFor(async () => {
      expect((await gather(remote, { host: gamma.host, script: 'echo back' })).stdout.toString()).toBe('back\n');
    });
  });

  it('is shared: twenty commands at once use one connection and five lanes of it', async () => {
    const delta = await hosts.add('delta', ['MaxSessions 5']);
    const script = 'echo "$SSH_CONNECTION" >>"$HOME/seen"; sleep 0.05';
    const all = await Promise.all(Array.from({ length: 20 }, () => gather(remote, { host: delta.host, script })));
    expect(all.every((got) => got.outcome.kind === 'exited' && got.outcome.exitCode === 0)).toBe(true);
    expect(delta.count('seen')).toBe(20);
    expect(new Set(delta.read('seen').trim().split('\n')).size).toBe(1);
  });
});

describe('a host that does not let us in', () => {
  it('is refused when its key is not the pinned one, and both are named', async () => {
    const pinned = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const got = await gather(remote, { host: { ...alpha.host, hostKeys: [pinned] }, script: 'touch "$HOME/wrong-key"' });
    expect(got.outcome).toMatchObject({ kind: 'not-started', stage: 'host-key' });
    expect(JSON.stringify(got.outcome)).toContain(pinned);
    expect(JSON.stringify(got.outcome)).toContain(alpha.host.hostKeys[0]);
    expect(existsSync(join(alpha.home, 'wrong-key'))).toBe(false);
  });

  it('is refused when no key is pinned', async () => {
    const got = await gather(remote, { host: { ...alpha.host, hostKeys: [] }, script: 'true' });
    expect(got.outcome).toMatchObject({ kind: 'not-started', stage: 'host-key' });
  });

  it('is told by stage: a key that is not authorised', async () => {
    const stranger = createRemoteHosts({ credential: { privateKey: hosts.strangerKey } });
    const got = await gather(stranger, { host: alpha.host, script: 'true' });
    expect(got.outcome).toMatchObject({ kind: 'not-started', stage: 'authentication' });
    await stranger.close();
  });

  it('is told by stage: nothing listens', async () => {
    const gone = await hosts.add('gone');
    await gone.stop();
    const got = await gather(remote, { host: gone.host, script: 'true' });
    expect(got.outcome).toMatchObject({ kind: 'not-started', stage: 'tcp' });
  });

  it('is told by stage: no such name', async () => {
    const got = await gather(remote, { host: { ...alpha.host, address: 'no-such-host.invalid' }, script: 'true' });
    expect(got.outcome).toMatchObject({ kind: 'not-started', stage: 'dns' });
  });

  it('is told by stage: a login shell that starts nothing', async () => {
    const closed = await hosts.add('closed', ['ForceCommand echo "This account is closed."; exit 1']);
    const got = await gather(remote, { host: closed.host, script: 'true' });
    expect(got.outcome).toMatchObject({ kind: 'not-started', stage: 'channel' });
    expect(JSON.stringify(got.outcome)).toContain('This account is closed.');
  });
});

describe('a check of a host', () => {
  it('names the key that the host proved to have', async () => {
    const checked = await remote.check(alpha.host);
    expect(checked).toMatchObject({ isReachable: true, hostKey: alpha.host.hostKeys[0] });
  });

  it('names the key that was offered when it is not pinned', async () => {
    const checked = await remote.check({ ...alpha.host, hostKeys: [] });
    expect(checked).toMatchObject({ isReachable: false, stage: 'host-key', offeredKey: alpha.host.hostKeys[0] });
  });
});

it('refuses a private key that cannot be read when it is made', () => {
  expect(() => createRemoteHosts({ credential: { privateKey: 'nonsense' } })).toThrow(/private key/);
});
