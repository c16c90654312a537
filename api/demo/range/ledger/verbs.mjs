// What `ledger` can be told on a store and on the gate. A verb prints its result, or throws with the sentence that says why not.
import { backupVerbs } from './backup.mjs';
import { pointAt, pointsTo } from './gate.mjs';
import { call } from './http.mjs';
import { awaitEnd, killProcess, startProcess, statusOf } from './process.mjs';
import { Refused } from './refused.mjs';
import { readRole, writeRole } from './role.mjs';

const COMMON = {
  async start(_args, { home, config, say }) {
    const before = await statusOf(config);
    const { role } = before ?? (await startProcess(home, config));
    say(`${config.name} ${before === null ? 'was started' : 'is running already'}, as ${role}`);
  },
};

const STORE = {
  ...COMMON,
  ...backupVerbs,

  async status(_args, { config, say }) {
    const status = await running(config);
    say(`${status.name} is ${status.role}, term ${status.term}`);
    say(`${status.count} entries, checksum ${status.hash.slice(0, 12)}, newest marker ${status.newestMarker}`);
    if (status.role !== 'primary') return;
    const behind =
      status.peer.seq === undefined || status.peer.seq === null ? 'does not answer' : `is ${status.count - status.peer.seq} entries behind`;
    say(`${status.peer.name} ${behind}`);
  },

  /** primary, standby, fenced, resynchronising or stopped: for runbooks to compare. */
  async role(_args, { config, say }) {
    const status = await statusOf(config);
    if (status === null) say('stopped');
    else say(status.needsResync ? 'resynchronising' : status.role);
  },

  async stop([how], { home, config, say }) {
    if (how === '--hard') {
      say((await killProcess(home, config)) ? `${config.name} was killed` : `${config.name} was not running`);
    } else if ((await statusOf(config)) === null) {
      say(`${config.name} was not running`);
    } else {
      const { role, count } = await ask(config, '/stop');
      await awaitEnd(home, config);
      say(`${config.name} was stopped${role === 'primary' ? `; all its ${count} entries are on ${config.peer.name}` : ''}`);
    }
  },

  async promote(_args, { config, say }) {
    await running(config);
    const { term, count } = await ask(config, '/promote');
    say(`${config.name} is the primary now, term ${term}, with ${count} entries`);
  },

  /** To standby, also when it does not run; what the other one does not have is dropped once that is the primary. */
  async demote(_args, { home, config, say }) {
    const { needsResync } = await becomeStandby(home, config);
    say(`${config.name} is the standby now${needsResync ? `; it will catch up as soon as ${config.peer.name} is the primary` : ''}`);
  },

  /** Comes back as the standby of the other host, and drops what that one never had. */
  async rejoin(_args, { home, config, say }) {
    const { peer } = config;
    const primary = await statusOf(peer);
    if (primary?.role !== 'primary') throw new Refused(`${peer.name} is not the primary, so there is nothing to rejoin; see "ledger role" there`);
    const { needsResync, lastResync } = await becomeStandby(home, config);
    if (needsResync) throw new Refused(`${config.name} could not be resynchronised with ${peer.name}; see ledger.log`);
    const dropped = lastResync.discarded === 1 ? '1 entry was discarded' : `${lastResync.discarded} entries were discarded`;
    say(`${config.name} is the standby of ${peer.name}: ${dropped} that ${peer.name} never had, ${lastResync.copied} copied`);
    if (lastResync.discarded > 0) say('the discarded ones are kept in discarded.jsonl');
  },

  /** Acknowledged when it is on the primary's disk. */
  async write([marker], { config, say }) {
    if (!/^\d+$/.test(marker ?? '')) throw new Refused(`a marker is a number, not "${marker ?? ''}"`);
    await running(config);
    const { seq } = await ask(config, '/entries', { kind: 'marker', text: marker });
    say(`marker ${marker} is entry ${seq}`);
  },

  /** Number of the newest marker that is here; nothing when there is none. */
  async newest(_args, { config, say }) {
    const { newestMarker } = await running(config);
    if (newestMarker > 0) say(newestMarker);
  },

  /** Shows a payment that this host has. */
  async payment([number], { config, say }) {
    await running(config);
    const { status, body } = await call({ port: config.port, path: `/payments/${encodeURIComponent(number ?? '')}` });
    if (status !== 200) throw new Refused(`${config.name} has no payment ${number ?? ''}`);
    say(`payment ${body.seq} of ${new Date(body.at).toISOString()} is on ${config.name}: ${body.text}`);
  },

  /** Ends a series of markers, so that the next drill does not find the markers of this one. */
  async 'close-markers'(_args, { config, say }) {
    await running(config);
    await ask(config, '/entries', { kind: 'markers-closed', text: '' });
    say('the series of markers is closed');
  },

  /** Age in seconds of the oldest entry of the primary that this standby does not have; 0 when it has all. */
  async lag(_args, { config, say }) {
    const own = await running(config);
    const { body } = await call({ port: config.peer.port, path: `/entries?after=${own.count}&limit=1` });
    const oldest = body.entries[0];
    say(oldest === undefined ? '0' : ((Date.now() - oldest.at) / 1000).toFixed(2));
  },
};

