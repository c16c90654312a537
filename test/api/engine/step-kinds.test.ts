// Steps of every kind in whole drills: real SSH, a real web server, a real name server, and this machine itself.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL, type Plan, type PlanStep } from '../../../api/domain/drill/plan.ts';
import type { DrillState } from '../../../api/domain/drill/state.ts';
import type { Action, HttpAction } from '../../../api/domain/runbook/runbook.ts';
import { databaseFile } from '../../support/database-file.ts';
import { DrillDesk } from '../../support/drill-desk.ts';
import { testNameServer, type TestNameServer } from '../../support/name-server.ts';
import { check, confirm, copy, http, inSequence, notify, plan, run, wait } from '../../support/plan-builder.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let alpha: TestHost;
let beta: TestHost;
let names: TestNameServer;
let web: Server;
let at: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: { readonly line: string; readonly token: string | undefined; readonly body: string }[];
let desk: DrillDesk;
let place: ReturnType<typeof databaseFile>;

beforeAll(async () => {
  hosts = testHosts();
  const settings = ['Subsystem sftp internal-sftp'];
  [alpha, beta, names] = await Promise.all([hosts.add('alpha', settings), hosts.add('beta', settings), testNameServer()]);
  web = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ line: `${request.method} ${request.url}`, token: request.headers['x-token']?.toString(), body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  await once(web.listen(0, '127.0.0.1'), 'listening');
  const address = web.address();
  at = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
});
afterAll(async () => {
  web.closeAllConnections();
  await Promise.all([hosts.close(), names.close(), new Promise((settle) => web.close(settle))]);
});
beforeEach(async () => {
  asked = [];
  answer = (_request, response) => response.end('ok');
  place = databaseFile();
  desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
});
afterEach(async () => {
  await desk.close();
  place.remove();
});

const planned = (steps: readonly PlanStep[], change: Partial<Plan> = {}): Plan => plan(steps, { hosts: [alpha.host, beta.host], ...change });
const drillOf = async (steps: readonly PlanStep[], change: Partial<Plan> = {}): Promise<{ readonly drill: string; readonly state: DrillState }> => {
  const drill = await desk.start(planned(steps, change));
  return { drill, state: await desk.untilEnded(drill) };
};
const request = (change: Partial<HttpAction> = {}): HttpAction => ({
  type: 'http',
  method: 'GET',
  url: `${at}/`,
  headers: {},
  body: null,
  bodyType: 'text',
  ...change,
});
const onOwn = (action: Action): { readonly hosts: readonly string[]; readonly command: string; readonly action: Action } => ({
  hosts: [LOCAL],
  command: 'as shown',
  action,
});

