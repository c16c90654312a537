// A stateless web tier: two servers on each site, and nginx at the edge that says which of them clients reach.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from './programs.ts';
import { onHost, writeEnter, writeOnHost, writeProgram, type SiteHost } from './site-folder.ts';

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
  if (!existsSync(join(edge.home, 'upstream.conf'))) writeOnHost(edge, 'upstream.conf', upstream(servers));
  // Munich's servers are a cold reserve: a failover starts them.
  const cold = servers.filter(({ site }) => site === 'munich');
  await Promise.all([...servers.filter((host) => !cold.includes(host)), edge].map((host) => onHost(host, 'nginx')));
}

export async function stopNginx(host: SiteHost): Promise<void> {
  if (existsSync(join(host.home, 'nginx.pid'))) await onHost(host, 'nginx -s stop >stop.log 2>&1 || true');
}

function prepare(folder: string, host: SiteHost): void {
  writeEnter(folder, host, {});
  const words = ['-p', host.home, '-e', join(host.home, 'error.log'), '-c', join(host.home, 'nginx.conf')];
  writeProgram(host, 'nginx', [programPath('nginx'), ...words]);
}

/** One line a server; `down` takes it out. */
function upstream(servers: readonly SiteHost[]): string {
  return servers.map(({ key, site, port }) => `server 127.0.0.1:${port}${site === 'munich' ? ' down' : ''}; # ${key}\n`).join('');
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

function edgeServer({ home, port }: SiteHost): string {
  return `  upstream web { include ${quoted(join(home, 'upstream.conf'))}; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://web; proxy_connect_timeout 1s; }
  }`;
}

function quoted(path: string): string {
  return `"${path.replaceAll(/["\\$]/g, '\\$&')}"`;
}
