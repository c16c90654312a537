// Looks of the app's own machine: whether something listens, and what a name server says.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DnsAction } from '../../../api/domain/runbook/runbook.ts';
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

/** Answers in the wire format of RFC 1035, for the few names that it knows; says nothing to `silent.test`. */
const RECORDS: Readonly<Record<string, readonly Buffer[]>> = {
  'pay.test 1': [Buffer.from([10, 2, 0, 9]), Buffer.from([10, 10, 0, 1])],
  'pay.test 28': [Buffer.from('fd000000000000000000000000000007', 'hex')],
  'pay.test 16': [text('b second'), text('a first')],
  'pay.test 15': [Buffer.concat([Buffer.from([0, 20]), name('mx2.pay.test')]), Buffer.concat([Buffer.from([0, 5]), name('mx1.pay.test')])],
  'www.pay.test 5': [name('pay.test')],
  '_sip._tcp.pay.test 33': [Buffer.concat([Buffer.from([0, 1, 0, 2, 0x13, 0xc4]), name('sip.pay.test')])],
  'pay.test 6': [Buffer.concat([name('ns.pay.test'), name('host.pay.test'), ...[7, 3_600, 600, 86_400, 60].map((number) => uint32(number))])],
  '9.0.2.10.in-addr.arpa 12': [name('pay.test')],
};

function name(of: string): Buffer {
  return Buffer.concat([...of.split('.').map((label) => text(label)), Buffer.from([0])]);
}

function text(of: string): Buffer {
  return Buffer.concat([Buffer.from([of.length]), Buffer.from(of)]);
}

function uint32(of: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(of);
  return bytes;
}

function respond(question: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const asked = question.subarray(12, at + 5);
  const key = `${labels.join('.')} ${question.readUInt16BE(at + 1)}`;
  if (key.startsWith('silent.test')) return null;
  const records = RECORDS[key] ?? [];
  const header = Buffer.from([question[0] ?? 0, question[1] ?? 0, 0x81, records.length > 0 ? 0x80 : 0x83, 0, 1, 0, records.length, 0, 0, 0, 0]);
  const answers = records.map((data) =>
    Buffer.concat([Buffer.from([0xc0, 12]), asked.subarray(-4), uint32(60), Buffer.from([0, data.length]), data]),
  );
  return Buffer.concat([header, asked, ...answers]);
}

describe('a dns look', () => {
  let socket: Socket;
  let server: string;

  beforeAll(async () => {
    socket = createSocket('udp4');
    socket.on('message', (question, { port, address }) => {
      const bytes = respond(question);
      if (bytes !== null) socket.send(bytes, port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    server = `127.0.0.1:${socket.address().port}`;
  });
  afterAll(() => void socket.close());

  const look = (asked: string, recordType: DnsAction['recordType'], at = server): DnsAction => ({ type: 'dns', name: asked, recordType, server: at });

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
    expect((await act(machine, look('pay.test', 'A', server.replace('127.0.0.1', 'localhost')))).outcome).toEqual({ kind: 'exited', exitCode: 0 });
  });

  it('fails with the reason when there is no such name', async () => {
    const got = await act(machine, look('gone.test', 'A'));
    expect([got.outcome, got.stderr.toString()]).toEqual([
      { kind: 'exited', exitCode: 1 },
      `gone.test A could not be looked up at ${server}: there is no such name (ENOTFOUND)\n`,
    ]);
  });

  it('ends after its time when the server says nothing', async () => {
    expect((await act(machine, look('silent.test', 'A'), { timeoutMs: 300 })).outcome).toEqual({ kind: 'timed-out' });
  });
});
