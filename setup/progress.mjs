// What people see while something is being prepared: headings, elapsed seconds, and the full output only of what failed.
import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/** On a pipe or in a log a line now and then is enough to see that it goes on. */
const LOG_LINE_EVERY_S = 15;

const isTerminal = process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb';

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function bold(text) {
  return isTerminal ? `\u001B[1m${text}\u001B[0m` : text;
}

/** An expected end: its message is all that people need, no stack. */
export class SetupError extends Error {}

/** Runs an entry point: what it resolves with is the exit code; a SetupError is told in its own words. */
export async function finish(work) {
  try {
    process.exitCode = (await work) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Shows `label` and the seconds that `work` takes. Gives back what it resolves with. */
export async function timed(label, work) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  let lastLineAt = 0;
  const tick = () => {
    if (isTerminal) process.stdout.write(`\r\u001B[K${label} … ${seconds()} s`);
    else if (seconds() - lastLineAt >= LOG_LINE_EVERY_S) {
      lastLineAt = seconds();
      say(`  … ${lastLineAt} s`);
    }
  };
  if (!isTerminal) say(`${label} …`);
  tick();
  const timer = setInterval(tick, 1000);
  try {
    const result = await work;
    if (isTerminal) process.stdout.write('\r\u001B[K');
    say(`${label}: done in ${seconds()} s`);
    return result;
  } catch (error) {
    if (isTerminal) process.stdout.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Runs a program without showing its output; throws a SetupError with all of it when it fails. */
export function runQuietly({ command, args, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], shell: needsShell(command) });
    const output = [];
    child.stdout.on('data', (bytes) => output.push(bytes));
    child.stderr.on('data', (bytes) => output.push(bytes));
    child.on('error', (error) => reject(new SetupError(`${command} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      const text = Buffer.concat(output).toString('utf8');
      if (code === 0) resolve(text);
      else reject(new SetupError(`${text.trimEnd()}\n\n"${[command, ...args].join(' ')}" ended with ${signal ?? code}; its output is above.`));
    });
  });
}

/** Runs a program with its output shown. Resolves with its exit code. */
export function runShown({ command, args, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: 'inherit', shell: needsShell(command) });
    child.on('error', (error) => reject(new SetupError(`${command} could not be started: ${error.message}`)));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** On Windows, npm is a batch file. */
function needsShell(command) {
  return process.platform === 'win32' && command === 'npm';
}