describe('a request', () => {
  it('is sent with the values of the drill, and hands on what its answer holds', async () => {
    answer = (_request, response) => response.writeHead(201, { 'x-task': 'T-7' }).end('{"move":{"id":42}}');
    const action = request({
      method: 'POST',
      url: `${at}/move/\${lsn}?by=\${who}`,
      headers: { 'x-token': 'for ${who}' },
      body: '{"to":"${who}"}',
      bodyType: 'json',
    });
    const captures = [
      { name: 'move', from: 'json', path: '$.move.id', pattern: null },
      { name: 'task', from: 'header', header: 'x-task', pattern: null },
    ] as const;
    const steps = inSequence([
      run('position', { command: 'echo "0/16 B"', captures: [{ name: 'lsn', from: 'stdout', pattern: null }] }),
      http('move', { action, captures }),
      run('after', { command: 'echo "$move $task"' }),
    ]);
    const { drill, state } = await drillOf(steps, { inputs: { who: 'a"b&c' } });
    expect(state.result).toBe('passed');
    expect(asked).toEqual([{ line: 'POST /move/0%2F16%20B?by=a%22b%26c', token: 'for a"b&c', body: '{"to":"a\\"b&c"}' }]);
    expect(await desk.output(drill, 'after')).toBe('42 T-7\n');
    expect(await desk.output(drill, 'move')).toBe('HTTP 201 Created\n{"move":{"id":42}}');
  });

  it('fails with the status that came, or with the reason why none did', async () => {
    answer = (_request, response) => response.writeHead(503).end('not yet');
    const refused = await drillOf([http('a', { action: request() })]);
    expect(refused.state.steps.get('a')).toMatchObject({
      state: 'failed',
      reason: 'The status was 503, expected 200 to 299. The body was "not yet"',
    });
    const { state } = await drillOf([http('a', { action: request({ url: 'http://127.0.0.1:1/' }) })]);
    expect(state.steps.get('a')).toMatchObject({ state: 'failed', reason: 'GET 127.0.0.1:1 failed: nothing listens there (ECONNREFUSED)' });
  });

  it('is not sent when a value does not fit its place', async () => {
    const steps = [http('a', { action: request({ headers: { 'x-token': '${who}' } }) })];
    const { state } = await drillOf(steps, { inputs: { who: 'x\r\nx-admin: 1' } });
    expect(state.steps.get('a')?.reason).toMatch(/holds a line end/);
    expect(asked).toEqual([]);
  });

  it('without an answer waits for a person: sending it again could do it twice', async () => {
    answer = (_request, response) => response.destroy();
    const drill = await desk.start(planned([http('pay', { action: request({ method: 'POST', body: 'x' }) })]));
    const state = await desk.until(drill, (now) => now.run === 'needs-decision');
    expect(state.steps.get('pay')).toMatchObject({ state: 'unknown', reason: expect.stringMatching(/^The request was sent, and no answer came/) });
    expect(asked).toHaveLength(1);
    await desk.tell(drill, { type: 'unknown-decided', step: 'pay', host: LOCAL, decision: 'succeeded', reason: 'It is in the books.' });
    expect(await desk.untilEnded(drill)).toMatchObject({ result: 'passed', summary: { hasDeviations: true } });
  });

  it('that was under way when the app ended is not sent again by itself, and a look is', async () => {
    answer = () => undefined;
    const steps = [http('pay', { action: request({ method: 'POST', body: 'x' }) }), check('look', onOwn(request()))];
    const drill = await desk.start(planned(steps));
    await expect.poll(() => asked.map(({ line }) => line).toSorted()).toEqual(['GET /', 'POST /']);
    await desk.close();
    answer = (_request, response) => response.end('ok');
    desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
    await desk.engine.recover();
    const state = await desk.until(drill, (now) => now.steps.get('look')?.state === 'succeeded');
    expect([state.run, state.steps.get('pay')?.state]).toEqual(['needs-decision', 'unknown']);
    expect(asked.map(({ line }) => line).toSorted()).toEqual(['GET /', 'GET /', 'POST /']);
  });

  it('is looked at again and again until it is as expected', async () => {
    let looks = 0;
    answer = (_request, response) => response.writeHead((looks += 1) < 3 ? 503 : 200).end('up');
    const { state } = await drillOf([wait('up', { ...onOwn(request()), everyMs: 20 })]);
    expect([state.result, looks]).toEqual(['passed', 3]);
  });
});

describe('a look', () => {
  it('connects, or says why not', async () => {
    const port = Number(new URL(at).port);
    const steps = [
      check('open', onOwn({ type: 'tcp', host: '127.0.0.1', port })),
      check('shut', { ...onOwn({ type: 'tcp', host: '127.0.0.1', port: 1 }), onFailure: 'continue' }),
    ];
    const { state } = await drillOf(steps);
    expect(state.steps.get('open')?.state).toBe('succeeded');
    expect(state.steps.get('shut')?.reason).toBe('127.0.0.1:1 could not be reached: nothing listens there (ECONNREFUSED)');
  });

  it('asks a name server, and judges and keeps its answers', async () => {
    const action = { type: 'dns', name: '${zone}', recordType: 'A', server: names.at } as const;
    const expectation = { exitCodes: [0], stdout: { matches: '^10\\.10\\.0\\.1$', equals: null, min: null, max: null }, stderr: null };
    const captures = [{ name: 'address', from: 'stdout', pattern: '10\\.10\\S+' }] as const;
    const steps = inSequence([
      check('name', { ...onOwn(action), expect: { ...expectation, stdout: { ...expectation.stdout, matches: '10\\.10\\.0\\.1' } }, captures }),
      run('use', { command: 'echo "$address"' }),
    ]);
    const { drill } = await drillOf(steps, { inputs: { zone: 'pay.test' } });
    expect(await desk.output(drill, 'use')).toBe('10.10.0.1\n');
  });
});

