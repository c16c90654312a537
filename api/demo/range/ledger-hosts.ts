// Starts the ledger's processes on the hosts of the range, in the state that their disks hold.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostFolder, RangeFolder } from './range-folder.ts';

const run = promisify(execFile);

/** The store with the higher term goes first: so an old primary meets the new one and takes no writes. */
export async function startLedgers(folder: RangeFolder): Promise<void> {
  const stores = folder.hosts.filter((host) => host !== folder.gate).toSorted((a, b) => termOf(b) - termOf(a));
  for (const host of stores) await start(host);
  await start(folder.gate);
}

async function start(host: HostFolder): Promise<void> {
  await run(host.enter, [], { env: { ...process.env, SSH_ORIGINAL_COMMAND: 'ledger start' } });
}

function termOf(host: HostFolder): number {
  return JSON.parse(readFileSync(join(host.home, 'role.json'), 'utf8')).term;
}
