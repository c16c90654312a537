// The practice range, both kinds: real commands over real SSH, a failover that loses what a failover loses, and nothing left running.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRange, type Range } from '../../../api/demo/range/range.ts';
import { rangeProcesses } from '../../../api/demo/range/range-processes.ts';
import { RangeClient } from './range-client.ts';

const folders: string[] = [];

/** With a blank in its name: quoting is part of what is tested. */
function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'practice range ')));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function eventually(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`this does not become true: ${String(isSo)}`);
    await pause(25);
  }
}

describe.each(['openssh', 'embedded'] as const)('The %s practice range', { timeout: 90_000 }, (kind) => {
  let folder: string;
  let range: Range;
  let ssh: RangeClient;

  beforeAll(async () => {
    folder = newFolder();
    range = await startRange({ folder, log: () => undefined, kind });
    ssh = new RangeClient(range);
  }, 60_000);

  afterAll(async () => {
    await ssh.close();
    await range.stop();
    expect(rangeProcesses(folder)).toEqual([]);
  }, 60_000);

  it('has three hosts on loopback with host keys of their own', () => {
    expect(range.kind).toBe(kind);
    expect(range.hosts.map(({ key }) => key)).toEqual(['ledger-a', 'ledger-b', 'ledger-gate']);
    expect(new Set(range.hosts.map(({ hostKey }) => hostKey)).size).toBe(3);
    expect(new Set(range.hosts.map(({ port }) => port)).size).toBe(3);
  });

  it('runs commands in the host’s home folder, with its output, its errors and its exit code', async () => {
    const answer = await ssh.run('ledger-a', 'pwd; echo "$HOME"; echo trouble >&2; cat <<X\nfrom stdin\nX\nexit 7');
    expect(answer).toEqual({
      exitCode: 7,
      signal: null,
      stdout: `${join(folder, 'ledger-a')}\n${join(folder, 'ledger-a')}\nfrom stdin\n`,
      stderr: 'trouble\n',
    });
    expect((await ssh.exec('ledger-b', 'kill -TERM $$')).signal).toBe('SIGTERM');
  });

  it('carries 5 MB of output unharmed', async () => {
    const { stdout } = await ssh.run('ledger-a', 'head -c 5000000 /dev/zero | tr "\\0" x');
    expect(stdout.length).toBe(5_000_000);
  });

  it('lets a detached command outlive its channel, and still ends it with the range', async () => {
    await ssh.run('ledger-gate', 'setsid nohup sleep 1234 >/dev/null 2>&1 </dev/null &');
    await eventually(() => rangeProcesses(folder).some(({ text }) => text.startsWith('sleep\x001234\x00')));
  });

  it('takes clients’ writes on the primary only, and copies them to the standby', async () => {
    expect(await ssh.get('ledger-gate', 'ledger pay')).toMatch(/^payment 121 was written to ledger-a and read back/);
    await eventually(async () => (await ssh.get('ledger-b', 'ledger lag')) === '0');
    expect(await ssh.get('ledger-b', 'ledger payment 121')).toContain('payment 121');
    const refused = await ssh.run('ledger-b', 'ledger write 1');
    expect(refused).toMatchObject({ exitCode: 1, stderr: 'ledger-b is the standby and takes no writes; write to ledger-a\n' });
    expect((await ssh.run('ledger-b', 'ledger promote')).stderr).toContain('ledger-a still answers as the primary');
    const page = await fetch(range.clientUrl);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('ledger-a is the primary')]);
  });

  it('really loses what was not copied when the primary is killed, and gets back to where it was', async () => {
    await ssh.get('ledger-a', 'ledger write 1');
    await eventually(async () => (await ssh.get('ledger-b', 'ledger newest')) === '1');
    // The standby is away for a moment: so it is certain that the last markers are not copied, nor on their way in a buffer.
    await ssh.get('ledger-b', 'ledger stop --hard');
    await ssh.get('ledger-a', 'ledger write 2; ledger write 3; ledger stop --hard');
    await ssh.get('ledger-b', 'ledger start');
    const down = await ssh.run('ledger-gate', 'ledger pay');
    expect(down.exitCode).toBe(1);
    expect(down.stderr).toContain('no payment was taken: ledger-a gives no answer');
    expect((await fetch(range.clientUrl)).status).toBe(503);

    await ssh.get('ledger-b', 'ledger promote');
    expect(await ssh.get('ledger-gate', 'ledger point ledger-b')).toBe('ledger-gate points to ledger-b now, before to ledger-a');
    expect(await ssh.get('ledger-gate', 'ledger pay')).toContain('was written to ledger-b');
    expect(await ssh.get('ledger-b', 'ledger newest')).toBe('1');

    expect(await ssh.get('ledger-a', 'ledger start')).toContain('as fenced');
    expect((await ssh.run('ledger-a', 'ledger write 4')).stderr).toContain('ledger-b is the newer primary');
    expect(await ssh.get('ledger-a', 'ledger rejoin')).toContain('2 entries were discarded that ledger-b never had');
    expect(await ssh.get('ledger-b', 'ledger checksum')).toBe(await ssh.get('ledger-a', 'ledger checksum'));

    await ssh.get('ledger-b', 'ledger stop');
    await ssh.get('ledger-a', 'ledger promote');
    await ssh.get('ledger-gate', 'ledger point ledger-a');
    expect(await ssh.get('ledger-b', 'ledger rejoin')).toContain('0 entries were discarded');
    expect(await ssh.get('ledger-gate', 'ledger pay')).toContain('was written to ledger-a');
  });

  it('can be put back from half-way by the undos of the runbook', async () => {
    await ssh.get('ledger-a', 'ledger stop --hard');
    await ssh.get('ledger-b', 'ledger promote');
    await ssh.get('ledger-gate', 'ledger point ledger-b');
    await ssh.get('ledger-gate', 'ledger pay');
    await ssh.get('ledger-gate', 'ledger point ledger-a');
    await ssh.get('ledger-b', 'ledger demote');
    await ssh.get('ledger-a', 'ledger start\nledger promote');
    await eventually(async () => (await ssh.get('ledger-b', 'ledger role')) === 'standby');
    expect(await ssh.get('ledger-gate', 'ledger pay')).toContain('was written to ledger-a');
    await eventually(async () => (await ssh.get('ledger-b', 'ledger lag')) === '0');
    expect(await ssh.get('ledger-b', 'ledger checksum')).toBe(await ssh.get('ledger-a', 'ledger checksum'));
  });

  it('refuses a second range in the same folder while this one runs', async () => {
    const code = `import { startRange } from ${JSON.stringify(new URL('../../../api/demo/range/range.ts', import.meta.url).href)};
      await startRange({ folder: ${JSON.stringify(folder)}, log: () => undefined });`;
    const { exitCode, stderr } = await runNode(code);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`is being run by process ${process.pid}`);
  });
});

