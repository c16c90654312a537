// A stateless web tier: two servers on each site, and nginx at the edge that says which of them clients reach.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from './programs.ts';
import { onHost, writeEnter, writeOnHost, writeProgram, type HostPlace, type SiteHost } from './site-folder.ts';

export interface WebTier {
  readonly folder: string;
  readonly servers: readonly SiteHost[];
  readonly edge: SiteHost;
}

/** Starts every nginx, each with the settings that its disk holds; a new range sends clients to Hamburg. */
export async function startWebTier({ folder, servers, edge }: WebTier): Promise<void> {
  for (const host of servers) {
    prepare(folder, host);
    writeOnHost(host, 'nginx.conf', settings(host, serverOf(host)));
  }
  prepare(folder, edge);
  writeOnHost(edge, 'nginx.conf', settings(edge, edgeServer(edge)));
  await listServers(edge, servers);
  // The servers of the other site are a cold reserve: a failover starts them.
  const enabled = readdirSync(join(edge.home, 'servers-enabled'));
  await Promise.all([...servers.filter(({ key }) => enabled.includes(`${key}.conf`)), edge].map((host) => onHost(host, 'nginx')));
}

export async function stopNginx(host: HostPlace): Promise<void> {
  if (existsSync(join(host.home, 'nginx.pid')))
    await onHost(host, 'nginx -s stop >stop.log 2>&1 || rm -f nginx.pid; while [ -e nginx.pid ]; do sleep 0.05; done');
}

function prepare(folder: string, host: SiteHost): void {
  writeEnter(folder, host, {});
  const words = ['-p', host.home, '-e', join(host.home, 'error.log'), '-c', join(host.home, 'nginx.conf')];
  writeProgram(host, 'nginx', [programPath('nginx'), ...words]);
}

/** A file a server, and a link to each that clients are sent to; where there are links already, they stay. */
async function listServers(edge: SiteHost, servers: readonly SiteHost[]): Promise<void> {
  await onHost(edge, 'mkdir -p servers-available servers-enabled');
  for (const { key, port } of servers) writeOnHost(edge, join('servers-available', `${key}.conf`), `server 127.0.0.1:${port};\n`);
  if (readdirSync(join(edge.home, 'servers-enabled')).length > 0) return;
  for (const { key } of servers.filter(({ site }) => site === 'hamburg'))
    await onHost(edge, `ln -s ../servers-available/${key}.conf servers-enabled/`);
}

function settings(host: SiteHost, server: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${quoted(join(host.home, 'tmp'))};`);
  return `pid ${quoted(join(host.home, 'nginx.pid'))};
worker_processes 1;
events {}
http {
  access_log ${quoted(join(host.home, 'access.log'))};
${temporary.join('\n')}
${server}
}
`;
}

function serverOf({ key, site, port }: SiteHost): string {
  return `  server {
    listen 127.0.0.1:${port};
    default_type text/plain;
    location = /health { access_log off; return 200 "ok ${site} ${key}\\n"; }
    location / { return 200 "Harbour Bank, from ${site}\\n"; }
  }`;
}

function edgeServer({ port }: SiteHost): string {
  return `  upstream web { include servers-enabled/*.conf; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://web; proxy_connect_timeout 1s; }
  }`;
}

function quoted(path: string): string {
  return `"${path.replaceAll(/["\\$]/g, '\\$&')}"`;
}
