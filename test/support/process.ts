// Whether a process lives.
import { readFileSync } from 'node:fs';

/** Of the number in this text. A zombie that nobody has reaped yet does not live. */
export function isAlive(text: string): boolean {
  const pid = text.trim();
  if (!/^\d+$/.test(pid)) throw new Error(`no process number: ${text}`);
  try {
    process.kill(Number(pid), 0);
  } catch {
    return false;
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
