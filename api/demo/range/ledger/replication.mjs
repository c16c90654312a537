// Primary to standby: the primary pushes what is new in batches, and a host that comes back drops what the primary never had.
import { call, NoAnswer } from './http.mjs';

/** How often the primary sends what is new. What was acknowledged since the last batch is lost with the primary: this is the ledger's recovery point. */
const BATCH_EVERY_MS = 400;

const BATCH_SIZE = 500;

/** Runs until `stop` is called; `store` is asked for its role at each turn. */
export class Replication {
  #store;
  #cursor = null;
  #timer = null;
  #turn = Promise.resolve();
  /** What the peer said last: null before its first answer. */
  peer = null;

  constructor(store) {
    this.#store = store;
  }

  start() {
    this.#timer = setTimeout(() => {
      void this.turn().finally(() => this.#timer === null || this.start());
    }, BATCH_EVERY_MS);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** One turn now, after the one that is under way; for promotions and clean stops, which must not wait for the timer. */
  turn() {
    this.#turn = this.#turn.then(() => this.#act()).catch((error) => this.#noted(error));
    return this.#turn;
  }

  async #act() {
    if (this.#store.role.role === 'primary') await this.#push();
    else if (this.#store.role.needsResync) await this.#resync();
  }

  async #push() {
    const { file, role, config } = this.#store;
    this.#cursor ??= file.position;
    const entries = file.after(this.#cursor.seq, BATCH_SIZE);
    const { status, body } = await this.#ask('POST', '/apply', { from: config.name, term: role.term, after: this.#cursor, entries });
    if (status === 200) this.#cursor = body.position;
    else if (body.reason === 'position' && file.hashAt(body.position.seq) === body.position.hash) this.#cursor = body.position;
    this.#store.isFenced = body.reason === 'newer-primary';
    this.peer = { reason: body.reason ?? null, seq: body.position?.seq ?? null, hash: body.position?.hash ?? null };
    if (status === 200 && entries.length === BATCH_SIZE) await this.#push();
  }

  async #resync() {
    const { file } = this.#store;
    const { body: primary } = await this.#ask('GET', '/status');
    this.peer = { reason: primary.role, seq: primary.count, hash: primary.hash };
    if (primary.role !== 'primary') return;
    const common = await this.#lastCommon(Math.min(file.count, primary.count));
    const discarded = file.discardAfter(common);
    let copied = 0;
    for (;;) {
      const { body } = await this.#ask('GET', `/entries?after=${file.count}&limit=${BATCH_SIZE}`);
      file.adopt(body.entries);
      copied += body.entries.length;
      if (body.entries.length < BATCH_SIZE) break;
    }
    this.#store.becomeStandbyOf(primary.term, { discarded, copied, at: Date.now() });
  }

  /** Number of the last entry that both hosts have, found from the end backwards. */
  async #lastCommon(from) {
    const { file } = this.#store;
    for (let high = from; high > 0; high -= BATCH_SIZE) {
      const low = Math.max(0, high - BATCH_SIZE);
      const { body } = await this.#ask('GET', `/entries?after=${low}&limit=${high - low}`);
      const match = body.entries.findLast((entry) => file.hashAt(entry.seq) === entry.hash);
      if (match !== undefined) return match.seq;
    }
    return 0;
  }

  #ask(method, path, body) {
    return call({ port: this.#store.config.peer.port, method, path, body });
  }

  #noted(error) {
    if (!(error instanceof NoAnswer)) console.log(`${new Date().toISOString()} replication: ${error.stack}`);
    this.peer = null;
    this.#cursor = null;
  }
}
