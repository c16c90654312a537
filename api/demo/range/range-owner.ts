// One range a folder: the process that runs it leaves its id, so that a second one refuses and a killed one is noticed.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './process-list.ts';

/** Throws when another living process runs the range of this folder. */
export function claimRange(folder: string): void {
  const path = ownerFile(folder);
  if (existsSync(path)) {
    const { pid, start } = JSON.parse(readFileSync(path, 'utf8'));
    if (pid !== process.pid && startOf(pid) === start) {
      throw new Error(`the practice range in ${folder} is being run by process ${pid}; end that one first, or use another folder`);
    }
  }
  writeFileSync(path, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
}

export function releaseRange(folder: string): void {
  rmSync(ownerFile(folder), { force: true });
}

function ownerFile(folder: string): string {
  return join(folder, 'owner.json');
}
