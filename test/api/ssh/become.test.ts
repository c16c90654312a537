// Commands that run as another user through the real sudo, over a real OpenSSH server.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RemoteHosts } from '../../../api/application/ports.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { gather } from '../../support/remote-run.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

/** Root may become everybody by the sudoers file that every system ships; nobody else may be given that by a test. */
const WHY_NOT = whyNot();
const OTHER = 'nobody';

function whyNot(): string | null {
  if (process.getuid?.() !== 0) return 'only root may become another user without a change of the system';
  if (spawnSync('sudo', ['-n', '-u', 'nobody', '--', 'true']).status !== 0) return 'sudo is not installed, or root may not use it';
  return existsSync('/proc/self/stat') ? null : 'this system shows no processes in /proc';
}

/** The number of the user whose process this is; null when it is gone (zombies that nobody reaps count as gone). */
function ownerOf(pid: string): string | null {
  if (!existsSync(`/proc/${pid}/status`)) return null;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return /^State:\s+[ZX]/m.test(status) ? null : (/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? null);
}

describe.skipIf(WHY_NOT !== null)(`a command as another user${WHY_NOT === null ? '' : ` (left out: ${WHY_NOT})`}`, () => {
  let hosts: TestHosts;
  let alpha: TestHost;
  let remote: RemoteHosts;
  let shared: string;

  beforeAll(async () => {
    hosts = testHosts();
    alpha = await hosts.add('alpha');
    remote = createRemoteHosts({ credential: { privateKey: hosts.privateKey } });
    // The home folder is closed to the other user, and the folder above it, too.
    shared = execFileSync('mktemp', ['-d', '/tmp/muster-become-XXXXXX'], { encoding: 'utf8' }).trim();
    execFileSync('chmod', ['0777', shared]);
  });
  afterAll(async () => {
    await remote.close();
    await hosts.close();
    execFileSync('rm', ['-rf', shared]);
  });

  const as = (script: string, more: { readonly shell?: string } = {}) => ({ host: alpha.host, script, become: OTHER, ...more });

  async function pidIn(name: string): Promise<string> {
    const file = join(shared, name);
    await vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/^\d+\n$/), { timeout: 5_000 });
    return readFileSync(file, 'utf8').trim();
  }

  it('runs as that user, with its exit code and both streams apart', async () => {
    const got = await gather(remote, as('value=\'a "b" $c\'\nid -un; echo "$value"; echo err >&2; exit 7'));
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 7 });
    expect([got.stdout.toString(), got.stderr.toString(), got.launches]).toEqual([`${OTHER}\na "b" $c\n`, 'err\n', 1]);
  });

  it('runs in the shell that the step names, as that user', async () => {
    const got = await gather(remote, as('id -un; echo "${BASH_VERSION:+bash}"', { shell: 'bash' }));
    expect(got.stdout.toString()).toBe(`${OTHER}\nbash\n`);
  });

  it('starts where that user may be, not in the home of who signed in', async () => {
    const got = await gather(remote, as('ls . >/dev/null && pwd'));
    expect(got).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 } });
    expect(got.stderr.toString()).toBe('');
  });

  it('cannot eat the rest of its script, and shows nothing of it in the process list', async () => {
    const got = await gather(remote, as('word=so-secret; cat; cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "; echo after'));
    expect(got.stdout.toString()).not.toContain('so-secret');
    expect(got.stdout.toString()).toMatch(/after\n$/);
  });

  it('is gone after its timeout with its children, though it ignores TERM', async () => {
    const script = `trap "" TERM; echo "$$" >${shared}/slow; sleep 300 & echo "$!" >${shared}/child; while :; do sleep 1; done`;
    const running = gather(remote, as(script), { timeoutMs: 2_000 });
    const [slow, child] = [await pidIn('slow'), await pidIn('child')];
    const uid = execFileSync('id', ['-u', OTHER], { encoding: 'utf8' }).trim();
    expect([ownerOf(slow), ownerOf(child)]).toEqual([uid, uid]);
    expect((await running).outcome).toEqual({ kind: 'timed-out' });
    expect([ownerOf(slow), ownerOf(child)]).toEqual([null, null]);
  });

  it('is gone when it is cancelled', async () => {
    const abort = new AbortController();
    const running = gather(remote, as(`echo "$$" >${shared}/cancelled; echo up; sleep 300`), {
      signal: abort.signal,
      onOutput: async () => abort.abort(),
    });
    expect((await running).outcome).toEqual({ kind: 'cancelled' });
    expect(ownerOf(await pidIn('cancelled'))).toBeNull();
  });

  it('is not started when sudo says no, and its words are told', async () => {
    const script = `touch ${shared}/never`;
    const got = await gather(remote, { host: alpha.host, script, become: 'nosuchuser' });
    expect(got).toMatchObject({ outcome: { kind: 'not-started', stage: 'channel' }, launches: 0 });
    expect(JSON.stringify(got.outcome)).toMatch(/as nosuchuser, and was not started, and said: .*nosuchuser/);
    expect(existsSync(join(shared, 'never'))).toBe(false);
  });

  it('is not started when sudo asks for a password', async () => {
    // A user who may do nothing through sudo: the server itself hands the session over to it.
    writeFileSync(
      join(shared, 'sudo-as-nobody'),
      '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "$SSH_ORIGINAL_COMMAND"\n',
      { mode: 0o755 },
    );
    const beta = await hosts.add('beta', [`ForceCommand ${shared}/sudo-as-nobody`]);
    const got = await gather(remote, { host: beta.host, script: `touch ${shared}/never`, become: 'daemon' });
    expect(got).toMatchObject({ outcome: { kind: 'not-started', stage: 'channel' }, launches: 0 });
    expect(JSON.stringify(got.outcome)).toMatch(/password is required/);
    expect(existsSync(join(shared, 'never'))).toBe(false);
  });
});
