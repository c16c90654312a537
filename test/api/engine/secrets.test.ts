// Secret values in whole drills: they reach their commands, and stand in the clear in no byte of the database.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL, type Plan, type PlanStep } from '../../../api/domain/drill/plan.ts';
import { createSeals } from '../../../api/secrets/seals.ts';
import { databaseFile } from '../../support/database-file.ts';
import { DrillDesk } from '../../support/drill-desk.ts';
import { TEST_SEALS } from '../../support/drill-process.ts';
import { check, confirm, inSequence, plan, run } from '../../support/plan-builder.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

const PASSWORD = 'pa"ss w0rd\'é';
const TOKEN = 'tok-4711-xyz';

let hosts: TestHosts;
let alpha: TestHost;
let web: Server;
let url: string;
let tokens: (string | undefined)[];
let desk: DrillDesk;
let place: ReturnType<typeof databaseFile>;

beforeAll(async () => {
  hosts = testHosts();
  alpha = await hosts.add('alpha');
  web = createServer((request, response) => {
    tokens.push(request.headers['x-token']?.toString());
    response.end(`you said ${request.headers['x-token']?.toString() ?? 'nothing'}`);
  });
  await once(web.listen(0, '127.0.0.1'), 'listening');
  const address = web.address();
  url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`;
});
afterAll(async () => {
  await Promise.all([hosts.close(), new Promise((settle) => web.close(settle))]);
});
beforeEach(async () => {
  tokens = [];
  place = databaseFile();
  desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
});
afterEach(async () => {
  await desk.close();
  place.remove();
});

const planned = (steps: readonly PlanStep[], change: Partial<Plan> = {}): Plan => plan(steps, { hosts: [alpha.host], ...change });
const withPassword = { inputs: { password: TEST_SEALS.seal(PASSWORD) }, secrets: ['password'] };
const secretly = (name: string, more: { readonly pattern?: string; readonly from?: 'stdout' | 'stderr' } = {}) =>
  ({ name, from: 'stdout', pattern: null, isSecret: true, ...more }) as const;

/** Sorted: which of two streams comes first is left to the host. */
const linesOf = async (drill: string, step: string): Promise<readonly string[]> => (await desk.output(drill, step)).trim().split('\n').toSorted();

/** The file and what SQLite keeps beside it. */
function expectNowhere(...values: readonly string[]): void {
  const bytes = Buffer.concat(['', '-wal'].map((end) => place.file + end).flatMap((file) => (existsSync(file) ? [readFileSync(file)] : [])));
  expect(bytes.length).toBeGreaterThan(10_000);
  for (const value of values) {
    for (const form of [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
    ]) {
      expect(bytes.includes(form), form).toBe(false);
    }
  }
  expect(desk.log.join()).not.toContain(values[0]);
}

describe('a secret input', () => {
  it('reaches its command, and its output is masked on both streams, however it is printed', async () => {
    const command =
      'printf %s "$password" >"$HOME/got"; echo "[$password]"; printf %s "$password" | base64 >&2; printf "pa\\"ss "; sleep 0.3; printf "w0rd\'é\\n"';
    const drill = await desk.start(planned([run('a', { command })], withPassword));
    expect((await desk.untilEnded(drill)).result).toBe('passed');
    expect(alpha.read('got')).toBe(PASSWORD);
    const output = await desk.output(drill, 'a');
    expect(output).toMatch(/^(\[•••\]\n|•••=*\n|•••\n){3}$/);
    expectNowhere(PASSWORD);
  });

  it('is masked in the reason of a failure, also where that cuts the output short', async () => {
    const expectation = { exitCodes: [0], stdout: { matches: null, equals: 'fine', min: null, max: null }, stderr: null };
    const command = `printf '%0115d' 0; echo "$password"`;
    const steps = [run('long', { command, expect: expectation, onFailure: 'continue' }), run('err', { command: 'echo "no $password" >&2; exit 3' })];
    const state = await desk.untilEnded(await desk.start(planned(steps, withPassword)));
    expect(state.steps.get('long')?.reason).toMatch(/0•••", expected "fine"\.$/);
    expect(state.steps.get('err')?.reason).toBe('The exit code was 3, expected 0. It said: "no •••"');
    expectNowhere(PASSWORD, PASSWORD.slice(0, 5));
  });

  it('is judged and is not shown when only the mask would pass', async () => {
    const expectation = { exitCodes: [0], stdout: { matches: '^•+$', equals: null, min: null, max: null }, stderr: null };
    const state = await desk.untilEnded(await desk.start(planned([run('a', { command: 'echo "$password"', expect: expectation })], withPassword)));
    expect(state.steps.get('a')).toMatchObject({ state: 'failed', reason: expect.stringMatching(/holds a secret value and is not shown/) });
    expectNowhere(PASSWORD);
  });

  it('may not come out under another name', async () => {
    const captures = [{ name: 'line', from: 'stdout', pattern: null }] as const;
    const state = await desk.untilEnded(await desk.start(planned([run('a', { command: 'echo "is $password"', captures })], withPassword)));
    expect(state.steps.get('a')).toMatchObject({ state: 'failed', reason: expect.stringMatching(/"line" holds a secret value.*secret: true/) });
    expectNowhere(PASSWORD);
  });

  it('reaches the steps of a called runbook', async () => {
    const scopes = { sub: { runbook: 'sub', revision: 'c'.repeat(64), inputs: { dsn: 'user:${password}', word: '${password}' } } };
    const drill = await desk.start(
      planned([run('sub/a', { command: 'printf %s "$dsn" >"$HOME/dsn"; echo "$word $dsn"' })], {
        ...withPassword,
        scopes,
        secrets: ['password', 'sub/word'],
      }),
    );
    await desk.untilEnded(drill);
    expect(alpha.read('dsn')).toBe(`user:${PASSWORD}`);
    expect(await desk.output(drill, 'sub/a')).toMatch(/^••• •••\n$|^••• user:•••\n$/);
    expectNowhere(PASSWORD);
  });

  it('cannot be opened with another key: the step fails and nothing runs', async () => {
    const strange = { inputs: { password: createSeals(randomBytes(32)).seal(PASSWORD) }, secrets: ['password'] };
    const state = await desk.untilEnded(await desk.start(planned([run('a', { command: 'touch "$HOME/never"' })], strange)));
    expect(state.steps.get('a')).toMatchObject({ state: 'failed', reason: expect.stringMatching(/sealed with another key/) });
    expect(existsSync(`${alpha.home}/never`)).toBe(false);
  });
});

describe('a secret value that a step captures', () => {
  it('is sealed, never stored from the output that it came in, and reaches later steps', async () => {
    const request = { type: 'http', method: 'GET', url, headers: { 'x-token': '${token}' }, body: null, bodyType: 'text' } as const;
    const steps = inSequence([
      run('login', {
        command: `echo "before"; echo "token=${TOKEN}."; echo "again ${TOKEN}" >&2`,
        captures: [secretly('token', { pattern: 'token=([^.]+)' })],
      }),
      check('use', { hosts: [LOCAL], command: 'GET', action: request }),
      run('leak', { command: 'printf %s "$token" >"$HOME/token"; echo "$token" | tr a-z a-z' }),
    ]);
    // In the plan's own text a value would stand in the clear: here it comes from a file of the host.
    const fromFile = steps.map((step) => ('command' in step ? { ...step, command: step.command.replaceAll(TOKEN, '$(cat "$HOME/given")') } : step));
    await desk.untilEnded(await desk.start(planned([run('give', { command: `printf 'tok-%s-xyz' 4711 >"$HOME/given"` })])));
    const drill = await desk.start(planned(fromFile));
    const state = await desk.untilEnded(drill);
    expect(state.result).toBe('passed');
    expect(state.captured['token']).toMatch(/^sealed:v1:/);
    expect([alpha.read('token'), tokens]).toEqual([TOKEN, [TOKEN]]);
    expect(await linesOf(drill, 'login')).toEqual(['again •••', 'before', 'token=•••.']);
    expect(await desk.output(drill, 'use')).toBe('HTTP 200 OK\nyou said •••');
    expect(await desk.output(drill, 'leak')).toBe('•••\n');
    expectNowhere(TOKEN);
  });

  it('is masked as well when its step fails', async () => {
    await desk.untilEnded(await desk.start(planned([run('give', { command: `printf 'tok-%s-xyz' 4711 >"$HOME/given"` })])));
    const command = 'echo "token=$(cat "$HOME/given")"; echo "bad $(cat "$HOME/given")" >&2; exit 4';
    const drill = await desk.start(planned([run('a', { command, captures: [secretly('token', { pattern: 'token=(.*)' })] })]));
    const state = await desk.untilEnded(drill);
    expect(state.steps.get('a')?.reason).toBe('The exit code was 4, expected 0. It said: "bad •••"');
    expect(await linesOf(drill, 'a')).toEqual(['bad •••', 'token=•••']);
    expectNowhere(TOKEN);
  });

  it('keeps the stream back in which it was not found', async () => {
    await desk.untilEnded(await desk.start(planned([run('give', { command: `printf 'tok-%s-xyz' 4711 >"$HOME/given"` })])));
    const command = 'cat "$HOME/given"; echo "on stderr" >&2';
    const drill = await desk.start(planned([run('a', { command, captures: [secretly('token', { pattern: 'token=(.*)' })] })]));
    expect((await desk.untilEnded(drill)).steps.get('a')?.state).toBe('failed');
    const output = await desk.output(drill, 'a');
    expect(output).toContain('on stderr\n');
    expect(output).toContain('[Muster keeps these 12 bytes back');
    expectNowhere(TOKEN);
  });

  it('shows nothing of its output before the step has ended', async () => {
    const command = 'echo early; while test ! -e "$HOME/go"; do sleep 0.05; done; echo late';
    const steps = [run('a', { command, captures: [secretly('line', { pattern: 'la.*' })] }), confirm('hold')];
    const drill = await desk.start(planned(steps));
    await desk.until(drill, (now) => now.steps.get('a')?.state === 'launched');
    await desk.tell(drill, { type: 'step-confirmed', step: 'hold', outcome: 'done', note: null });
    expect(await desk.output(drill, 'a')).toBe('');
    await desk.untilEnded(await desk.start(planned([run('go', { command: 'touch "$HOME/go"' })], { locks: [] })));
    await desk.untilEnded(drill);
    expect(await desk.output(drill, 'a')).toBe('early\n•••\n');
  });
});
