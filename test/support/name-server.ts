// A name server for tests: a few records, over UDP on loopback, in the wire format of RFC 1035.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** By name and the number of the record's type. It says nothing to `silent.test`. */
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

export interface TestNameServer {
  /** `address:port`. */
  readonly at: string;
  close(): Promise<void>;
}

export async function testNameServer(): Promise<TestNameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const bytes = respond(question);
    if (bytes !== null) socket.send(bytes, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { at: `127.0.0.1:${socket.address().port}`, close: () => new Promise((settle) => socket.close(() => settle())) };
}
