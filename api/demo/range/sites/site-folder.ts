// The folder of the two sites: keys, ports and the hosts' home folders, made once and kept across restarts.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { choosePorts } from '../ports.ts';
import { keyPair, MARK, quoted, writeScript, type SshFolder, type SshHost } from '../range-folder.ts';
import { asAccount, handOver, hostAccount, type Account } from './account.ts';
import { programFolders } from './programs.ts';
import { KNOWN_PORTS, type SiteHostPlan } from './site-hosts.ts';

const run = promisify(execFile);

export interface SiteHost extends SshHost, SiteHostPlan {
  /** Where its service listens, on loopback. */
  readonly port: number;
  /** A second one, for what administers the service. */
  readonly adminPort: number;
}

/** Where a host is and how one gets onto it. */
export type HostPlace = Pick<SiteHost, 'home' | 'enter'>;

export interface SiteFolder extends SshFolder {
  readonly hosts: readonly SiteHost[];
}

export interface SiteFolderOptions {
  readonly path: string;
  readonly plans: readonly SiteHostPlan[];
  /** Tries the ports that runbooks name first. */
  readonly hasKnownPorts: boolean;
  readonly clientKeyPath: string;
}

/** Makes what is missing, keeps what is there. */
export async function openSiteFolder({ path, plans, hasKnownPorts, clientKeyPath }: SiteFolderOptions): Promise<SiteFolder> {
  // The hosts' account must be able to pass through; it cannot list the folder.
  chmodSync(path, 0o711);
  const names = plans.flatMap(({ key }) => [`${key}/ssh`, `${key}/service`, `${key}/admin`]);
  const ports = await choosePorts(join(path, 'ports.json'), names, hasKnownPorts ? KNOWN_PORTS : new Map());
  const account = hostAccount();
  if (account !== null) await ensureReachable(path, account);
  const hosts = plans.map((plan): SiteHost => {
    const { key } = plan;
    const home = join(path, key);
    for (const folder of [home, join(home, 'bin')]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      handOver(folder, account);
    }
    const hostKeyPath = join(path, `${key}.host-key`);
    const ofHost = { home, enter: join(path, `${key}.enter`), hostKeyPath, hostKey: keyPair(hostKeyPath) };
    return { ...plan, ...ofHost, sshPort: ports(`${key}/ssh`), port: ports(`${key}/service`), adminPort: ports(`${key}/admin`) };
  });
  for (const host of hosts) writeEnter(path, host, {});
  return { path, user: userInfo().username, clientKey: keyPair(clientKeyPath), hosts };
}

async function ensureReachable(path: string, account: Account): Promise<void> {
  const words = asAccount(account).trim().split(' ');
  const isReached = await run('/usr/bin/env', [...words, 'test', '-x', path]).then(
    () => true,
    () => false,
  );
  if (!isReached)
    throw new Error(
      `The account nobody, which the hosts run as when Muster is root, does not get into ${path}. Use a folder that it can pass through.`,
    );
}

/** The way onto the host, with the variables that a profile sets on a machine of its own. */
export function writeEnter(folder: string, { home, enter }: SiteHost, profile: Readonly<Record<string, string>>): void {
  const variables = Object.entries(profile).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  writeScript(
    enter,
    `#!/bin/sh
# Runs a command as on a host of its own: home folder, account, profile, and the mark by which the range finds its processes.
cd ${quoted(home)} || exit 1
export HOME=${quoted(home)} ${MARK}=${quoted(folder)}
export PATH=${quoted([join(home, 'bin'), ...programFolders()].join(':'))}:"$PATH"
${variables.join('')}if [ -n "\${SSH_ORIGINAL_COMMAND:-}" ]; then set -- sh -c "$SSH_ORIGINAL_COMMAND"; else set -- sh; fi
exec ${asAccount(hostAccount())}"$@"
`,
  );
}

/** A file in the host's home folder that belongs to the host's account. */
export function writeOnHost(host: SiteHost, name: string, text: string): void {
  const path = join(host.home, name);
  writeFileSync(path, text);
  chmodSync(path, 0o600);
  handOver(path, hostAccount());
}

/** A program of the host under its real name, told where this host keeps its settings: on a machine of its own it finds them by itself. */
export function writeProgram(host: SiteHost, name: string, words: readonly string[]): void {
  const file = join('bin', name);
  writeOnHost(host, file, `#!/bin/sh\nexec ${words.map(quoted).join(' ')} "$@"\n`);
  chmodSync(join(host.home, file), 0o755);
}

/** Runs shell text on the host without SSH, and gives what it printed, trimmed. Throws with what it wrote to stderr when it fails. */
export async function onHost(host: HostPlace, script: string): Promise<string> {
  const { stdout } = await run(host.enter, [], { env: { ...process.env, SSH_ORIGINAL_COMMAND: script } });
  return stdout.trim();
}
