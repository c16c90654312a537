// The role of a store (primary or standby) and its term, kept on disk so that a restart continues as what it was.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** `{ role, term, needsResync }`: of two primaries the one with the higher term is right. */
export function readRole(home) {
  return JSON.parse(readFileSync(join(home, 'role.json'), 'utf8'));
}

/** Replaces the role in one step: a crash leaves the old or the new one, never half of one. */
export function writeRole(home, role) {
  const path = join(home, 'role.json');
  const descriptor = openSync(`${path}.new`, 'w');
  writeSync(descriptor, JSON.stringify(role));
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(`${path}.new`, path);
  return role;
}