describe('A practice range that is started again', () => {
  let range: Range | null = null;

  afterEach(async () => {
    await range?.stop();
    range = null;
  });

  it('keeps ports, keys, roles and entries, also when the last one was killed', async () => {
    const folder = newFolder();
    const kind = 'openssh';
    const killed = await startAndKill(folder);
    expect(rangeProcesses(folder).length).toBeGreaterThan(5);
    range = await startRange({ folder, log: () => undefined, kind });
    const ssh = new RangeClient(range);
    expect({ hosts: range.hosts, clientUrl: range.clientUrl }).toEqual(killed);
    expect(await ssh.get('ledger-a', 'ledger role')).toBe('primary');
    expect(await ssh.get('ledger-a', 'ledger count')).toBe('120');
    await ssh.close();
  }, 60_000);

  it('meets the newer primary before the old one takes a write', async () => {
    const folder = newFolder();
    range = await startRange({ folder, log: () => undefined, kind: 'embedded' });
    const first = new RangeClient(range);
    await first.get('ledger-a', 'ledger stop --hard');
    await first.get('ledger-b', 'ledger promote');
    await first.close();
    await range.stop();
    range = await startRange({ folder, log: () => undefined, kind: 'embedded' });
    const second = new RangeClient(range);
    expect(await second.get('ledger-b', 'ledger role')).toBe('primary');
    expect(await second.get('ledger-a', 'ledger role')).toBe('fenced');
    expect(readFileSync(join(folder, 'ledger-a', 'ledger.log'), 'utf8')).toContain('ledger-a listens');
    await second.close();
  }, 60_000);
});

describe('An embedded host', () => {
  it('kills the command of a channel that is closed', async () => {
    const folder = newFolder();
    const range = await startRange({ folder, log: () => undefined, kind: 'embedded' });
    const ssh = new RangeClient(range);
    const before = rangeProcesses(folder).length;
    const ended = ssh.exec('ledger-a', 'sleep 1000; true');
    await eventually(() => rangeProcesses(folder).length > before);
    (await ssh.connection('ledger-a')).end();
    await ended;
    await eventually(() => rangeProcesses(folder).length === before);
    await range.stop();
  }, 60_000);
});

/** Runs a range in a process of its own and kills that with SIGKILL once it is up; gives back its hosts and client address. */
async function startAndKill(folder: string): Promise<unknown> {
  const code = `import { startRange } from ${JSON.stringify(new URL('../../../api/demo/range/range.ts', import.meta.url).href)};
    const range = await startRange({ folder: ${JSON.stringify(folder)}, log: () => undefined, kind: 'openssh' });
    console.log(JSON.stringify({ hosts: range.hosts, clientUrl: range.clientUrl }));
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);`;
  return JSON.parse((await runNode(code)).stdout);
}

function runNode(code: string): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', '--input-type=module', '-e', code]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })));
}
