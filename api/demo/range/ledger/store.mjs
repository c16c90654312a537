// The ledger store: takes writes as the primary, applies the primary's entries as the standby, changes its role when told.
import { EntryFile } from './entry-file.mjs';
import { call, NoAnswer } from './http.mjs';
import { Replication } from './replication.mjs';
import { readRole, writeRole } from './role.mjs';

/** Enough that a count or a checksum says something; written by a primary that has nothing yet. */
const OPENING_ENTRIES = 120;

/** A clean stop gives the peer this many batches to have everything. */
const TURNS_TO_COPY_ALL = 5;

export class Store {
  config;
  file;
  role;
  /** A newer primary has answered: no writes until someone decides. */
  isFenced = false;
  isStopping = false;
  /** What the last resynchronisation dropped and copied; null before one. */
  lastResync = null;
  #home;
  #replication = new Replication(this);

  constructor(home, config) {
    this.#home = home;
    this.config = config;
    this.file = new EntryFile(home);
    this.role = readRole(home);
    if (this.role.role === 'primary' && this.file.count === 0) this.#open();
  }

  /** Meets the peer before the first client: an old primary learns here that there is a newer one. */
  async start() {
    await this.#replication.turn();
    this.#replication.start();
  }

  status() {
    const { role, term, needsResync } = this.role;
    const last = this.file.after(this.file.count - 1, 1)[0];
    return {
      name: this.config.name,
      pid: process.pid,
      role: this.isFenced ? 'fenced' : role,
      term,
      needsResync,
      lastResync: this.lastResync,
      count: this.file.count,
      hash: this.file.position.hash,
      lastAt: last?.at ?? null,
      newestMarker: this.#newestMarker(),
      peer: { name: this.config.peer.name, ...this.#replication.peer },
    };
  }

  /** A client's write: acknowledged when it is on this host's disk, copied to the standby a little later. */
  write({ kind, text }) {
    const { name, peer } = this.config;
    if (this.role.role !== 'primary') return refusal(`${name} is the standby and takes no writes; write to ${peer.name}`);
    if (this.isFenced) return refusal(`${name} takes no writes: ${peer.name} is the newer primary; run "ledger rejoin" on ${name}`);
    if (this.isStopping) return refusal(`${name} is being stopped and takes no writes`);
    if (kind === 'marker' && Number(text) <= this.#newestMarker()) this.file.add({ term: this.role.term, kind: 'markers-closed', text: '' });
    return { status: 201, body: this.file.add({ term: this.role.term, kind, text }) };
  }

  /** A batch from the primary. What does not fit is answered with our position, so that the primary can find where we are. */
  apply({ from, term, after, entries }) {
    const { role, needsResync } = this.role;
    const { position } = this.file;
    const refuse = (reason) => ({
      status: 409,
      body: { reason, position, message: `${this.config.name} did not take a batch of ${from}: ${reason}` },
    });
    if (role === 'primary') return refuse(this.role.term >= term ? 'newer-primary' : 'also-primary');
    if (needsResync) return refuse('resynchronising');
    if (term < this.role.term) return refuse('newer-primary');
    if (position.seq !== after.seq || position.hash !== after.hash) return refuse('position');
    this.file.adopt(entries);
    if (term > this.role.term) this.#become({ role: 'standby', term, needsResync: false });
    return { status: 200, body: { position: this.file.position } };
  }

  /** From standby to primary. Refused while the other one still answers as the primary: two primaries would part the ledger in two. */
  async promote() {
    const { name, peer } = this.config;
    const other = await this.#askPeer();
    if (other?.role === 'primary') return refusal(`${peer.name} still answers as the primary; stop it before you promote ${name}`);
    if (other !== null && this.role.needsResync) return refusal(`${name} has not caught up with ${peer.name}; wait until "ledger role" says standby`);
    if (this.role.role === 'primary' && !this.isFenced) return { status: 200, body: { term: this.role.term, count: this.file.count } };
    this.#become({ role: 'primary', term: Math.max(this.role.term, other?.term ?? 0) + 1, needsResync: false });
    return { status: 200, body: { term: this.role.term, count: this.file.count } };
  }

  /** To standby; what the next primary does not have is dropped as soon as that one answers. */
  async demote() {
    this.#become({ ...this.role, role: 'standby', needsResync: true });
    this.lastResync = null;
    await this.#replication.turn();
    return { status: 200, body: { needsResync: this.role.needsResync, lastResync: this.lastResync } };
  }

  becomeStandbyOf(term, resync) {
    this.lastResync = resync;
    this.#become({ role: 'standby', term, needsResync: false });
  }

  /** Takes no more writes and waits until the standby has all of them. Refused, and nothing changed, when it does not get them. */
  async drain() {
    if (this.role.role !== 'primary' || this.isFenced) return { status: 200, body: { role: this.status().role } };
    this.isStopping = true;
    for (let turn = 0; turn < TURNS_TO_COPY_ALL; turn += 1) {
      await this.#replication.turn();
      if (this.#replication.peer?.hash === this.file.position.hash) return { status: 200, body: { role: 'primary', count: this.file.count } };
    }
    this.isStopping = false;
    const { name, peer } = this.config;
    return refusal(`${name} was not stopped: ${peer.name} does not have all its entries; check ${peer.name}, or use "ledger stop --hard"`);
  }

  /** The newest payments, and whether each was cancelled since. */
  payments(limit) {
    const cancelled = new Set(this.file.newest((entry) => entry.kind === 'cancellation', Infinity).map((entry) => Number(entry.text)));
    return this.file.newest((entry) => entry.kind === 'payment', limit).map((payment) => ({ ...payment, isCancelled: cancelled.has(payment.seq) }));
  }

  openTestPayments() {
    return this.payments(Infinity).filter(({ text, isCancelled }) => text.startsWith('test payment') && !isCancelled);
  }

  #open() {
    for (let number = 1; number <= OPENING_ENTRIES; number += 1) {
      this.file.add({ term: this.role.term, kind: 'opening', text: `opening balance of account ${1000 + number}` });
    }
  }

  #become(role) {
    this.role = writeRole(this.#home, role);
    this.isFenced = false;
    console.log(
      `${new Date().toISOString()} ${this.config.name} is ${role.role}, term ${role.term}${role.needsResync ? ', to be resynchronised' : ''}`,
    );
  }

  async #askPeer() {
    try {
      return (await call({ port: this.config.peer.port, path: '/status' })).body;
    } catch (error) {
      if (error instanceof NoAnswer) return null;
      throw error;
    }
  }

  #newestMarker() {
    const [newest] = this.file.newest((entry) => entry.kind === 'marker' || entry.kind === 'markers-closed', 1);
    return newest?.kind === 'marker' ? Number(newest.text) : 0;
  }
}

function refusal(message) {
  return { status: 409, body: { message } };
}
