// Backups of the database in a restic repository, and the host that they are restored on, with a cluster of its own.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { handOver, hostAccount } from './account.ts';
import { hasCluster, initCluster, postgresProfile, startCluster, writeSettings } from './postgres-service.ts';
import { onHost, writeEnter, writeOnHost, type SiteHost } from './site-folder.ts';

export interface Backups {
  readonly folder: string;
  /** The cluster that is backed up: a primary or a standby. */
  readonly source: SiteHost;
  readonly restore: SiteHost;
}

/** Starts the cluster for restores, and takes a backup as a nightly job does. */
export async function startBackups({ folder, source, restore }: Backups): Promise<void> {
  const repository = join(folder, 'backups');
  mkdirSync(repository, { recursive: true, mode: 0o700 });
  handOver(repository, hostAccount());
  for (const host of [source, restore]) {
    writeOnHost(host, 'restic-password', 'practice range\n');
    writeEnter(folder, host, {
      ...postgresProfile(host),
      ...(host === restore ? { PGDATABASE: 'postgres' } : {}),
      RESTIC_REPOSITORY: repository,
      RESTIC_PASSWORD_FILE: join(host.home, 'restic-password'),
      RESTIC_CACHE_DIR: join(host.home, 'restic-cache'),
    });
  }
  writeSettings(restore, []);
  if (!hasCluster(restore)) await initCluster(restore);
  await startCluster(restore);
  if (!existsSync(join(repository, 'config'))) await onHost(source, 'restic init --quiet');
  await onHost(source, 'pg_dump --format=custom shop | restic backup --quiet --stdin --stdin-filename shop.dump --host shop --tag nightly');
}
