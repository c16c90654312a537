// The two kinds of process that stay running on a host: a store, and the gate that clients connect to.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateRoutes } from './gate.mjs';
import { serve } from './http.mjs';
import { Store } from './store.mjs';

/** How many payments the gate's page lists. */
const SHOWN_PAYMENTS = 5;

/** Runs the host's process until it is stopped. */
export async function serveHost(home) {
  const config = readConfig(home);
  const routes = {};
  // The port comes first: it keeps a second process away from the entries of the first.
  const server = await serve({ port: config.port, routes });
  Object.assign(routes, config.kind === 'gate' ? gateRoutes(home, config) : await storeRoutes(home, config));
  writeFileSync(join(home, 'ledger.pid'), String(process.pid));
  process.once('SIGTERM', () => process.exit(0));
  console.log(`${new Date().toISOString()} ${config.name} listens on port ${server.address().port}, pid ${process.pid}`);
}

/** What this host is: `{ name, kind, port, peer }` of a store, `{ name, kind, port, stores }` of the gate. */
export function readConfig(home) {
  return JSON.parse(readFileSync(join(home, 'host.json'), 'utf8'));
}

async function storeRoutes(home, config) {
  const store = new Store(home, config);
  await store.start();
  return {
    'GET /status': async () => ({ body: store.status() }),
    'GET /entries': async ({ query }) => ({ body: { entries: store.file.after(Number(query.get('after')), Number(query.get('limit'))) } }),
    'GET /payments': async () => ({ body: { payments: store.payments(SHOWN_PAYMENTS) } }),
    'GET /open-tests': async () => ({ body: { payments: store.openTestPayments() } }),
    'GET /payments/*': async ({ rest }) => found(store.file.after(Number(rest) - 1, 1)[0]),
    'POST /entries': async ({ body }) => store.write(body),
    'POST /apply': async ({ body }) => store.apply(body),
    'POST /promote': () => store.promote(),
    'POST /demote': () => store.demote(),
    'POST /stop': () => stopCleanly(store),
  };
}

function found(entry) {
  return entry?.kind === 'payment' ? { body: entry } : { status: 404, body: { message: 'there is no such payment' } };
}

async function stopCleanly(store) {
  const answer = await store.drain();
  // The answer goes out first.
  if (answer.status === 200) setTimeout(() => process.exit(0), 50);
  return answer;
}
