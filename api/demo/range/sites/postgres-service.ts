// PostgreSQL on one site or two: one takes writes, the other follows it by streaming replication.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onHost, writeEnter, writeOnHost, type HostPlace, type SiteHost } from './site-folder.ts';

/** What the databases hold at the beginning: enough to count and to compare, little enough to copy at once. */
const ORDERS = 500;

export interface PostgresHosts {
  readonly folder: string;
  /** The primary of a new range. */
  readonly first: SiteHost;
  /** Its standby; null for a database without one. */
  readonly second: SiteHost | null;
}

/** Starts them in the roles that their disks hold. */
export async function startPostgres({ folder, first, second }: PostgresHosts): Promise<void> {
  prepare(folder, first, second);
  if (!hasCluster(first)) await makeCluster(first);
  await startCluster(first);
  if (second === null) return;
  prepare(folder, second, first);
  if (!hasCluster(second)) await onHost(second, 'pg_basebackup -d service=other-site -D "$PGDATA" -c fast && touch "$PGDATA/standby.signal"');
  await startCluster(second);
}

/** What a command on the host finds in its environment. */
export function postgresProfile(host: SiteHost): Readonly<Record<string, string>> {
  return {
    PGDATA: join(host.home, 'data'),
    PGHOST: '127.0.0.1',
    PGPORT: String(host.port),
    PGUSER: 'postgres',
    PGDATABASE: 'shop',
    PGSERVICEFILE: join(host.home, 'pg_service.conf'),
    PGCONNECT_TIMEOUT: '5',
  };
}

/** A cluster that others may copy, without any database of its own yet. */
export async function initCluster(host: SiteHost): Promise<void> {
  await onHost(host, 'initdb --auth=trust --username=postgres --data-checksums --no-sync --encoding=UTF8 --locale=C.UTF-8 >initdb.log');
  // Settings lie beside the cluster, as Debian has it: pg_rewind copies what is in it.
  await onHost(host, 'echo "include \'../postgresql.conf\'" >"$PGDATA/postgresql.conf"');
}

export async function startCluster(host: SiteHost): Promise<void> {
  await onHost(host, 'pg_ctl status >status.log || pg_ctl start -w -l postgresql.log >start.log');
}

export async function stopCluster(host: HostPlace): Promise<void> {
  if (hasCluster(host)) await onHost(host, 'pg_ctl -D data stop -m immediate >stop.log 2>&1 || true');
}

export function hasCluster(host: HostPlace): boolean {
  return existsSync(join(host.home, 'data', 'PG_VERSION'));
}

/** Settings that every cluster of the range has; `more` come on top. Its disks need not survive a power cut. */
export function writeSettings(host: SiteHost, more: readonly string[]): void {
  const settings = [
    `port = ${host.port}`,
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    'fsync = off',
    'shared_buffers = 16MB',
    'max_connections = 40',
    ...more,
  ];
  writeOnHost(host, 'postgresql.conf', `${settings.join('\n')}\n`);
}

function prepare(folder: string, host: SiteHost, other: SiteHost | null): void {
  writeEnter(folder, host, postgresProfile(host));
  const following = [
    'wal_keep_size = 256MB',
    'wal_receiver_status_interval = 1s',
    'wal_retrieve_retry_interval = 500ms',
    `primary_conninfo = 'service=other-site application_name=${host.key}'`,
  ];
  writeSettings(host, other === null ? [] : following);
  if (other !== null) writeOnHost(host, 'pg_service.conf', `[other-site]\nhost=127.0.0.1\nport=${other.port}\nuser=postgres\ndbname=shop\n`);
}

async function makeCluster(host: SiteHost): Promise<void> {
  await initCluster(host);
  await startCluster(host);
  await onHost(host, 'createdb shop');
  const statements = [
    'create table orders (id bigserial primary key, placed_at timestamptz not null default now(), item text not null, amount numeric(10, 2) not null)',
    'create table dr_marker (seq bigint not null, at timestamptz not null default now())',
    `insert into orders (item, amount) select 'item ' || n, n * 1.25 from generate_series(1, ${ORDERS}) n`,
  ];
  await onHost(host, `psql -q ${statements.map((statement) => `-c "${statement}"`).join(' ')}`);
}
