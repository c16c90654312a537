// A disk that can be filled: a file system of a few megabytes in memory, with a real end.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK_BYTES = 4_096;

export interface SmallDisk {
  readonly folder: string;
  /** Takes all space but this. */
  fill(leftBytes: number): void;
  /** Gives back what `fill` took. */
  makeRoom(): void;
  remove(): void;
}

/** Why there can be none here; null when there can. Mounting takes root. */
export function whyNoSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'a file system in memory is mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount a file system';
  try {
    smallDisk(1).remove();
    return null;
  } catch (error) {
    return `mounting a file system does not work here: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'muster-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'muster-test', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill(leftBytes) {
      const file = openSync(ballast, 'w');
      const blocks = Math.max(0, statfsSync(folder).bavail - Math.ceil(leftBytes / BLOCK_BYTES));
      for (let block = 0; block < blocks; block += 1) writeSync(file, Buffer.alloc(BLOCK_BYTES, 1));
      closeSync(file);
    },
    makeRoom: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
