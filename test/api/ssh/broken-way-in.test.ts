// A link that breaks on the way in, after each number of bytes: it is made again, and what is told when it breaks for good is what was so.
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlanHost } from '../../../api/domain/drill/plan.ts';
import { createConnections } from '../../../api/ssh/connections.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

/** What an OpenSSH server says until it has let somebody in is about 2,600 bytes: its version, two handshake messages, and the answers to who it is. */
const OFFSETS = [0, 10, 30, 500, 1_200, 1_400];

let hosts: TestHosts;
let host: TestHost;
let server: Server | null = null;

beforeAll(async () => {
  hosts = testHosts();
  host = await hosts.add('alpha', [], 'ed25519', { isDirect: true });
});
afterAll(() => hosts.close());
afterEach(() => {
  server?.close();
});

/** Stands before the host and breaks the first `breaks` connections when the server has said so many bytes. */
async function proxied(offset: number, { breaks, isReset }: { readonly breaks: number; readonly isReset: boolean }): Promise<PlanHost> {
  let left = breaks;
  const end = (socket: Socket): unknown => (isReset ? socket.resetAndDestroy() : socket.destroy());
  server = createServer((inside) => {
    const isBreaking = left > 0;
    left -= 1;
    let said = 0;
    const outside = connect({ host: host.host.address, port: host.host.port });
    for (const socket of [inside, outside]) socket.on('error', () => undefined); // both ends go together below
    inside.on('close', () => outside.destroy());
    outside.on('close', () => inside.destroy());
    inside.pipe(outside);
    outside.on('data', (bytes: Buffer) => {
      const rest = isBreaking ? Math.max(0, offset - said) : bytes.length;
      said += bytes.length;
      inside.write(bytes.subarray(0, rest));
      if (isBreaking && said > offset) end(inside);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { ...host.host, address: '127.0.0.1', port: isTcp(address) ? address.port : 0 };
}

describe.each([
  { how: 'reset', isReset: true },
  { how: 'closed', isReset: false },
])('a connection that is $how', ({ isReset }) => {
  it.each(OFFSETS)('after %i bytes of the server is made again', async (offset) => {
    const connections = createConnections({ credential: { privateKey: hosts.privateKey }, limits: { droppedPauseMs: 1 } });
    const { channel } = await connections.exec(await proxied(offset, { breaks: 2, isReset }), 'exit 3');
    channel.resume();
    channel.stderr.resume();
    const [code] = await once(channel, 'close');
    expect(code).toBe(3);
    await connections.close();
  });

  it('each time while Muster signs in is no matter of keys', async () => {
    const connections = createConnections({ credential: { privateKey: hosts.privateKey }, limits: { droppedPauseMs: 1 } });
    const broken = await proxied(1_400, { breaks: Infinity, isReset });
    await expect(connections.exec(broken, 'true')).rejects.toMatchObject({
      code: 'authentication',
      message: expect.stringMatching(
        /^The connection to host alpha at .* broke while Muster signed in \(.*\)\. Check the network to it, and the log of its SSH server\.$/,
      ),
    });
    await connections.close();
  });
});

function isTcp(address: ReturnType<Server['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