const GATE = {
  ...COMMON,

  async status(_args, { home, config, say }) {
    await running(config);
    const target = pointsTo(home);
    const store = await statusOf({ name: target, port: config.stores[target] });
    say(`${config.name} points to ${target}, which is ${store?.role ?? 'stopped'}`);
  },

  async stop(_args, { home, config, say }) {
    say((await killProcess(home, config)) ? `${config.name} was stopped` : `${config.name} was not running`);
  },

  /** Name of the store it points to: for runbooks to compare. */
  async target(_args, { home, say }) {
    say(pointsTo(home));
  },

  async point([store], { home, config, say }) {
    const names = Object.keys(config.stores);
    if (!names.includes(store)) throw new Refused(`${config.name} can point to ${names.join(' or ')}, not to "${store ?? ''}"`);
    const before = pointsTo(home);
    pointAt(home, store);
    say(`${config.name} points to ${store} now, before to ${before}`);
  },

  /** The client's path: writes a payment through the gate and reads it back. */
  async pay(_args, { config, say }) {
    await running(config);
    const text = `test payment of ${new Date().toISOString()}`;
    const written = await call({ port: config.port, method: 'POST', path: '/payments', body: { text } });
    if (written.status !== 201) throw new Refused(`no payment was taken: ${written.body.message}`);
    const { seq } = written.body;
    const read = await call({ port: config.port, path: `/payments/${seq}` });
    if (read.body.text !== text) throw new Refused(`payment ${seq} was taken, but reading it back gave ${JSON.stringify(read.body)}`);
    say(`payment ${seq} was written to ${read.body.store} and read back; all payments: http://127.0.0.1:${config.port}/`);
  },

  /** Cancels the test payments that are not cancelled yet: a booking against each, since a ledger forgets nothing. */
  async 'cancel-tests'(_args, { config, say }) {
    await running(config);
    const open = await call({ port: config.port, path: '/open-tests' });
    if (open.status !== 200) throw new Refused(`the test payments cannot be read: ${open.body.message}`);
    for (const { seq } of open.body.payments) await ask(config, '/cancellations', { payment: seq });
    say(`test payments cancelled: ${open.body.payments.map(({ seq }) => seq).join(', ') || 'none'}`);
  },
};

/** By the kind of host, then by verb. */
export const VERBS = { store: STORE, gate: GATE };

async function running(config) {
  const status = await statusOf(config);
  if (status === null) throw new Refused(`${config.name} is not running; "ledger start" starts it`);
  return status;
}

/** A process that does not run is started as a standby: it must not come up as a primary first. */
async function becomeStandby(home, config) {
  if ((await statusOf(config)) === null) {
    writeRole(home, { ...readRole(home), role: 'standby', needsResync: true });
    await startProcess(home, config);
  }
  return ask(config, '/demote');
}

/** Tells the running process something; its refusal becomes ours. */
async function ask(config, path, body = {}) {
  const { status, body: answer } = await call({ port: config.port, method: 'POST', path, body, withinMs: 10_000 });
  if (status >= 400) throw new Refused(answer.message);
  return answer;
}