describe('a file', () => {
  it('is put on every host of its step, and reverted there', async () => {
    const action = { type: 'copy-to', file: 'app.conf', content: 'port = ${port}\n', to: '${home}/app.conf', fileMode: '0640' } as const;
    const steps = inSequence([
      copy('put', { hosts: ['alpha'], action, undo: 'rm "$home/app.conf"; touch "$home/reverted"' }),
      run('fail', { command: `test -f "$HOME/app.conf" && false` }),
    ]);
    const drill = await desk.start(planned([...steps, confirm('hold')], { inputs: { home: alpha.home } }));
    await desk.until(drill, (now) => now.steps.get('fail')?.state === 'failed');
    expect(readFileSync(join(alpha.home, 'app.conf'), 'utf8')).toBe('port = ${port}\n');
    expect(await desk.output(drill, 'put')).toMatch(/^sha256 [0-9a-f]{64}  15 bytes  .*app\.conf\n$/);
    await desk.tell(drill, { type: 'abort-requested', form: 'undo', reason: 'Enough.' });
    expect((await desk.untilEnded(drill)).steps.get('put')?.state).toBe('undone');
    expect([existsSync(join(alpha.home, 'app.conf')), existsSync(join(alpha.home, 'reverted'))]).toEqual([false, true]);
  });

  it('of a host becomes the evidence of its step', async () => {
    writeFileSync(join(beta.home, 'report.txt'), 'all rows: 12\n');
    const { drill, state } = await drillOf([
      copy('get', { hosts: ['beta'], action: { type: 'copy-from', from: join(beta.home, 'report.txt') }, isReadOnly: true }),
    ]);
    expect(state.result).toBe('passed');
    expect(await desk.output(drill, 'get')).toMatch(/^all rows: 12\nsha256 [0-9a-f]{64}  13 bytes  /);
    const gone = await drillOf([copy('get', { hosts: ['beta'], action: { type: 'copy-from', from: '/no/such' }, isReadOnly: true })]);
    expect(gone.state.steps.get('get')?.reason).toBe('/no/such could not be read: No such file');
  });
});

describe('a message', () => {
  it('reaches its channel, stands in the record, and is no reason to fail', async () => {
    const { drill, state } = await drillOf(
      inSequence([
        notify('tell', { action: { type: 'notify', channel: 'ops', message: '${who} begins' } }),
        notify('lost', { action: { type: 'notify', channel: 'broken', message: 'x' } }),
        run('after'),
      ]),
      {
        inputs: { who: 'a.brandt' },
      },
    );
    expect(desk.told).toEqual(['ops: a.brandt begins', 'broken: x']);
    expect(await desk.output(drill, 'tell')).toBe('a.brandt begins\n');
    expect([state.result, state.steps.get('lost')?.state, state.steps.get('lost')?.reason]).toEqual([
      'passed',
      'warned',
      'The message did not reach channel broken.',
    ]);
  });
});

describe('a command', () => {
  it('runs on the machine that runs the drill', async () => {
    const { drill, state } = await drillOf([run('here', { hosts: [LOCAL], command: 'echo "here $who"' })], { inputs: { who: "it's" } });
    expect(state.result).toBe('passed');
    expect(await desk.output(drill, 'here')).toBe("here it's\n");
  });

  it('runs once for each item on each host, no more at once than its step allows', async () => {
    const command = 'echo "$item" >>"$HOME/items"; cd "$HOME/.."; touch "busy-$$"; test "$(ls | grep -c busy)" -le 2; sleep 0.2; rm "busy-$$"';
    const rows = ['alpha#1', 'beta#1', 'alpha#2', 'beta#2'];
    const items = ["it's", '$(touch canary)'];
    const { state } = await drillOf([run('each', { hosts: ['alpha', 'beta'], items, rows, batch: 2, command })]);
    expect(state.result).toBe('passed');
    for (const host of [alpha, beta]) expect(host.read('items').trim().split('\n').toSorted()).toEqual(items.toSorted());
  });

  it('sees its environment and its time to hold, in the shell that it names', async () => {
    const command = 'sh -c "echo \\$LEVEL"; echo "$expires ${BASH_VERSION:+bash}"';
    const { drill } = await drillOf([run('a', { command, shell: 'bash', env: { LEVEL: 'a "b" $c' }, expiresMs: 90_500 })]);
    expect(await desk.output(drill, 'a')).toBe('a "b" $c\n91 bash\n');
  });

  it.skipIf(process.getuid?.() !== 0)('runs as the user that it names (only root may become another one)', async () => {
    const { drill, state } = await drillOf(inSequence([run('a', { command: 'id -un', become: 'nobody' }), run('b', { user: 'no-such-user' })]));
    expect(await desk.output(drill, 'a')).toBe('nobody\n');
    expect(state.steps.get('b')?.reason).toMatch(/did not let user no-such-user in/);
  });
});
