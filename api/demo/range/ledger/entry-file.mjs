// The entries of a ledger: an append-only file in which every entry carries the checksum of all before it.
import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Checksum "before the first entry". */
export const NO_ENTRIES = '0'.repeat(64);

/**
 * Reads all whole entries and proves their chain of checksums. A last line without its end was never acknowledged, and is left out.
 * Throws when an entry does not follow from the one before: the file was damaged.
 */
export function readEntries(path) {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const entries = lines.map((line) => JSON.parse(line));
  let hash = NO_ENTRIES;
  for (const [index, entry] of entries.entries()) {
    hash = checksum(hash, entry);
    if (entry.seq !== index + 1 || entry.hash !== hash) throw new Error(`${path} is damaged: entry ${index + 1} does not follow from the one before`);
  }
  return entries;
}

/** The form in which entries are kept on disk, in backups and among the discarded. */
export function toLines(entries) {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

export class EntryFile {
  #descriptor;
  #entries;
  #discardedPath;

  constructor(folder) {
    const path = join(folder, 'entries.jsonl');
    this.#entries = readEntries(path);
    this.#descriptor = openSync(path, 'a');
    this.#discardedPath = join(folder, 'discarded.jsonl');
    ftruncateSync(this.#descriptor, Buffer.byteLength(toLines(this.#entries)));
  }

  get count() {
    return this.#entries.length;
  }

  /** Checksum over the first `seq` entries; null when there are not that many. */
  hashAt(seq) {
    return seq === 0 ? NO_ENTRIES : (this.#entries[seq - 1]?.hash ?? null);
  }

  get position() {
    return { seq: this.count, hash: this.hashAt(this.count) };
  }

  /** At most `limit` entries after number `seq`. */
  after(seq, limit) {
    return this.#entries.slice(seq, seq + limit);
  }

  /** The last entries for which `isWanted` holds, newest first. */
  newest(isWanted, limit) {
    const found = [];
    for (let index = this.count - 1; index >= 0 && found.length < limit; index -= 1) {
      if (isWanted(this.#entries[index])) found.push(this.#entries[index]);
    }
    return found;
  }

  /** Adds an entry of our own; it is on disk when this returns. */
  add({ term, kind, text }) {
    const body = { seq: this.count + 1, at: Date.now(), term, kind, text };
    const entry = { ...body, hash: checksum(this.hashAt(this.count), body) };
    this.#write([entry]);
    return entry;
  }

  /** Adds copies of another host's entries; throws when they do not follow from what is here. */
  adopt(entries) {
    let { seq, hash } = this.position;
    for (const entry of entries) {
      seq += 1;
      hash = checksum(hash, entry);
      if (entry.seq !== seq || entry.hash !== hash) throw new Error(`entry ${entry.seq} does not follow from entry ${seq - 1} of this host`);
    }
    if (entries.length > 0) this.#write(entries);
  }

  /** Cuts off all entries after number `seq`, and keeps them in discarded.jsonl for people to look at. Gives back how many. */
  discardAfter(seq) {
    const discarded = this.#entries.slice(seq);
    if (discarded.length === 0) return 0;
    appendFileSync(this.#discardedPath, toLines(discarded), { flush: true });
    this.#entries.length = seq;
    ftruncateSync(this.#descriptor, Buffer.byteLength(toLines(this.#entries)));
    fsyncSync(this.#descriptor);
    return discarded.length;
  }

  close() {
    closeSync(this.#descriptor);
  }

  #write(entries) {
    writeSync(this.#descriptor, toLines(entries));
    fsyncSync(this.#descriptor);
    this.#entries.push(...entries);
  }
}

function checksum(before, { seq, at, term, kind, text }) {
  return createHash('sha256')
    .update(before)
    .update(JSON.stringify([seq, at, term, kind, text]))
    .digest('hex');
}
