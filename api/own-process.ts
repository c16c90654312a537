// Which process this is, and whether another one of the same machine has ended for certain.
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Holder } from './application/leases.ts';

export function ownHolder(): Holder {
  const { pid } = process;
  const host = hostname();
  return { holder: randomUUID(), heldBy: `process ${pid} on ${host}`, origin: originOf(pid) ?? '' };
}

/**
 * True only when the process that gave this origin cannot be there any more: same start of the machine, same view of its processes, and
 * that number is free or somebody else's. Of processes elsewhere nothing is known.
 */
export function isGone(origin: string): boolean {
  const [place, pid] = origin.split(' ');
  const own = originOf(process.pid);
  if (own === null || place === undefined || pid === undefined || own.split(' ')[0] !== place) return false;
  return originOf(Number(pid)) !== origin;
}

/** `boot/namespace pid started`; null where the system does not tell it, or when there is no such process. */
function originOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const processes = readlinkSync('/proc/self/ns/pid');
    // After the program's name, which may hold anything, comes the state as the third field; the 22nd is when it was started.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${boot}/${processes} ${pid} ${fields[19]}`;
  } catch {
    return null;
  }
}
