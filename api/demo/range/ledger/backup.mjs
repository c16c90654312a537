// Backups of a ledger: copy all entries to a file, restore them into a folder, and prove by checksum what was restored.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { NO_ENTRIES, readEntries, toLines } from './entry-file.mjs';
import { Refused } from './refused.mjs';

/** Paths are relative to the host's home. */
export const backupVerbs = {
  async backup([file], { home, say }) {
    if (file === undefined) throw new Refused('usage: ledger backup <file>');
    const entries = readEntries(join(home, 'entries.jsonl'));
    const path = resolve(home, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, toLines(entries), { flush: true });
    renameSync(`${path}.new`, path);
    say(`backed up ${describe(entries)}`);
  },

  async restore([file, folder], { home, say }) {
    if (folder === undefined) throw new Refused('usage: ledger restore <backup> <folder>');
    const target = resolve(home, folder);
    if (target === home) throw new Refused('a backup is restored into a folder of its own, never over the running ledger');
    const entries = readBackup(resolve(home, file));
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'entries.jsonl'), toLines(entries), { flush: true });
    say(`restored ${describe(entries)}`);
  },

  /** Computes every checksum of a restored ledger anew. */
  async verify([folder], { home, say }) {
    if (folder === undefined) throw new Refused('usage: ledger verify <folder>');
    say(`verified ${describe(readBackup(join(resolve(home, folder), 'entries.jsonl')))}`);
  },

  /** Checksum over this host's first entries, as many as asked for: to compare a copy with the source. */
  async checksum([count], { home, config, say }) {
    const entries = readEntries(join(home, 'entries.jsonl'));
    const number = Number(count ?? entries.length);
    if (!Number.isInteger(number) || number < 0 || number > entries.length)
      throw new Refused(`${config.name} has ${entries.length} entries, not ${count}`);
    say(number === 0 ? NO_ENTRIES : entries[number - 1].hash);
  },

  async count(_args, { home, say }) {
    say(readEntries(join(home, 'entries.jsonl')).length);
  },
};

function readBackup(path) {
  try {
    const entries = readEntries(path);
    if (entries.length === 0) throw new Refused(`there are no entries in ${path}`);
    return entries;
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(error.message);
  }
}

function describe(entries) {
  return `${entries.length} entries, checksum ${entries.at(-1)?.hash ?? NO_ENTRIES}`;
}
