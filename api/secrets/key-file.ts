// The key that this installation seals values with: made at the first start, readable by the server's user alone.
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const FILE_NAME = 'secret.key';
/** For AES-256. */
export const KEY_BYTES = 32;
const OTHERS = 0o077;

/** The key file is there and cannot be used; the message is a sentence for an operator. */
export class SecretKeyError extends Error {
  override readonly name = 'SecretKeyError';
  readonly code = 'UNUSABLE_KEY';
}

/** Reads `secret.key` in the data folder, or makes it. Whoever loses it loses the sealed values of drills that are planned or under way. */
export async function secretKey(dataFolder: string): Promise<Buffer> {
  const file = join(dataFolder, FILE_NAME);
  return (await readKey(file)) ?? (await makeKey(file));
}

async function readKey(file: string): Promise<Buffer | null> {
  try {
    const { mode } = await stat(file);
    // Windows has no such modes: there the folder's own rights count.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      throw new SecretKeyError(`${file} can be read by other users of this machine. Allow its owner only: chmod 600 ${file}`);
    }
    const key = await readFile(file);
    if (key.length === KEY_BYTES) return key;
    throw new SecretKeyError(
      `${file} has ${key.length} bytes where a key has ${KEY_BYTES}. Restore it from a backup, or remove it: secret values of open drills are lost then.`,
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Under another name first, so that a file of this name is always whole; when two start at once, the first one's key counts for both. */
async function makeKey(file: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  const temporary = `${file}.${randomBytes(8).toString('hex')}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(temporary, key, { mode: 0o600, flag: 'wx' });
    await link(temporary, file);
    return key;
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const theirs = isTaken ? await readKey(file) : null;
    if (theirs === null) throw error;
    return theirs;
  } finally {
    await rm(temporary, { force: true });
  }
}
