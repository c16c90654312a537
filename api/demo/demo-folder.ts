// The folder that the demo keeps everything in, and its deletion.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MARK = 'this-is-a-muster-demo';

/** Makes the folder, marks it as the demo's own, and empties it first when asked. Throws rather than touch a folder that is not its own. */
export async function openDemoFolder(folder: string, isReset: boolean): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  if (names.length > 0 && !names.includes(MARK)) {
    throw new Error(`${folder} holds something that is not of the demo. Name another folder by MUSTER_DATA.`);
  }
  if (isReset) for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  await writeFile(join(folder, MARK), 'npm run demo -- --reset deletes this folder.\n');
}
