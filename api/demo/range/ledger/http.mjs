// JSON over HTTP on loopback, both ends: how the ledger's processes and its command talk to each other.
import { createServer, request } from 'node:http';

/** All processes are on one machine: one that has not answered by then hangs. */
const ANSWER_WITHIN_MS = 3000;

/** A batch of 500 entries is about 150 kB. */
const MAX_BODY_BYTES = 4_000_000;

/** Nobody answered, or not in time. An answer of any status is not an error here. */
export class NoAnswer extends Error {}

/** Calls a process on this machine; gives back its status and JSON body, or throws NoAnswer. */
export function call({ port, method = 'GET', path, body, withinMs = ANSWER_WITHIN_MS }) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, agent: false, timeout: withinMs }, (incoming) => {
      readText(incoming).then((text) => resolve({ status: incoming.statusCode, body: parse(text) }), reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new NoAnswer(`no answer within ${withinMs / 1000} s`)));
    outgoing.on('error', (error) =>
      reject(error instanceof NoAnswer ? error : new NoAnswer(`no answer on port ${port} (${error.code ?? error.message})`)),
    );
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/**
 * Serves `routes` ("METHOD /path" -> async ({ query, body, rest }) => ({ status, body, html })) on loopback. A route that ends in
 * `/*` takes one more path segment as `rest`. Resolves with the server once it listens.
 */
export function serve({ port, routes }) {
  const server = createServer((incoming, outgoing) => {
    void answer(routes, incoming)
      .catch((error) => ({ status: 500, body: { message: error.message } }))
      .then(({ status = 200, body, html }) => {
        outgoing.writeHead(status, { 'content-type': html === undefined ? 'application/json' : 'text/html; charset=utf-8' });
        outgoing.end(html ?? JSON.stringify(body));
      });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function answer(routes, incoming) {
  const url = new URL(incoming.url, 'http://localhost');
  const cut = url.pathname.lastIndexOf('/') + 1;
  const exact = routes[`${incoming.method} ${url.pathname}`];
  const route = exact ?? routes[`${incoming.method} ${url.pathname.slice(0, cut)}*`];
  if (route === undefined) return { status: 404, body: { message: `there is no ${incoming.method} ${url.pathname} here` } };
  const text = await readText(incoming);
  return route({ query: url.searchParams, body: parse(text), rest: decodeURIComponent(url.pathname.slice(cut)) });
}

async function readText(incoming) {
  const chunks = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error(`more than ${MAX_BODY_BYTES} bytes were sent`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text) {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
