// The token of the first start, in a file that only the server's own user can read.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FirstRunToken } from '../application/first-run.ts';

const FILE_NAME = 'first-run-token';
/** 192 bits in 32 letters, short enough to copy. */
const TOKEN_BYTES = 24;

export interface FirstRunTokenFile extends FirstRunToken {
  /** Absolute path, for the line that tells people where to look. */
  readonly path: string;
  /** Writes a new token; what an earlier start left is replaced. Call it only while there is no account. */
  create(): Promise<string>;
}

export function firstRunTokenFile(dataFolder: string): FirstRunTokenFile {
  const path = join(dataFolder, FILE_NAME);
  const remove = (): Promise<void> => rm(path, { force: true });
  return {
    path,
    remove,
    async create() {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      await mkdir(dataFolder, { recursive: true, mode: 0o700 });
      // Made anew: the mode of a file that is there already would stay as it is, and a link would be followed.
      await remove();
      await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' });
      return token;
    },
    async read() {
      try {
        return (await readFile(path, 'utf8')).trim() || null;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
  };
}
