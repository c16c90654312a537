// A name server with one zone that is changed by dynamic update, signed with a key that lies on the host.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { programPath } from './programs.ts';
import { ADDRESSES, ZONE } from './site-hosts.ts';
import { onHost, writeEnter, writeOnHost, writeProgram, type HostPlace, type SiteHost } from './site-folder.ts';

/** It answers within a fraction of a second; a loaded machine needs longer. */
const TRIES = 100;
const TRY_EVERY_MS = 50;

export interface NameServer {
  readonly folder: string;
  readonly host: SiteHost;
  /** Of the name that is moved, in a new zone. */
  readonly nameTtlSeconds: number;
}

/** Starts named with the zone as its disk holds it; a new range points the name at Hamburg. */
export async function startNameServer({ folder, host, nameTtlSeconds }: NameServer): Promise<void> {
  const path = (name: string): string => join(host.home, name);
  writeEnter(folder, host, {});
  if (!existsSync(path('dr.key'))) writeOnHost(host, 'dr.key', keyText('dr'));
  if (!existsSync(path('rndc.key'))) writeOnHost(host, 'rndc.key', keyText('rndc'));
  writeOnHost(
    host,
    'rndc.conf',
    `include "${path('rndc.key')}";\noptions { default-server 127.0.0.1; default-port ${host.adminPort}; default-key rndc; };\n`,
  );
  writeOnHost(host, 'named.conf', settings(host));
  if (!existsSync(path('zone'))) writeOnHost(host, 'zone', zoneText(nameTtlSeconds));
  writeProgram(host, 'rndc', [programPath('rndc'), '-c', path('rndc.conf')]);
  writeProgram(host, 'dig', [programPath('dig'), '-p', String(host.port)]);
  writeProgram(host, 'nsupdate', [programPath('nsupdate'), '-p', String(host.port)]);
  rmSync(path('named.pid'), { force: true });
  await onHost(host, 'named -c named.conf -n 1');
  await untilAnswering(host);
}

export async function stopNameServer(host: HostPlace): Promise<void> {
  const file = join(host.home, 'named.pid');
  if (!existsSync(file)) return;
  const pid = readFileSync(file, 'utf8').trim();
  await onHost(host, `kill ${Number(pid)} 2>stop.log || true`);
}

async function untilAnswering(host: SiteHost): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await onHost(host, `dig +short +time=1 +tries=1 @127.0.0.1 ${ZONE} SOA || true`);
    if (answer.startsWith('ns.')) return;
    await pause(TRY_EVERY_MS);
  }
  throw new Error(`named of ${host.key} does not answer on port ${host.port}`);
}

function settings({ home, port, adminPort }: SiteHost): string {
  const path = (name: string): string => `"${join(home, name)}"`;
  return `include ${path('dr.key')};
include ${path('rndc.key')};
controls { inet 127.0.0.1 port ${adminPort} allow { 127.0.0.1; } keys { rndc; }; };
options {
  directory "${home}";
  pid-file ${path('named.pid')};
  session-keyfile ${path('session.key')};
  lock-file none;
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
  empty-zones-enable no;
  notify no;
};
logging { channel log { file ${path('named.log')}; severity info; }; category default { log; }; };
zone "${ZONE}" { type primary; file ${path('zone')}; allow-update { key dr; }; };
`;
}

function keyText(name: string): string {
  return `key "${name}" { algorithm hmac-sha256; secret "${randomBytes(32).toString('base64')}"; };\n`;
}

function zoneText(nameTtlSeconds: number): string {
  return `$TTL 300
@ IN SOA ns.${ZONE}. hostmaster.${ZONE}. 1 3600 600 86400 60
@ IN NS ns.${ZONE}.
ns IN A 127.0.0.1
www ${nameTtlSeconds} IN A ${ADDRESSES.hamburg}
`;
}
