// The HTTP server as a browser and as an attacker meet it.
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Http } from '../../../api/http/server.ts';
import { refused } from '../../../api/domain/errors.ts';
import { createHttp } from '../../../api/http/server.ts';
import { PAGE, startWebServer, type WebServer } from './web-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const NAVIGATION = { accept: 'text/html,application/xhtml+xml' };

/** Stands for Apollo: gives back the body that it was handed. */
function echo(http: Http): void {
  http.graphql.use((request, response) => void response.json({ echo: request.body as unknown }));
}

const readRawOutput = async () => refused('NOT_FOUND', 'There is no drill here.');

describe('the HTTP server', () => {
  let web: WebServer;
  beforeEach(async () => {
    web = await startWebServer({}, echo);
  });
  afterEach(() => web.end());

  const post = (headers: Record<string, string> = {}, body = '{"query":"{ about { version } }"}') =>
    web.ask('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

  describe('headers', () => {
    it.each(['/', '/healthz', '/assets/index-B4x9.js', '/nothing.js', '/graphql'])('of %s are strict', async (path) => {
      const { headers } = await web.ask(path, { headers: NAVIGATION });
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';font-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
      );
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['strict-transport-security']).toBeUndefined();
    });

    it('ask for https in future when there is TLS', async () => {
      const tls = await startWebServer({ isTls: true });
      expect((await tls.ask('/healthz')).headers['strict-transport-security']).toMatch(/^max-age=31536000/);
      await tls.end();
    });
  });

  describe('the web app', () => {
    it.each(['/', '/services', '/services/mail', '/services/mail.example', '/drills/DR-1?tab=log'])('answers %s with its page', async (path) => {
      const answer = await web.ask(path, { headers: NAVIGATION });
      expect(answer).toMatchObject({ status: 200, text: PAGE });
      expect(answer.headers['content-type']).toContain('text/html');
      expect(answer.headers['cache-control']).toBe('no-cache');
    });

    it('lets hashed assets be kept for ever, and nothing else', async () => {
      const asset = await web.ask('/assets/index-B4x9.js');
      expect(asset).toMatchObject({ status: 200, text: 'export {};' });
      expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect((await web.ask('/favicon.svg')).headers['cache-control']).toBe('no-cache');
    });

    it.each(['/assets/gone-1234.js', '/gone.css', '/robots.txt', '/.env'])('says 404 for the missing file %s, never the page', async (path) => {
      const answer = await web.ask(path, { headers: NAVIGATION });
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('<title>');
    });

    it('says 404 in JSON to a program that asks for a page of it', async () => {
      const answer = await web.ask('/services', { headers: { accept: 'application/json' } });
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    });

    it.each([
      '/.secret',
      '/../BESIDE',
      '/assets/..%2f..%2fBESIDE',
      '/%2e%2e/BESIDE',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%2f..%2f..%2fetc%2fpasswd',
      '/%00',
      '/%',
    ])('gives nothing away for %s', async (path) => {
      const answer = await web.ask(path.replace('BESIDE', web.beside));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toMatch(/canary|root:|\n\s+at /);
    });

    it('does not take other methods for a visit', async () => {
      expect((await web.ask('/services', { method: 'POST', headers: NAVIGATION })).status).toBe(404);
    });
  });

  describe('POST /graphql', () => {
    it('reads JSON and hands it on', async () => {
      expect(await post()).toMatchObject({ status: 200, text: '{"echo":{"query":"{ about { version } }"}}' });
    });

    it.each([
      ['a program without Origin', () => ({}), 200],
      ['its own page', () => ({ origin: web.url, 'sec-fetch-site': 'same-origin' }), 200],
      ['its own page by another name of this machine', () => ({ origin: `http://localhost:${web.port}`, 'sec-fetch-site': 'same-origin' }), 200],
      ['its own page in an older browser', () => ({ origin: web.url }), 200],
      ['another site', () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), 403],
      ['another port of this machine', () => ({ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }), 403],
      ['another site in an older browser', () => ({ origin: 'https://evil.example' }), 403],
      ['a frame without origin', () => ({ origin: 'null' }), 403],
      ['another site that hides its Origin', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
      ['a name that only begins like it', () => ({ origin: `${web.url}.evil.example` }), 403],
      ['a rebound name', () => ({ origin: 'http://evil.example', host: 'evil.example', 'sec-fetch-site': 'same-origin' }), 403],
    ] as const)('from %s', async (_who, headers, status) => {
      const answer = await post(headers());
      expect(answer.status).toBe(status);
      if (status === 403) expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    });

    it('refuses a body over 100 kB, in JSON and before reading it whole', async () => {
      const answer = await post({}, JSON.stringify({ query: 'x'.repeat(100_001) }));
      expect(answer.status).toBe(413);
      expect(JSON.parse(answer.text)).toMatchObject({
        errors: [{ message: expect.stringContaining('100 kB'), extensions: { code: 'INVALID_INPUT' } }],
      });
      expect((await post({}, JSON.stringify({ query: 'x'.repeat(99_900) }))).status).toBe(200);
    });

    it.each(['{', '"x', '\u0000', '[1,'])('refuses the broken JSON %j without a stack trace', async (body) => {
      const answer = await post({}, body);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toEqual({ errors: [{ message: expect.stringContaining('JSON'), extensions: { code: 'INVALID_INPUT' } }] });
    });

    it('refuses a charset that it cannot read', async () => {
      expect((await post({ 'content-type': 'application/json; charset=utf-99' })).status).toBe(415);
    });

    it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('is the only method: %s is refused', async (method) => {
      const answer = await web.ask('/graphql?query={about{version}}', { method, headers: NAVIGATION });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('POST');
    });

    it('is never kept in a cache', async () => {
      expect((await post()).headers['cache-control']).toBe('no-store');
    });
  });

  it('answers what nobody expected with an id, and logs the error under it', async () => {
    await web.end();
    web = await startWebServer({}, (http) => {
      http.graphql.use(() => {
        throw new Error('canary: a secret of the inside');
      });
    });
    const answer = await post();
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('canary');
    const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(answer.text)?.[0];
    expect(JSON.parse(answer.text)).toEqual({ errors: [{ message: expect.stringContaining(String(id)), extensions: { code: 'INTERNAL', id } }] });
    expect(web.logged).toEqual([{ message: 'a request failed', fields: { id, err: expect.any(Error), method: 'POST', path: '/graphql' } }]);
  });

  describe('probes', () => {
    it('are fine while the database answers', async () => {
      expect(await web.ask('/healthz')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
      expect(await web.ask('/readyz')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    });

    it('tell the process from its database, and not why it fails', async () => {
      const broken = await startWebServer({ ping: () => Promise.reject(new Error('canary')) });
      expect((await broken.ask('/healthz')).status).toBe(200);
      const answer = await broken.ask('/readyz');
      expect(answer.status).toBe(503);
      expect(answer.text).not.toContain('canary');
      expect(broken.logged).toHaveLength(1);
      await broken.end();
    });
  });

  describe('listening', () => {
    it('gives a busy port back as a value, so that the caller can take the next', async () => {
      const second = createHttp({
        host: '127.0.0.1',
        isTls: false,
        publicUrlAt: (port) => `http://127.0.0.1:${port}`,
        webFolder: '/nowhere',
        log: { error: () => {}, warn: () => {} },
        ping: async () => 1,
        readRawOutput,
        storage: { state: () => ({ isWritable: true }) },
      });
      expect(await second.listen(web.port)).toEqual({ kind: 'in-use', port: web.port });
      const next = await second.listen(0);
      expect(next.kind).toBe('listening');
      expect(next.port).not.toBe(web.port);
      await second.close();
    });

    it('says so when the host is not of this machine', async () => {
      const elsewhere = createHttp({
        host: '192.0.2.1',
        isTls: false,
        publicUrlAt: () => 'https://muster.example',
        webFolder: '/nowhere',
        log: { error: () => {}, warn: () => {} },
        ping: async () => 1,
        readRawOutput,
        storage: { state: () => ({ isWritable: true }) },
      });
      expect(await elsewhere.listen(4000)).toMatchObject({ kind: 'refused', port: 4000, message: expect.stringContaining('192.0.2.1') });
      await elsewhere.close();
    });
  });

  describe('closing', () => {
    it('lets a request in hand end, and refuses new ones', async () => {
      let answer: (() => void) | undefined;
      const arrival = Promise.withResolvers<void>();
      const slow = await startWebServer({}, (http) => {
        http.graphql.use((_request, response) => {
          answer = () => response.json({ done: true });
          arrival.resolve();
        });
      });
      const asked = slow.ask('/graphql', { method: 'POST', headers: JSON_TYPE, body: '{}' });
      await arrival.promise;
      const closing = slow.end();
      await expect(slow.ask('/healthz')).rejects.toThrow('ECONNREFUSED');
      answer?.();
      expect(await asked).toMatchObject({ status: 200, text: '{"done":true}' });
      await closing;
    });

    it('ends idle connections at once', async () => {
      const idle = await startWebServer();
      const socket = connect(idle.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(socket, 'data');
      const ended = once(socket, 'close');
      await idle.end();
      await ended;
    });

    it('cuts what does not end by itself, WebSockets too, after its deadline', async () => {
      const stuck = await startWebServer({}, (http) => {
        http.server.on(
          'upgrade',
          (_request, socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
        );
      });
      const socket = connect(stuck.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
      await once(socket, 'data');
      const startedAt = performance.now();
      await stuck.end();
      expect(performance.now() - startedAt).toBeGreaterThan(4_000);
    });

    it('may be asked twice', async () => {
      await web.http.close();
      await web.http.close();
    });
  });
});
