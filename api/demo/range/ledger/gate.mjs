// The gate: where clients connect. It hands their requests to the store that the file "points-to" names, read at each request.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, NoAnswer } from './http.mjs';

/** Name of the store that the gate hands requests to. */
export function pointsTo(home) {
  return readFileSync(join(home, 'points-to'), 'utf8').trim();
}

/** Points the gate at another store from the next request on. */
export function pointAt(home, store) {
  const path = join(home, 'points-to');
  writeFileSync(`${path}.new`, `${store}\n`, { flush: true });
  renameSync(`${path}.new`, path);
}

export function gateRoutes(home, config) {
  const forward = async (request) => {
    const store = pointsTo(home);
    try {
      const { status, body } = await call({ port: config.stores[store], ...request });
      return { status, body: { ...body, store } };
    } catch (error) {
      if (error instanceof NoAnswer) return { status: 502, body: { message: `${store} gives ${error.message}`, store } };
      throw error;
    }
  };
  return {
    'GET /': async () => page(await forward({ path: '/status' }), await forward({ path: '/payments' })),
    'GET /status': async () => ({ body: { name: config.name, pid: process.pid, role: 'gate', pointsTo: pointsTo(home) } }),
    'GET /payments': () => forward({ path: '/payments' }),
    'GET /open-tests': () => forward({ path: '/open-tests' }),
    'POST /cancellations': ({ body }) => forward({ method: 'POST', path: '/entries', body: { kind: 'cancellation', text: String(body.payment) } }),
    'GET /payments/*': ({ rest }) => forward({ path: `/payments/${encodeURIComponent(rest)}` }),
    'POST /payments': ({ body }) => forward({ method: 'POST', path: '/entries', body: { kind: 'payment', text: String(body.text) } }),
  };
}

function page({ status, body }, { body: list }) {
  const isOpen = status === 200 && body.role === 'primary';
  const state = isOpen
    ? `Payments are taken. ${body.name} is the primary.`
    : `Payments are NOT taken: ${body.message ?? `${body.name} is ${body.role}`}.`;
  const rows = (list.payments ?? []).map(
    ({ seq, at, text, isCancelled }) =>
      `<tr><td>${seq}</td><td>${new Date(at).toISOString()}</td><td>${escape(text)}${isCancelled ? ' (cancelled)' : ''}</td></tr>`,
  );
  return {
    status: isOpen ? 200 : 503,
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Ledger</title><h1>Ledger</h1><p>${escape(state)}</p>
<table><caption>Newest payments</caption><tr><th>Number</th><th>Time (UTC)</th><th>Payment</th></tr>${rows.join('')}</table></html>`,
  };
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
