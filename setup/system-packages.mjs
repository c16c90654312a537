// Programs that tests need beside the npm packages, from Debian's packages: servers to reach, to fail over and to restore, and a browser.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runQuietly, say, timed } from './progress.mjs';

const PROGRAMS = {
  sshd: { debianPackage: 'openssh-server', isThere: () => isOnPath('sshd') },
  initdb: { debianPackage: 'postgresql', isThere: () => isOnPath('initdb') || hasDebianPostgres() },
  'redis-server': { debianPackage: 'redis-server', isThere: () => isOnPath('redis-server') },
  nginx: { debianPackage: 'nginx', isThere: () => isOnPath('nginx') },
  named: { debianPackage: 'bind9', isThere: () => isOnPath('named') },
  nsupdate: { debianPackage: 'bind9-dnsutils', isThere: () => isOnPath('nsupdate') },
  curl: { debianPackage: 'curl', isThere: () => isOnPath('curl') },
  restic: { debianPackage: 'restic', isThere: () => isOnPath('restic') },
  sudo: { debianPackage: 'sudo', isThere: () => isOnPath('sudo') },
  // CHROMIUM names another one, as the end-to-end tests read it.
  chromium: { debianPackage: 'chromium', isThere: () => process.env.CHROMIUM !== undefined || isOnPath('chromium') },
};

/** Where Debian keeps what is for administrators; not on everyone's PATH. */
const MORE_FOLDERS = ['/usr/sbin', '/sbin'];

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Installs what is missing where that is possible; else says what to install, and the tests that need it fail. */
export async function ensureSystemPackages(needed) {
  const missing = [...new Set(needed)].filter((name) => !PROGRAMS[name].isThere()).map((name) => PROGRAMS[name].debianPackage);
  if (missing.length === 0) return;
  const asRoot = rootCommand();
  if (!isOnPath('apt-get') || asRoot === null) {
    say(
      `Missing on this machine, and needed by tests: ${missing.join(', ')}. Tests that need them will fail; on Debian: apt-get install ${missing.join(' ')}`,
    );
    return;
  }
  const apt = (...args) => {
    const [command, ...words] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
    return runQuietly({ command, args: words });
  };
  await timed('Reading the list of system packages', apt('update'));
  await timed(`Installing ${missing.join(', ')}`, apt('install', '-y', '--no-install-recommends', ...missing));
}

/** What to put before a command to run it as root; null when there is no way without a password. */
function rootCommand() {
  if (process.getuid?.() === 0) return [];
  return isOnPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function hasDebianPostgres() {
  return existsSync(DEBIAN_POSTGRES) && readdirSync(DEBIAN_POSTGRES).some((version) => existsSync(join(DEBIAN_POSTGRES, version, 'bin', 'initdb')));
}

function isOnPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
