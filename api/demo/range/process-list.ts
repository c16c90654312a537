// Which processes run on this machine, with enough about each to know whether it is one of ours.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Command line and environment; empty where we may not look. */
  readonly text: string;
}

/** All processes that can be seen. Those that end while we look are left out, and so are those that have ended and wait for their parent. */
export function listProcesses(): readonly ProcessEntry[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs();
}

/** When a process was started, in a form that only serves for comparing; null when there is none with this id, or it has ended. */
export function startOf(pid: number): string | null {
  const fields = existsSync('/proc/self/stat') ? statFields(pid) : null;
  if (fields !== null) return fields[0] === 'Z' ? null : (fields[19] ?? null);
  if (existsSync('/proc/self/stat')) return null;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    // ps ends with 1 when there is no such process.
    return null;
  }
}

function fromProc(): readonly ProcessEntry[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    const fields = statFields(Number(name));
    if (fields === null || fields[0] === 'Z') return [];
    return [{ pid: Number(name), parent: Number(fields[1]), text: `${readProc(name, 'cmdline')}\0${readProc(name, 'environ')}` }];
  });
}

/** What follows the program's name in /proc/<pid>/stat: state, parent, and, as the twentieth, the start time. */
function statFields(pid: number): readonly string[] | null {
  const stat = readProc(String(pid), 'stat');
  return stat === '' ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has ended, or is another account's: either way not for us.
    return '';
  }
}

function fromPs(): readonly ProcessEntry[] {
  const output = execFileSync('ps', ['-AEww', '-o', 'pid=,ppid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match === null ? [] : [{ pid: Number(match[1]), parent: Number(match[2]), text: match[3] ?? '' }];
  });
}
