// Logs in to a host of the range once, to be sure that it is up and lets us in.
import { setTimeout as pause } from 'node:timers/promises';
import ssh2 from 'ssh2';
import type { SshFolder, SshHost } from './range-folder.ts';

/** A server listens within a fraction of a second; a loaded machine needs longer. */
const UP_WITHIN_MS = 10_000;

const TRY_EVERY_MS = 100;

/** Resolves when a command ran on the host; throws with the reason when the host does not let us in, or is not up in time. */
export async function tryLogin(folder: SshFolder, host: SshHost): Promise<void> {
  const end = Date.now() + UP_WITHIN_MS;
  for (;;) {
    try {
      await runTrue(folder, host);
      return;
    } catch (error) {
      const isNotUpYet = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
      if (!isNotUpYet || Date.now() > end) throw new Error(`${host.key} does not let ${folder.user} in: ${String(error)}`, { cause: error });
      await pause(TRY_EVERY_MS);
    }
  }
}

function runTrue(folder: SshFolder, host: SshHost): Promise<void> {
  const client = new ssh2.Client();
  return new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('close', () => reject(new Error('the connection was closed')));
    client.on('ready', () => {
      client.exec('true', (error, channel) => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        channel.on('close', (code: number | null) => (code === 0 ? resolve() : reject(new Error(`the command "true" ended with ${code}`))));
        channel.resume();
        channel.stderr.resume();
      });
    });
    client.connect({
      host: '127.0.0.1',
      port: host.sshPort,
      username: folder.user,
      privateKey: folder.clientKey.private,
      readyTimeout: UP_WITHIN_MS,
    });
  }).finally(() => client.end());
}
