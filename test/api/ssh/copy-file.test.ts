// Files to and from a real OpenSSH server: what is on the host is read beside it, not through the adapter.
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RemoteHosts } from '../../../api/application/ports.ts';
import type { CopyAction } from '../../../api/domain/runbook/runbook.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { gather, gatherFrom, type Gathered, type RunOptions } from '../../support/remote-run.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let alpha: TestHost;
let remote: RemoteHosts;

const SFTP = 'Subsystem sftp internal-sftp';

beforeAll(async () => {
  hosts = testHosts();
  alpha = await hosts.add('alpha', [SFTP]);
  remote = createRemoteHosts({ credential: { privateKey: hosts.privateKey } });
});
afterAll(async () => {
  await remote.close();
  await hosts.close();
});

const at = (name: string): string => join(alpha.home, name);
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
const to = (name: string, content: string, fileMode: string | null = null): CopyAction => ({
  type: 'copy-to',
  file: name,
  content,
  to: at(name),
  fileMode,
});

function copy(action: CopyAction, options: RunOptions & { readonly on?: TestHost } = {}): Promise<Gathered> {
  const { host } = options.on ?? alpha;
  return gatherFrom((sink, signal) => remote.copy({ host, copy: action, timeoutMs: options.timeoutMs ?? 10_000 }, sink, signal), options);
}

describe('a file onto a host', () => {
  it('has the same bytes there, and its hash is told', async () => {
    const content = `# ä 日本 𝄞\r\n${'x'.repeat(200_000)}\n`;
    const got = await copy(to('first.conf', content));
    expect(got).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, launches: 1 });
    expect(readFileSync(at('first.conf'), 'utf8')).toBe(content);
    expect(got.stderr.toString()).toBe(`sha256 ${sha256(content)}  ${Buffer.byteLength(content)} bytes  ${at('first.conf')}\n`);
  });

  it('has the mode that the runbook says, or else that of the file it replaces, or else 0644', async () => {
    await copy(to('mode', 'one', '0600'));
    expect(statSync(at('mode')).mode & 0o7777).toBe(0o600);
    chmodSync(at('mode'), 0o750);
    await copy(to('mode', 'two'));
    expect([statSync(at('mode')).mode & 0o7777, alpha.read('mode')]).toEqual([0o750, 'two']);
    await copy(to('mode-new', 'three'));
    expect(statSync(at('mode-new')).mode & 0o7777).toBe(0o644);
  });

  it('may be empty', async () => {
    expect(await copy(to('empty', ''))).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 } });
    expect(statSync(at('empty')).size).toBe(0);
  });

  it('takes the place of the old one in one go: a reader sees the one or the other', async () => {
    const [old, young] = ['o'.repeat(300_000), 'y'.repeat(300_000)];
    await copy(to('whole', old));
    const reader = `while test ! -e "$HOME/stop"; do sha256sum <"$HOME/whole"; done`;
    const reading = gather(remote, { host: alpha.host, script: reader });
    for (let times = 0; times < 10; times += 1) await copy(to('whole', times % 2 === 0 ? young : old));
    writeFileSync(at('stop'), '');
    const seen = new Set(
      (await reading).stdout
        .toString()
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    );
    expect([...seen].filter((hash) => hash !== sha256(old) && hash !== sha256(young))).toEqual([]);
  });

  it('leaves nothing behind when the host refuses, and says why', async () => {
    mkdirSync(at('closed'), { recursive: true });
    const before = readdirSync(alpha.home).toSorted();
    const noFolder = await copy(to('no-such-folder/file', 'x'));
    expect(noFolder.outcome).toEqual({ kind: 'exited', exitCode: 1 });
    expect(noFolder.stderr.toString()).toMatch(/no-such-folder\/file could not be written: No such file/);
    const folder = await copy(to('closed', 'x'));
    expect(folder.stderr.toString()).toMatch(/it is a folder/);
    expect(readdirSync(alpha.home).toSorted()).toEqual(before);
  });
});

describe('a file of a host', () => {
  it('arrives byte for byte as output, with its hash', async () => {
    const bytes = randomBytes(500_000);
    writeFileSync(at('dump'), bytes);
    const got = await copy({ type: 'copy-from', from: at('dump') });
    expect(got).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, launches: 1 });
    expect(got.stdout.equals(bytes)).toBe(true);
    expect(got.stderr.toString()).toBe(`sha256 ${sha256(bytes)}  500000 bytes  ${at('dump')}\n`);
  });

  it('that is not there, or no file, is told', async () => {
    const gone = await copy({ type: 'copy-from', from: at('nothing') });
    expect([gone.outcome, gone.stderr.toString()]).toEqual([{ kind: 'exited', exitCode: 1 }, `${at('nothing')} could not be read: No such file\n`]);
    const device = await copy({ type: 'copy-from', from: '/dev/zero' });
    expect([device.outcome, device.stderr.toString()]).toEqual([
      { kind: 'exited', exitCode: 1 },
      '/dev/zero could not be read: it is no ordinary file\n',
    ]);
  });

  it('is not read further while the reader is slow, and ends when it is cancelled', async () => {
    writeFileSync(at('large'), Buffer.alloc(2_000_000));
    const abort = new AbortController();
    let pieces = 0;
    const onOutput = async (): Promise<void> => {
      pieces += 1;
      abort.abort();
    };
    const got = await copy({ type: 'copy-from', from: at('large') }, { signal: abort.signal, onOutput });
    expect(got.outcome).toEqual({ kind: 'cancelled' });
    expect(pieces).toBe(1);
  });

  it('that cannot be kept is an error of the keeper, not of the host', async () => {
    await expect(copy({ type: 'copy-from', from: at('large') }, { onOutput: () => Promise.reject(new Error('disk full')) })).rejects.toThrow(
      'disk full',
    );
  });
});

describe('a copy that does not come to its end', () => {
  it('is lost when the link breaks', async () => {
    const beta = await hosts.add('beta', [SFTP]);
    const got = await copy({ type: 'copy-from', from: at('large') }, { on: beta, onOutput: async () => beta.cut() });
    expect(got.outcome).toEqual({ kind: 'lost', message: 'The connection ended before the file had been copied.' });
  });

  it('is ended after its time, and the old file stands', async () => {
    await copy(to('slow', 'old'));
    // Nothing is so small that it is written in a millisecond, over a link and with a look at what is there.
    const got = await copy(to('slow', 'n'.repeat(4_000_000)), { timeoutMs: 5 });
    expect(got.outcome).toEqual({ kind: 'timed-out' });
    expect(alpha.read('slow')).toBe('old');
    expect(readdirSync(alpha.home).filter((name) => name.startsWith('.muster-'))).toEqual([]);
  });

  it('never starts when it was cancelled before, and says the stage when the host has no SFTP or is not there', async () => {
    const none = await copy(to('never', 'x'), { signal: AbortSignal.abort() });
    expect(none).toMatchObject({ outcome: { kind: 'cancelled' }, launches: 0 });
    expect(existsSync(at('never'))).toBe(false);
    const plain = await hosts.add('plain');
    expect((await copy(to('never', 'x'), { on: plain })).outcome).toMatchObject({ kind: 'not-started', stage: 'channel' });
    await plain.stop();
    expect((await copy(to('never', 'x'), { on: plain })).outcome).toMatchObject({ kind: 'not-started', stage: 'tcp' });
  });
});
