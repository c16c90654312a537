// Starts and ends the host's process: apart from the SSH channel that asked for it, with its output in a log file.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { call, NoAnswer } from './http.mjs';

/** A store reads and checks all its entries first; a second is plenty for the few thousand here, a loaded machine needs more. */
const STARTS_WITHIN_MS = 15_000;

const ENDS_WITHIN_MS = 5000;

const LOOK_EVERY_MS = 50;

/** The status of the host's process; null when it does not run. */
export async function statusOf(config) {
  try {
    const { body } = await call({ port: config.port, path: '/status' });
    return body.name === config.name ? body : null;
  } catch (error) {
    if (error instanceof NoAnswer) return null;
    throw error;
  }
}

/** Starts the process and resolves with its status once it answers; throws with the end of its log when it does not. */
export async function startProcess(home, config) {
  const log = openSync(join(home, 'ledger.log'), 'a');
  const command = fileURLToPath(new URL('./ledger.mjs', import.meta.url));
  const child = spawn(process.execPath, [command, '--home', home, 'serve'], { cwd: home, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  let hasEnded = false;
  child.once('exit', () => (hasEnded = true));
  const status = await until(STARTS_WITHIN_MS, async () => hasEnded || (await statusOf(config)));
  if (typeof status === 'object' && status !== null) return status;
  const lines = readFileSync(join(home, 'ledger.log'), 'utf8').trim().split('\n').slice(-5);
  throw new Error(`${config.name} did not start; the end of its log:\n${lines.join('\n')}`);
}

/** Ends the process as a power cut would. Gives back false when there was none. */
export async function killProcess(home, config) {
  const pid = pidOf(home);
  if (pid === null) return false;
  process.kill(pid, 'SIGKILL');
  await awaitEnd(home, config);
  return true;
}

/** Resolves once the process is gone. */
export async function awaitEnd(home, config) {
  if ((await until(ENDS_WITHIN_MS, async () => pidOf(home) === null)) !== true)
    throw new Error(`${config.name} did not end within ${ENDS_WITHIN_MS / 1000} s`);
}

/** Process id of the host's process; null when it is gone or the number belongs to another program by now. */
function pidOf(home) {
  const path = join(home, 'ledger.pid');
  const pid = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  return pid > 0 && commandLineOf(pid).includes(home) ? pid : null;
}

function commandLineOf(pid) {
  try {
    return existsSync('/proc/self')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // There is no such process.
    return '';
  }
}

async function until(withinMs, isSo) {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await isSo();
    if (answer) return answer;
    if (Date.now() > end) return false;
    await pause(LOOK_EVERY_MS);
  }
}
