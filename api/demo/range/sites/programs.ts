// The programs that the hosts of the two sites run: where they are, and which packages bring those that are missing.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { SiteService } from './site-hosts.ts';

/** Where Debian keeps what is for administrators; not on everyone's PATH. */
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];
/** Debian keeps PostgreSQL's own tools off the PATH, a folder a version. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** By the Debian package that brings them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  postgresql: ['initdb', 'pg_ctl', 'pg_rewind', 'pg_basebackup', 'psql'],
  'redis-server': ['redis-server', 'redis-cli'],
  nginx: ['nginx'],
  curl: ['curl'],
  bind9: ['named', 'rndc'],
  'bind9-dnsutils': ['dig', 'nsupdate'],
  restic: ['restic'],
};

const NEEDED: Readonly<Record<SiteService, readonly string[]>> = {
  postgres: ['postgresql', 'restic'],
  'database-client': ['postgresql'],
  restore: ['postgresql', 'restic'],
  redis: ['redis-server'],
  web: ['nginx', 'curl'],
  edge: ['nginx', 'curl'],
  dns: ['bind9', 'bind9-dnsutils'],
  plain: [],
};

/** Packages that are not installed and that these services need, sorted. */
export function missingPackages(services: readonly SiteService[]): readonly string[] {
  const needed = new Set(services.flatMap((service) => NEEDED[service]));
  return [...needed].filter((name) => !(PACKAGES[name] ?? []).every((program) => findProgram(program) !== null)).toSorted();
}

/** Full path of a program; throws when the machine has none. */
export function programPath(name: string): string {
  const found = findProgram(name);
  if (found === null) throw new Error(`there is no ${name} on this machine`);
  return found;
}

/** Folders in which every program of the hosts is found, for their PATH. */
export function programFolders(): readonly string[] {
  return [...postgresFolders(), ...MORE_FOLDERS];
}

function findProgram(name: string): string | null {
  const folders = [...postgresFolders(), ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/')), ...MORE_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** The newest version only: its programs belong together. */
function postgresFolders(): readonly string[] {
  if (!existsSync(POSTGRES_VERSIONS)) return [];
  const versions = readdirSync(POSTGRES_VERSIONS).toSorted((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(POSTGRES_VERSIONS, version, 'bin'))
    .filter((folder) => existsSync(join(folder, 'initdb')))
    .slice(0, 1);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
