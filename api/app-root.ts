// Where the app lies on disk, and which version it is.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder upwards that holds the package: the same from the sources and from the build. */
export function appRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json lies above ${import.meta.dirname}.`);
    folder = parent;
  }
  return folder;
}

export function appVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(appRoot(), 'package.json'), 'utf8'));
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed && typeof parsed.version === 'string') return parsed.version;
  throw new Error('package.json names no version.');
}
