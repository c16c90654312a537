// Who holds an SQLite file, in a small file beside it. It only informs: the lock is SQLite's own, and it goes with its process.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

export function noteHolder(file: string): void {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  // What a killed process left must not stand for this one.
  forgetHolder(file);
  tolerate(() => writeFileSync(placeOf(file), `${JSON.stringify(holder)}\n`, { mode: 0o600 }));
}

export function forgetHolder(file: string): void {
  tolerate(() => rmSync(placeOf(file), { force: true }));
}

/** In parentheses with a space ahead, for the middle of a sentence; empty when it is not known. */
export function readHolder(file: string): string {
  const holder = tolerate((): unknown => JSON.parse(readFileSync(placeOf(file), 'utf8')));
  return isHolder(holder) ? ` (number ${holder.pid} on ${holder.host}, since ${minuteOf(holder.since)} UTC)` : '';
}

/** A full disk keeps nobody from holding the database. */
function tolerate<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null || !('pid' in value && 'host' in value && 'since' in value)) return false;
  return typeof value.pid === 'number' && typeof value.host === 'string' && typeof value.since === 'string';
}

function minuteOf(instant: string): string {
  return instant.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
}

function placeOf(file: string): string {
  return `${file}.holder`;
}
