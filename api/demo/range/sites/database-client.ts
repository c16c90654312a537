// The host of the application that uses the database: its connection finds whichever site takes writes.
import { join } from 'node:path';
import { writeEnter, writeOnHost, type SiteHost } from './site-folder.ts';

export interface DatabaseClient {
  readonly folder: string;
  readonly host: SiteHost;
  /** The clusters that it may be sent to. */
  readonly servers: readonly SiteHost[];
}

/** Nothing runs on it: it has the settings of a client, as an application has them. */
export function prepareDatabaseClient({ folder, host, servers }: DatabaseClient): void {
  writeEnter(folder, host, { PGSERVICEFILE: join(host.home, 'pg_service.conf') });
  const hosts = servers.map(() => '127.0.0.1').join(',');
  const ports = servers.map(({ port }) => port).join(',');
  const lines = [`host=${hosts}`, `port=${ports}`, 'user=postgres', 'dbname=shop', 'target_session_attrs=read-write', 'connect_timeout=2'];
  writeOnHost(host, 'pg_service.conf', `[shop]\n${lines.join('\n')}\n`);
}
