// Writes a file so that it is the old one or the new one at any moment, and never half of either.
import { randomUUID } from 'node:crypto';
import { rename, stat, unlink, writeFile } from 'node:fs/promises';

/** Keeps the mode of a file that is there. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  const mode = (await stat(path).catch(() => null))?.mode;
  try {
    await writeFile(beside, text, mode === undefined ? { flag: 'wx' } : { flag: 'wx', mode });
    await rename(beside, path);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  }
}
