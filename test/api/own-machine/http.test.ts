// Requests of runbooks against real servers: what is sent, what comes back, and every way in which it can go wrong.
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { act, http, ownMachine } from '../../support/run-action.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let at: string;
let seen: Seen[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  answer = (response) => response.end('fine\n');
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  at = `http://127.0.0.1:${portOf(server.address())}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((settle) => server.close(settle));
});

const machine = ownMachine();

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

describe('a request that is answered', () => {
  it('gives status and headers as they came, and the body as output', async () => {
    answer = (response) => response.writeHead(207, { 'X-Left': '7', 'Set-Cookie': ['a=1', 'b=2'] }).end('{"ok":true}');
    const got = await act(machine, http(`${at}/health?x=1`));
    expect(got.outcome).toMatchObject({
      kind: 'exited',
      exitCode: 0,
      response: { status: 207, headers: { 'x-left': '7', 'set-cookie': 'a=1, b=2' } },
    });
    expect([got.stdout.toString(), got.stderr.toString(), got.launches]).toEqual(['{"ok":true}', 'HTTP 207 Multi-Status\n', 1]);
  });

  it('was sent as the runbook says', async () => {
    await act(machine, http(`${at}/move`, { method: 'POST', headers: { 'x-change': 'CHG1', 'content-type': 'application/json' }, body: '{"ä":1}' }));
    expect(seen).toMatchObject([
      { method: 'POST', url: '/move', headers: { 'x-change': 'CHG1', 'user-agent': 'Muster', 'content-length': '8' }, body: '{"ä":1}' },
    ]);
  });

  it('is performed whatever the status: the step judges it', async () => {
    answer = (response) => response.writeHead(503).end('no');
    expect((await act(machine, http(at))).outcome).toMatchObject({ kind: 'exited', exitCode: 0, response: { status: 503 } });
  });

  it('is not followed to where it points', async () => {
    answer = (response) => response.writeHead(302, { location: `${at}/elsewhere` }).end();
    expect((await act(machine, http(at))).outcome).toMatchObject({ response: { status: 302, headers: { location: `${at}/elsewhere` } } });
    expect(seen).toHaveLength(1);
  });

  it('is cut off when its body is too long, and that is a failure', async () => {
    answer = (response) => response.end(Buffer.alloc(3_000_000));
    const got = await act(machine, http(at));
    expect(got.outcome).toMatchObject({ kind: 'exited', exitCode: 1, response: { status: 200 } });
    expect(got.stdout.length).toBeLessThanOrEqual(1_048_576);
    expect(got.stderr.toString()).toMatch(/longer than 1048576 bytes/);
  });

  it('is a failure when the body breaks off', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    const got = await act(machine, http(at));
    expect(got.outcome).toMatchObject({ kind: 'exited', exitCode: 1, response: { status: 200 } });
    expect(got.stderr.toString()).toMatch(/ended before it was whole/);
  });
});

describe('a request that is not answered', () => {
  it('is timed out when it may be asked again', async () => {
    answer = () => undefined;
    expect((await act(machine, http(at), { timeoutMs: 200 })).outcome).toEqual({ kind: 'timed-out' });
  });

  it('is lost when asking again could do it twice', async () => {
    answer = () => undefined;
    const got = await act(machine, http(at, { method: 'POST', body: 'pay' }), { timeoutMs: 200 });
    expect(got.outcome).toEqual({ kind: 'lost', message: 'The request was sent, and no answer came: the time was up.' });
    answer = (response) => response.destroy();
    expect((await act(machine, http(at, { method: 'POST', body: 'pay' }))).outcome).toMatchObject({ kind: 'lost' });
  });

  it('ends when it is cancelled, and never starts when it was before', async () => {
    const abort = new AbortController();
    answer = () => abort.abort();
    expect((await act(machine, http(at), { signal: abort.signal })).outcome).toEqual({ kind: 'cancelled' });
    expect(await act(machine, http(at), { signal: AbortSignal.abort() })).toMatchObject({ outcome: { kind: 'cancelled' }, launches: 0 });
    expect(seen).toHaveLength(1);
  });

  it('fails with the reason when nothing listens, when the name is none, and when it is no address', async () => {
    const gone = createTcpServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const port = portOf(gone.address());
    await new Promise((settle) => gone.close(settle));
    const refused = await act(machine, http(`http://127.0.0.1:${port}/secret-path?key=1`, { method: 'POST' }));
    expect([refused.outcome, refused.stderr.toString()]).toEqual([
      { kind: 'exited', exitCode: 1 },
      `POST 127.0.0.1:${port} failed: nothing listens there (ECONNREFUSED)\n`,
    ]);
    expect((await act(ownMachine({ allow: '' }), http('http://no-such-host.invalid/'))).stderr.toString()).toMatch(
      /no-such-host.invalid failed: .*name/,
    );
    expect((await act(machine, http('ftp://127.0.0.1/'))).stderr.toString()).toMatch(/no http or https address/);
  });

  it('that the sink cannot keep is an error of the keeper', async () => {
    await expect(act(machine, http(at), { onOutput: () => Promise.reject(new Error('disk full')) })).rejects.toThrow('disk full');
  });
});

describe('a place that is not allowed', () => {
  it('is not connected to', async () => {
    const got = await act(ownMachine({ allow: '' }), http(at));
    expect(got.outcome).toEqual({ kind: 'exited', exitCode: 1 });
    expect(got.stderr.toString()).toMatch(/^Nothing was sent: 127\.0\.0\.1:\d+ is 127\.0\.0\.1: this machine itself/);
    expect((await act(ownMachine({ allow: '' }), http(at.replace('127.0.0.1', 'localhost')))).outcome).toMatchObject({ exitCode: 1 });
    expect((await act(ownMachine({ allow: 'elsewhere.example.org' }), http(at))).outcome).toMatchObject({ exitCode: 1 });
    expect(seen).toEqual([]);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)(`over TLS${hasOpenssl ? '' : ' (left out: openssl is not installed)'}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-tls-'));
  const usual = getCACertificates('default');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => setDefaultCACertificates(usual));

  async function withTls(names: string, use: (port: number, certificate: string) => Promise<void>): Promise<void> {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const options = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=test'];
    execFileSync('openssl', [...options, '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_request, response) => response.end('sealed'));
    await once(tls.listen(0, '127.0.0.1'), 'listening');
    await use(portOf(tls.address()), readFileSync(certificate, 'utf8'));
    await new Promise((settle) => tls.close(settle));
  }

  it('a certificate that nobody vouches for ends it before anything is sent', async () => {
    await withTls('IP:127.0.0.1', async (port) => {
      const got = await act(machine, http(`https://127.0.0.1:${port}/`, { method: 'POST', body: 'x' }));
      expect(got.outcome).toEqual({ kind: 'exited', exitCode: 1 });
      expect(got.stderr.toString()).toMatch(/self-signed certificate/);
    });
  });

  it('a certificate that the machine trusts is good for its own name only', async () => {
    await withTls('DNS:localhost', async (port, certificate) => {
      setDefaultCACertificates([...usual, certificate]);
      expect((await act(machine, http(`https://localhost:${port}/`))).stdout.toString()).toBe('sealed');
      expect((await act(machine, http(`https://127.0.0.1:${port}/`))).outcome).toEqual({ kind: 'exited', exitCode: 1 });
    });
  });
});
