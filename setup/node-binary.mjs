// Which Node runs the app: the one among the packages, or the one that is running now when it is new enough.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './progress.mjs';
import { ROOT } from './root.mjs';

/** Several packages need it. */
const LOWEST = [22, 12];

/** Ctrl-C reaches us from the terminal and once more from npm: what comes within this time is one key press. */
const SAME_KEY_PRESS_MS = 1000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

let found = null;

/** Full path of a Node that can run the app; throws with what to install when there is none. */
export function nodeBinary() {
  found ??= packagedNode() ?? (isNewEnough(process.versions.node) ? process.execPath : null);
  if (found === null) throw new SetupError(whatIsNeeded());
  return found;
}

/** Says so before anything is downloaded, where it can be known. */
export function expectUsableNode() {
  const mayBePackaged = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
  if (!mayBePackaged && !isNewEnough(process.versions.node)) throw new SetupError(whatIsNeeded());
}

/** The environment for programs of node_modules/.bin: they, and what they start, find the same Node. */
export function environment(more = {}) {
  return {
    ...process.env,
    PATH: [join(ROOT, 'node_modules', '.bin'), process.env.PATH ?? ''].join(process.platform === 'win32' ? ';' : ':'),
    ...more,
  };
}

/**
 * Runs Node with these arguments, hands signals on once each, and resolves with the exit code. The program has a process group of
 * its own, so that the terminal's Ctrl-C reaches it only through us.
 */
export function runNode(args) {
  const child = spawn(nodeBinary(), ['--enable-source-maps', ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    detached: process.platform !== 'win32',
  });
  let lastAt = 0;
  const handOn = (signal) => {
    if (Date.now() - lastAt < SAME_KEY_PRESS_MS) return;
    lastAt = Date.now();
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of SIGNALS) process.on(signal, handOn);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of SIGNALS) process.removeListener(name, handOn);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function packagedNode() {
  const path = join(ROOT, 'node_modules', '.bin', 'node');
  if (!existsSync(path)) return null;
  // On a Linux with another C library it is there and does not start.
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 && isNewEnough(stdout.trim().slice(1)) ? path : null;
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > LOWEST[0] || (major === LOWEST[0] && minor >= LOWEST[1]);
}

function whatIsNeeded() {
  return `Muster needs Node ${LOWEST.join('.')} or newer on this system, and this is Node ${process.versions.node}. Install Node 24 from https://nodejs.org and try again.`;
}
