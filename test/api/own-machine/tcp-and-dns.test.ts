// Looks of the app's own machine: whether something listens, and what a name server says.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DnsAction } from '../../../api/domain/runbook/runbook.ts';
import { testNameServer, type TestNameServer } from '../../support/name-server.ts';
import { act, ownMachine } from '../../support/run-action.ts';

const machine = ownMachine();

describe('a tcp look', () => {
  it('succeeds when something listens, and fails with the reason when nothing does', async () => {
    const server = createServer((socket) => socket.end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const good = await act(machine, { type: 'tcp', host: '127.0.0.1', port });
    expect([good.outcome, good.stderr.toString(), good.launches]).toEqual([
      { kind: 'exited', exitCode: 0 },
      `connected to 127.0.0.1 port ${port}\n`,
      1,
    ]);
    expect((await act(machine, { type: 'tcp', host: 'localhost', port })).outcome).toEqual({ kind: 'exited', exitCode: 0 });
    const refused = await act(ownMachine({ allow: '' }), { type: 'tcp', host: '127.0.0.1', port });
    expect([refused.outcome, refused.stderr.toString()]).toEqual([{ kind: 'exited', exitCode: 1 }, expect.stringContaining('this machine itself')]);
    await new Promise((settle) => server.close(settle));
    const gone = await act(machine, { type: 'tcp', host: '127.0.0.1', port });
    expect([gone.outcome, gone.stderr.toString()]).toEqual([
      { kind: 'exited', exitCode: 1 },
      `127.0.0.1:${port} could not be reached: nothing listens there (ECONNREFUSED)\n`,
    ]);
  });
});

describe('a dns look', () => {
  let names: TestNameServer;
  beforeAll(async () => {
    names = await testNameServer();
  });
  afterAll(() => names.close());

  const look = (asked: string, recordType: DnsAction['recordType'], at = names.at): DnsAction => ({
    type: 'dns',
    name: asked,
    recordType,
    server: at,
  });

  it.each([
    ['pay.test', 'A', '10.10.0.1\n10.2.0.9\n'],
    ['pay.test', 'AAAA', 'fd00::7\n'],
    ['pay.test', 'TXT', 'a first\nb second\n'],
    ['pay.test', 'MX', '20 mx2.pay.test\n5 mx1.pay.test\n'],
    ['www.pay.test', 'CNAME', 'pay.test\n'],
    ['_sip._tcp.pay.test', 'SRV', '1 2 5060 sip.pay.test\n'],
    ['pay.test', 'SOA', 'ns.pay.test host.pay.test 7 3600 600 86400 60\n'],
    ['10.2.0.9', 'PTR', 'pay.test\n'],
  ] as const)('of %s %s gives its answers sorted, a line each', async (asked, recordType, lines) => {
    const got = await act(machine, look(asked, recordType));
    expect([got.stdout.toString(), got.outcome, got.launches]).toEqual([lines, { kind: 'exited', exitCode: 0 }, 1]);
  });

  it('asks a server that is given by its name', async () => {
    expect((await act(machine, look('pay.test', 'A', names.at.replace('127.0.0.1', 'localhost')))).outcome).toEqual({ kind: 'exited', exitCode: 0 });
  });

  it('fails with the reason when there is no such name', async () => {
    const got = await act(machine, look('gone.test', 'A'));
    expect([got.outcome, got.stderr.toString()]).toEqual([
      { kind: 'exited', exitCode: 1 },
      `gone.test A could not be looked up at ${names.at}: there is no such name (ENOTFOUND)\n`,
    ]);
  });

  it('ends after its time when the server says nothing', async () => {
    expect((await act(machine, look('silent.test', 'A'), { timeoutMs: 300 })).outcome).toEqual({ kind: 'timed-out' });
  });
});
