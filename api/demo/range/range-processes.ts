// Ends every process of a range: its SSH servers, their sessions, and all that was started on the hosts, however detached.
import { setTimeout as pause } from 'node:timers/promises';
import { listProcesses, startOf, type ProcessEntry } from './process-list.ts';
import { MARK } from './range-folder.ts';

/** The ledger ends within milliseconds when asked; what has not by then is killed. */
const ENDS_WITHIN_MS = 2000;

const LOOK_EVERY_MS = 25;

/** Resolves when none is left. Only processes that carry this range's mark, and their children, are touched. */
export async function endProcesses(folder: string): Promise<void> {
  const killAt = Date.now() + ENDS_WITHIN_MS;
  // One that is just ending has no command line any more, but still has its ports: it is waited for by its number.
  const ending = new Map<number, string | null>();
  for (;;) {
    const found = rangeProcesses(folder);
    for (const { pid } of found) ending.set(pid, startOf(pid));
    for (const [pid, start] of ending) if (start === null || startOf(pid) !== start) ending.delete(pid);
    if (ending.size === 0) return;
    const isTimeToKill = Date.now() > killAt;
    for (const { pid } of found) signal(pid, isTimeToKill ? 'SIGKILL' : 'SIGTERM');
    if (Date.now() > killAt + ENDS_WITHIN_MS) throw new Error(`processes ${[...ending.keys()].join(', ')} of the practice range do not end`);
    await pause(LOOK_EVERY_MS);
  }
}

/** All processes of the range in `folder` that run now. */
export function rangeProcesses(folder: string): readonly ProcessEntry[] {
  const all = listProcesses();
  // sshd writes its title over its environment; it is known by its settings file.
  const mark = new RegExp(`(^|[\\0 ])(${MARK}=${escaped(folder)}|-f[\\0 ]${escaped(folder)}/[a-z0-9-]+\\.sshd-config)($|[\\0 ])`);
  const found = new Set(all.filter(({ pid, text }) => pid !== process.pid && mark.test(text)).map(({ pid }) => pid));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent) && pid !== process.pid) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself between the look and the signal.
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
