// Values of any kind reach a command unchanged, and nothing of them is ever run: 100,000 through the real wrapper, some hundreds through real sshd and sudo.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RemoteHosts } from '../../../api/application/ports.ts';
import { buildScript } from '../../../api/domain/drill/script.ts';
import { framed, readHeader, runText, type Runner } from '../../../api/domain/drill/shell-wrapper.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { hostileValues } from '../../support/hostile-values.ts';
import { gather } from '../../support/remote-run.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

const TOTAL = 100_000;
const IN_ONE_SCRIPT = 500;

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const canBecome = process.getuid?.() === 0 && spawnSync('sudo', ['-n', '-u', 'nobody', '--', 'true']).status === 0;

/** The login shell that sshd hands the text to, and who runs the script then. */
const WAYS: readonly { readonly login: readonly string[]; readonly runner: Runner }[] = [
  { login: ['sh', '-c'], runner: {} },
  { login: ['dash', '-c'], runner: { shell: 'dash' } },
  { login: ['bash', '-c'], runner: {} },
  { login: ['sh', '-c'], runner: { shell: 'bash' } },
  { login: ['busybox', 'sh', '-c'], runner: {} },
  { login: ['sh', '-c'], runner: { shell: 'ksh' } },
  { login: ['sh', '-c'], runner: { shell: 'zsh' } },
  { login: ['bash', '-c'], runner: { become: 'nobody' } },
  { login: ['sh', '-c'], runner: { become: 'nobody', shell: 'bash' } },
];
const ways = WAYS.filter(({ login, runner }) => has(login[0] ?? '') && has(runner.shell ?? 'sh') && (runner.become === undefined || canBecome));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-values-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Prints every one, a NUL after each: what no value can hold. Half of them are variables, the other half is environment. */
function printing(values: readonly string[]): string {
  const named = values.map((value, index) => [index % 2 === 0 ? `v${index}` : `E${index}`, value] as const);
  const variables = Object.fromEntries(named.filter((_, index) => index % 2 === 0));
  const env = Object.fromEntries(named.filter((_, index) => index % 2 === 1));
  const script = buildScript(`printf '%s\\0' ${named.map(([name]) => `"$${name}"`).join(' ')}`, variables, env);
  if (!script.ok) throw new Error(script.refusal.message);
  return script.value;
}

function runLocally(script: string, { login, runner }: (typeof WAYS)[number]): Promise<Buffer> {
  const [program = '', ...options] = login;
  // The canary's name is relative: wherever a value is run by mistake, that is where it would appear.
  const child = spawn(program, [...options, runText(runner)], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end(framed(script));
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', () => {
      const header = readHeader(Buffer.concat(chunks));
      if (header.kind === 'found') settle(header.rest);
      else fail(new Error('The wrapper did not start the script.'));
    });
  });
}

function expectAll(printed: Buffer, values: readonly string[]): void {
  if (printed.equals(Buffer.from(values.map((value) => `${value}\0`).join('')))) return;
  const got = printed.toString('utf8').split('\0');
  const wrong = values.findIndex((value, index) => value !== got[index]);
  expect(got[wrong]).toBe(values[wrong]);
}

it(`${TOTAL} values reach their command unchanged, by every shell that is here`, { timeout: 300_000 }, async () => {
  expect(ways.length).toBeGreaterThan(1);
  const values = hostileValues({ count: TOTAL, seed: 20_261_124 });
  for (let from = 0, turn = 0; from < TOTAL; from += IN_ONE_SCRIPT, turn += 1) {
    const some = values.slice(from, from + IN_ONE_SCRIPT);
    const way = ways[turn % ways.length];
    if (way !== undefined) expectAll(await runLocally(printing(some), way), some);
  }
  expect(readdirSync(folder)).toEqual([]);
});

describe.each(ways)('by $login and $runner', (way) => {
  it('values of 64 kB reach it unchanged', async () => {
    const long = hostileValues({ count: 40, seed: 7, length: 65_536 });
    expectAll(await runLocally(printing(long), way), long);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('over a real server', () => {
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

  const runners: readonly Runner[] = [{}, { shell: 'bash' }, ...(canBecome ? [{ become: 'nobody' }, { become: 'nobody', shell: 'bash' }] : [])];

  it.each(runners)('300 values reach it unchanged: %j', async (runner) => {
    const values = hostileValues({ count: 300, seed: 99 });
    const got = await gather(remote, { host: alpha.host, script: printing(values), ...runner }, { timeoutMs: 20_000 });
    expect(got).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, stderr: Buffer.alloc(0) });
    expectAll(got.stdout, values);
    expect(readdirSync(alpha.home)).toEqual([]);
  });
});
