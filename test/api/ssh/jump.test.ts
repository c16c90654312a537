// Hosts behind jump hosts, over real OpenSSH servers: one shared connection a hop, each with its own pins, and failures told by hop and stage.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteHosts } from '../../../api/application/ports.ts';
import type { PlanHop, PlanHost } from '../../../api/domain/drill/plan.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { gather } from '../../support/remote-run.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let gate: TestHost;
let inner: TestHost;
let target: TestHost;
let second: TestHost;
let remote: RemoteHosts;

beforeAll(async () => {
  hosts = testHosts();
  [gate, inner, target, second] = await Promise.all([
    hosts.add('gate', ['MaxSessions 0']),
    hosts.add('inner'),
    hosts.add('target'),
    hosts.add('second'),
  ]);
});
afterAll(() => hosts.close());

beforeEach(() => {
  remote = createRemoteHosts({ credential: { privateKey: hosts.privateKey } });
});
afterEach(() => remote.close());

const through = ({ host }: TestHost, ...via: readonly PlanHop[]): PlanHost => ({ ...host, via });
const said = async (host: PlanHost): Promise<string> => JSON.stringify((await gather(remote, { host, script: 'true' })).outcome);

describe('a host behind two others', () => {
  it('is reached through both, over one shared connection each', async () => {
    const before = [gate, inner, target, second].map((host) => host.dials());
    const way = [gate.host, inner.host];
    const all = await Promise.all(
      [target, second, target, second].map((host) => gather(remote, { host: through(host, ...way), script: 'echo "$HOME"' })),
    );
    expect(all.map((got) => got.stdout.toString().trim())).toEqual([target.home, second.home, target.home, second.home]);
    expect([gate, inner, target, second].map((host, at) => host.dials() - (before[at] ?? 0))).toEqual([1, 1, 1, 1]);
  });

  it('is lost when the first one is, and reached again afterwards', async () => {
    const host = through(target, gate.host, inner.host);
    const got = await gather(remote, { host, script: 'echo before; sleep 300' }, { onOutput: async () => gate.cut() });
    expect(got.outcome.kind).toBe('lost');
    expect((await gather(remote, { host, script: 'echo back' })).stdout.toString()).toBe('back\n');
  });

  it('takes more output than any window holds', async () => {
    const got = await gather(remote, { host: through(target, gate.host, inner.host), script: 'head -c 5000000 /dev/zero' });
    expect(got.stdout.length).toBe(5_000_000);
  });

  it('is checked the same way', async () => {
    const seen = await remote.check(through(target, gate.host, inner.host));
    expect(seen).toMatchObject({ isReachable: true, hostKey: target.host.hostKeys[0], roundTripMs: expect.any(Number) });
  });
});

describe('a failure on the way', () => {
  const stranger = `SHA256:${'A'.repeat(43)}`;

  it('is that of the jump host whose key is not the pinned one, and nothing is sent on', async () => {
    const before = inner.dials();
    const host = through(target, { ...gate.host, hostKeys: [stranger], pinned: { [stranger]: { at: Date.UTC(2026, 4, 3), by: 'ann' } } }, inner.host);
    const seen = await remote.check(host);
    expect(seen).toMatchObject({ isReachable: false, stage: 'host-key', hop: 'gate', offeredKey: gate.host.hostKeys[0] });
    expect(JSON.stringify(seen)).toContain('On the way to target: The host key of gate differs from the one pinned on 3 May 2026 by ann');
    expect(inner.dials()).toBe(before);
  });

  it('is that of the host itself when its own key is not the pinned one', async () => {
    const seen = await remote.check(through({ ...target, host: { ...target.host, hostKeys: [stranger] } }, gate.host));
    expect(seen).toMatchObject({ isReachable: false, stage: 'host-key', offeredKey: target.host.hostKeys[0] });
    expect(seen).not.toHaveProperty('hop');
  });

  it('is told when a jump host is away', async () => {
    const away = await hosts.add('away');
    await away.stop();
    const text = await said(through(target, gate.host, away.host, inner.host));
    expect(text).toContain('"stage":"tcp"');
    expect(text).toContain(`On the way to target: Host away could not be reached at 127.0.0.1:${away.host.port} (Connection refused)`);
    expect(text).toContain('open to gate.');
  });

  it('is told when a jump host does not let us in', async () => {
    const closed = await hosts.add('closed', ['DenyUsers *']);
    const seen = await remote.check(through(target, closed.host));
    expect(seen).toMatchObject({ isReachable: false, stage: 'authentication', hop: 'closed' });
  });

  it('is told when a jump host passes nothing on', async () => {
    const strict = await hosts.add('strict', ['AllowTcpForwarding no']);
    const seen = await remote.check(through(target, strict.host));
    expect(seen).toMatchObject({ isReachable: false, stage: 'channel', hop: 'strict' });
    expect(JSON.stringify(seen)).toContain('AllowTcpForwarding');
  });

  it('is told when the jump host cannot resolve the name of the host', async () => {
    const nameless = through({ ...target, host: { ...target.host, address: 'no-such-host.invalid' } }, gate.host);
    const seen = await remote.check(nameless);
    expect(seen).toMatchObject({ isReachable: false, stage: 'dns' });
    expect(JSON.stringify(seen)).toContain('could not be resolved on gate');
  });

  it('is told when the host behind takes connections and says nothing', async () => {
    const mute = createServer((socket) => socket.resume());
    await once(mute.listen(0, '127.0.0.1'), 'listening');
    const address = mute.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const quick = createRemoteHosts({ credential: { privateKey: hosts.privateKey }, limits: { connectTimeoutMs: 500 } });
    const seen = await quick.check(through({ ...target, host: { ...target.host, port } }, gate.host));
    expect(seen).toMatchObject({ isReachable: false, stage: 'key-exchange' });
    expect(JSON.stringify(seen)).toContain('no answer within 1 s');
    await quick.close();
    await new Promise((settle) => mute.close(settle));
  });
});
