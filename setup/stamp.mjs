// One hash over files: when it is the same as last time, nothing has to be done again.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

/** All that a build reads. By content, not by time: a checkout touches files without changing them. */
const SOURCES = ['api', 'web', 'setup/copy-assets.mjs', 'package-lock.json', 'tsconfig.json', 'tsconfig.api.json', 'tsconfig.build.json'];

const IGNORED = new Set(['dist', 'node_modules']);

export function hashOfSources() {
  return hashOfFiles(SOURCES.flatMap(filesIn));
}

/** Lower-case hex SHA-256 over names and contents of the files, given relative to the package, and over `more`. */
export function hashOfFiles(paths, more = '') {
  const hash = createHash('sha256').update(more);
  for (const path of paths) {
    const bytes = readFileSync(join(ROOT, path));
    hash.update(`\0${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(join(ROOT, path))) return [];
  let entries;
  try {
    entries = readdirSync(join(ROOT, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  const kept = entries.filter(({ name }) => !IGNORED.has(name) && !name.startsWith('.'));
  return kept
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
}
