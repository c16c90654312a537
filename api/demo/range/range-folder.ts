// The folder of the practice range: keys, ports and the hosts' home folders, made once and kept across restarts.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ssh2 from 'ssh2';
import { choosePorts } from './ports.ts';

export const STORES = ['ledger-a', 'ledger-b'] as const;
export const GATE = 'ledger-gate';
const HOST_KEYS = [...STORES, GATE] as const;

/** Every process on a host carries this variable; so all of them are found when the range ends. */
export const MARK = 'MUSTER_RANGE_FOLDER';

/** Hosts that are reached over SSH, whatever runs on them. */
export interface SshFolder {
  readonly path: string;
  /** The account that runs the app: hosts have no accounts of their own. */
  readonly user: string;
  readonly clientKey: KeyPair;
  readonly hosts: readonly SshHost[];
}

export interface SshHost {
  readonly key: string;
  readonly home: string;
  /** The sh script that runs a command as on a host of its own. */
  readonly enter: string;
  readonly hostKey: KeyPair;
  readonly hostKeyPath: string;
  readonly sshPort: number;
}

export interface RangeFolder extends SshFolder {
  readonly hosts: readonly HostFolder[];
  readonly gate: HostFolder;
}

export interface HostFolder extends SshHost {
  readonly httpPort: number;
}

export interface KeyPair {
  readonly private: string;
  readonly public: string;
  readonly fingerprint: string;
}

/** Makes what is missing, keeps what is there. Ports of the last run are used again when they are free. */
export async function openFolder(path: string): Promise<RangeFolder> {
  const ports = await choosePorts(
    join(path, 'ports.json'),
    HOST_KEYS.flatMap((key) => [`${key}/ssh`, `${key}/http`]),
  );
  const hosts = HOST_KEYS.map((key): HostFolder => {
    const home = join(path, key);
    mkdirSync(join(home, 'bin'), { recursive: true });
    const hostKeyPath = join(path, `${key}.host-key`);
    const enter = join(path, `${key}.enter`);
    writeScript(enter, enterScript(path, home));
    return { key, home, enter, hostKeyPath, hostKey: keyPair(hostKeyPath), sshPort: ports(`${key}/ssh`), httpPort: ports(`${key}/http`) };
  });
  for (const host of hosts) prepareLedger(host, hosts);
  const gate = hostNamed(hosts, GATE);
  return { path, user: userInfo().username, clientKey: keyPair(join(path, 'client-key')), hosts, gate };
}

/** Single-quoted for sh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Read from the file, or made and written to it. */
export function keyPair(path: string): KeyPair {
  if (!existsSync(path)) {
    writeFileSync(path, newPrivateKey(), { mode: 0o600 });
  }
  const text = readFileSync(path, 'utf8');
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw new Error(`${path} is no private key; remove it, and a new one is made`, { cause: parsed });
  const blob = parsed.getPublicSSH();
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  return { private: text, public: `ssh-ed25519 ${blob.toString('base64')}`, fingerprint };
}

/** About one in 170 that ssh2 makes cannot be read, by itself or by OpenSSH: a number in it is written one byte too short. */
function newPrivateKey(): string {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'muster practice range' });
    if (!(ssh2.utils.parseKey(made.private) instanceof Error)) return made.private;
  }
}

function enterScript(folder: string, home: string): string {
  return `#!/bin/sh
# Runs a command as on a host of its own: home folder, PATH and the mark by which the range finds its processes.
cd ${quoted(home)} || exit 1
export HOME=${quoted(home)} ${MARK}=${quoted(folder)}
export PATH=${quoted(join(home, 'bin'))}:"$PATH"
if [ -n "\${SSH_ORIGINAL_COMMAND:-}" ]; then exec sh -c "$SSH_ORIGINAL_COMMAND"; fi
exec sh
`;
}

function prepareLedger(host: HostFolder, hosts: readonly HostFolder[]): void {
  const command = fileURLToPath(new URL('./ledger/ledger.mjs', import.meta.url));
  const launcher = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(command)} --home ${quoted(host.home)} "$@"\n`;
  writeScript(join(host.home, 'bin', 'ledger'), launcher);
  const stores = STORES.map((key) => hostNamed(hosts, key));
  const peer = stores.find((store) => store.key !== host.key);
  const isGate = host.key === GATE;
  const config = isGate
    ? { name: host.key, kind: 'gate', port: host.httpPort, stores: Object.fromEntries(stores.map((store) => [store.key, store.httpPort])) }
    : { name: host.key, kind: 'store', port: host.httpPort, peer: { name: peer?.key, port: peer?.httpPort } };
  writeFileSync(join(host.home, 'host.json'), JSON.stringify(config));
  if (isGate) writeOnce(join(host.home, 'points-to'), `${STORES[0]}\n`);
  else writeOnce(join(host.home, 'role.json'), JSON.stringify({ role: host.key === STORES[0] ? 'primary' : 'standby', term: 1, needsResync: false }));
}

/** Writes a file that can be run. */
export function writeScript(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function writeOnce(path: string, text: string): void {
  if (!existsSync(path)) writeFileSync(path, text);
}

function hostNamed(hosts: readonly HostFolder[], key: string): HostFolder {
  const host = hosts.find((candidate) => candidate.key === key);
  if (host === undefined) throw new Error(`the practice range has no host ${key}`);
  return host;
}
