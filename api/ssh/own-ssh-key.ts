// The key that Muster logs in to hosts with: made at the first start, readable by the server's user alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import ssh2 from 'ssh2';

export interface OwnSshKey {
  /** OpenSSH format, ed25519 when it was made here. */
  readonly privateKey: string;
  readonly isNew: boolean;
}

/** Reads the file, or makes it together with `<file>.pub`, which goes into `authorized_keys` on the hosts. */
export async function ownSshKey(file: string): Promise<OwnSshKey> {
  try {
    return { privateKey: await readFile(file, 'utf8'), isNew: false };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const pair = readableKeyPair();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, pair.private, { mode: 0o600, flag: 'wx' });
  await writeFile(`${file}.pub`, `${pair.public}\n`, { mode: 0o644 });
  return { privateKey: pair.private, isNew: true };
}

/** About one key in 170 that ssh2 makes cannot be read, by itself or by OpenSSH: a number in it is written one byte too short. */
export function readableKeyPair(): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'muster' });
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}
