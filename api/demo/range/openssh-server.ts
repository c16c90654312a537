// One real OpenSSH server for each host of the range: on loopback, with its own port and host key, public keys only.
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { once } from 'node:events';
import type { SshServers } from './ssh-servers.ts';
import { MARK, quoted, type SshFolder, type SshHost } from './range-folder.ts';
import { tryLogin } from './try-login.ts';

/** Where sshd lives on systems that do not put it on an ordinary user's PATH. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/opt/homebrew/sbin'];

/** Its servers are not under attack: a drill's connections and channels must not be dropped. */
const CONNECTIONS = 100;

/** Full path of sshd; null when the machine has none. OpenSSH insists on being started by its full path. */
export function findSshd(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/')), ...USUAL_FOLDERS];
  return folders.map((folder) => join(folder, 'sshd')).find(isExecutable) ?? null;
}

/** Starts a server for each host and logs in to each once. Throws when one does not start or does not let us in. */
export async function startOpenSsh(folder: SshFolder, sshd: string): Promise<SshServers> {
  // Where sshd, run by root, locks its children in; the package makes it only when its service starts.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  writeFileSync(join(folder.path, 'authorized-keys'), `${folder.clientKey.public}\n`);
  const started = await Promise.all(folder.hosts.map((host) => startServer(folder, host, sshd)));
  return {
    kind: 'openssh',
    async stop() {
      await Promise.all(started.map((stop) => stop()));
    },
  };
}

async function startServer(folder: SshFolder, host: SshHost, sshd: string): Promise<() => Promise<void>> {
  const config = join(folder.path, `${host.key}.sshd-config`);
  writeFileSync(config, configOf(folder, host));
  // Newer servers lock out an address after failed logins; older ones do not know the setting.
  const penalties = ['-o', 'PerSourcePenalties=no'];
  const extra = isAccepted(sshd, ['-f', config, ...penalties]) ? penalties : [];
  const log = join(folder.path, `${host.key}.sshd-log`);
  const child = spawn(sshd, ['-D', '-E', log, '-f', config, ...extra], { stdio: 'ignore', env: { ...process.env, [MARK]: folder.path } });
  const ended = once(child, 'exit');
  const failed = ended.then(() => {
    throw new Error(`sshd for ${host.key} ended: ${lastLine(log)}`);
  });
  await Promise.race([failed, tryLogin(folder, host)]);
  failed.catch(() => undefined);
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

function configOf(folder: SshFolder, host: SshHost): string {
  return `# Written anew at each start of the practice range.
ListenAddress 127.0.0.1:${host.sshPort}
HostKey "${host.hostKeyPath}"
PidFile "${join(folder.path, `${host.key}.sshd-pid`)}"
AuthorizedKeysFile "${join(folder.path, 'authorized-keys')}"
PubkeyAuthentication yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowUsers ${folder.user}
UsePAM no
StrictModes no
UseDNS no
PrintMotd no
PrintLastLog no
X11Forwarding no
AllowAgentForwarding no
AllowTcpForwarding no
MaxSessions ${CONNECTIONS}
MaxStartups ${CONNECTIONS}
# The account's shell starts the command, but must not read that person's start-up files: they can take seconds, and change the PATH.
SetEnv "HOME=${host.home}" "ZDOTDIR=${host.home}" "XDG_CONFIG_HOME=${host.home}" SHLVL=1
ForceCommand exec ${quoted(host.enter)}
`;
}

function isAccepted(sshd: string, args: readonly string[]): boolean {
  try {
    execFileSync(sshd, ['-t', ...args], { stdio: 'ignore' });
    return true;
  } catch {
    // Exit code 255: a setting that this version does not know.
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? 'it wrote no log';
  } catch {
    return 'it wrote no log';
  }
}
