// Connections to real OpenSSH servers: how many are opened for the sessions that a server takes, and how one that died is noticed.
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlanHost } from '../../../api/domain/drill/plan.ts';
import { createConnections, type Connections } from '../../../api/ssh/connections.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let connections: Connections;

beforeAll(() => {
  hosts = testHosts();
});
afterAll(() => hosts.close());
beforeEach(() => {
  connections = createConnections({ credential: { privateKey: hosts.privateKey } });
});
afterEach(() => connections.close());

/** Settled with the exit code once the command has ended. */
async function ended(host: PlanHost, command: string, isUrgent = false): Promise<unknown> {
  const { channel } = await connections.exec(host, command, { isUrgent });
  channel.resume();
  channel.stderr.resume();
  const [code] = await once(channel, 'close');
  return code;
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
/** Waits on the host until as many commands as `count` have come that far. */
const meet = (count: number): string => `echo "$SSH_CONNECTION" >>"$HOME/met"; until [ "$(wc -l <"$HOME/met")" -ge ${count} ]; do sleep 0.02; done`;

describe('a server', () => {
  it.each([
    { most: 1, connectionsNeeded: 5 },
    { most: 2, connectionsNeeded: 3 },
    { most: 10, connectionsNeeded: 1 },
  ])('of $most sessions a connection runs five commands at once', async ({ most, connectionsNeeded }) => {
    const host = await hosts.add(`most-${most}`, [`MaxSessions ${most}`]);
    // Each of them ends only when all five are there.
    expect(await Promise.all(times(5, () => ended(host.host, meet(5))))).toEqual([0, 0, 0, 0, 0]);
    expect(new Set(host.read('met').trim().split('\n')).size).toBe(connectionsNeeded);
    // What was learned is kept: no more than five are open for many more.
    const before = host.dials();
    expect(await Promise.all(times(30, () => ended(host.host, 'echo x >>"$HOME/more"')))).toEqual(times(30, () => 0));
    expect(host.count('more')).toBe(30);
    expect(host.dials() - before).toBeLessThanOrEqual(5 - connectionsNeeded);
  });

  it('of one session takes what is urgent while a command runs', async () => {
    const host = await hosts.add('single', ['MaxSessions 1']);
    const running = ended(host.host, 'echo up >>"$HOME/up"; while [ ! -e "$HOME/go" ]; do sleep 0.02; done');
    expect(await ended(host.host, 'touch "$HOME/go"', true)).toBe(0);
    expect(await running).toBe(0);
  });

  it('that takes what is urgent beside five commands', async () => {
    const host = await hosts.add('busy');
    const running = times(5, () => ended(host.host, 'while [ ! -e "$HOME/go" ]; do sleep 0.02; done'));
    expect(await ended(host.host, 'touch "$HOME/go"', true)).toBe(0);
    expect(await Promise.all(running)).toEqual([0, 0, 0, 0, 0]);
    expect(host.dials()).toBe(1);
  });

  it('of no sessions at all says so, and starts nothing', async () => {
    const host = await hosts.add('none', ['MaxSessions 0']);
    const quick = createConnections({ credential: { privateKey: hosts.privateKey }, limits: { openPauseMs: 1 } });
    await expect(quick.exec(host.host, 'true')).rejects.toMatchObject({ code: 'channel', message: expect.stringContaining('MaxSessions') });
    await quick.close();
  });

  it('that drops connections while others are starting is asked again', async () => {
    const host = await hosts.add('crowded', ['MaxStartups 2:100:2', 'MaxSessions 1']);
    expect(await Promise.all(times(5, () => ended(host.host, meet(5))))).toEqual([0, 0, 0, 0, 0]);
  });

  it('has no subsystem for files: told at once', async () => {
    const host = await hosts.add('fileless', ['Subsystem none /bin/false']);
    await expect(connections.files(host.host)).rejects.toMatchObject({ code: 'channel' });
  });
});

describe('a host key', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('of kind %s is taken when it is pinned', async (kind) => {
    const host = await hosts.add(`only-${kind}`, [], kind);
    expect(await ended(host.host, 'true')).toBe(0);
    expect(host.dials()).toBe(1);
  });

  it('is found beside others of the host, and asked for first the next time', async () => {
    const rsa = await hosts.add('of-rsa', [], 'rsa');
    const both = await hosts.add('of-both', [`HostKey ${hosts.folder}/of-rsa.host`]);
    const host = { ...both.host, hostKeys: rsa.host.hostKeys };
    const first = await connections.open(host);
    expect(first.hostKey).toBe(rsa.host.hostKeys[0]);
    await first.close();
    const before = both.dials();
    await (await connections.open(host)).close();
    expect(both.dials() - before).toBe(1);
  });

  it('of another kind than the pinned one is told with both', async () => {
    const host = await hosts.add('of-ecdsa', [], 'ecdsa');
    const pinned = `SHA256:${'A'.repeat(43)}`;
    const refused = connections.open({ ...host.host, hostKeys: [pinned, `SHA256:${'B'.repeat(43)}`], pinned: { [pinned]: { at: 0, by: null } } });
    await expect(refused).rejects.toMatchObject({ code: 'host-key', offeredKey: host.host.hostKeys[0] });
    await expect(refused).rejects.toThrow(
      `The host key of of-ecdsa differs from the ones pinned: ${pinned} on 1 January 1970 and SHA256:${'B'.repeat(43)}. It offered the ecdsa key`,
    );
  });
});

describe('a connection that died', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await hosts.add('dying');
  });

  it('in silence is noticed by the answers that do not come', async () => {
    const quick = createConnections({ credential: { privateKey: hosts.privateKey }, limits: { keepaliveMs: 50, keepaliveMisses: 3 } });
    const { channel, gone } = await quick.exec(host.host, 'sleep 300');
    channel.resume();
    const closed = once(channel, 'close');
    host.freeze();
    expect(await gone).toBe('Host dying has not answered for 0.2 s, so the connection to it was given up.');
    expect(await closed).toEqual([undefined]);
    await quick.close();
  });

  it('by a reset is told as broken', async () => {
    const { gone } = await connections.exec(host.host, 'sleep 300');
    host.cut();
    expect(await gone).toMatch(/^The connection to host dying (broke \(ECONNRESET\)|was closed)\.$/);
  });

  it('behind a jump host is told by the host that fell silent', async () => {
    const gate = await hosts.add('silent-gate');
    const limits = { keepaliveMs: 100, keepaliveMisses: 2 };
    const quick = createConnections({ credential: { privateKey: hosts.privateKey }, limits });
    const { gone } = await quick.exec({ ...host.host, via: [gate.host] }, 'sleep 300');
    gate.freeze();
    expect(await gone).toMatch(/^Host (silent-gate|dying) has not answered/);
    await quick.close();
  });

  it('while a command waits for its channel is replaced, and the command runs once', async () => {
    const { gone } = await connections.exec(host.host, 'sleep 300');
    host.cut();
    expect(await ended(host.host, 'echo x >>"$HOME/once"')).toBe(0);
    await gone;
    expect(host.count('once')).toBe(1);
  });
});

it('nothing is started any more once the connections are closed', async () => {
  const host = await hosts.add('late');
  await connections.close();
  await expect(connections.exec(host.host, 'touch "$HOME/late"')).rejects.toMatchObject({ code: 'channel' });
  expect(host.dials()).toBe(0);
});
