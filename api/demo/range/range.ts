// The practice range: three small hosts on loopback that are reached over real SSH, with a ledger on them that can really be failed over.
import type { RangeKind, SshServers } from './ssh-servers.ts';
import { mkdirSync, realpathSync } from 'node:fs';
import { endProcesses } from './range-processes.ts';
import { openFolder, type RangeFolder } from './range-folder.ts';
import { startEmbedded } from './embedded-server.ts';
import { findSshd, startOpenSsh } from './openssh-server.ts';
import { startLedgers } from './ledger-hosts.ts';
import { claimRange, releaseRange } from './range-owner.ts';

export interface Range {
  /** Real OpenSSH servers, or SSH servers within this process that really execute the commands too. */
  readonly kind: RangeKind;
  readonly hosts: readonly RangeHost[];
  /** Private key (ed25519, OpenSSH format) that may log in to all hosts. */
  readonly clientKey: string;
  /** The gate's HTTP address: where clients of the ledger connect. */
  readonly clientUrl: string;
  /** Ends the SSH servers and every process that was started on the hosts. What is on their disks stays. */
  stop(): Promise<void>;
}

export interface RangeHost {
  readonly key: string;
  readonly address: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  /** "SHA256:" and the unpadded Base64 of the host key's digest, as ssh prints it. */
  readonly hostKey: string;
}

export interface RangeOptions {
  /** Everything the range keeps is in here: keys, ports, the hosts' home folders. */
  readonly folder: string;
  readonly log: (line: string) => void;
  /** Default: OpenSSH when the machine has it and lets us in, else embedded. */
  readonly kind?: RangeKind | undefined;
}

/**
 * Starts the range, with the ledger in the state that the last run left. What a killed run left behind is ended first. Throws when the
 * folder is used by a running range, when a host cannot be started, or when OpenSSH is asked for and not there.
 */
export async function startRange({ folder: given, log, kind = askedFor() }: RangeOptions): Promise<Range> {
  mkdirSync(given, { recursive: true, mode: 0o700 });
  const path = realpathSync(given);
  claimRange(path);
  try {
    await endProcesses(path);
    const folder = await openFolder(path);
    const servers = await startServers(folder, log, kind);
    await startLedgers(folder);
    return {
      kind: servers.kind,
      hosts: folder.hosts.map((host) => ({
        key: host.key,
        address: '127.0.0.1',
        port: host.sshPort,
        user: folder.user,
        hostKey: host.hostKey.fingerprint,
      })),
      clientKey: folder.clientKey.private,
      clientUrl: `http://127.0.0.1:${folder.gate.httpPort}/`,
      async stop() {
        await servers.stop();
        await endProcesses(path);
        releaseRange(path);
      },
    };
  } catch (error) {
    await endProcesses(path);
    releaseRange(path);
    throw error;
  }
}

function askedFor(): RangeKind | undefined {
  const asked = process.env['MUSTER_RANGE'];
  if (asked === undefined || asked === '') return undefined;
  if (asked === 'openssh' || asked === 'embedded') return asked;
  throw new Error(`MUSTER_RANGE is "${asked}"; it can be openssh or embedded`);
}

async function startServers(folder: RangeFolder, log: RangeOptions['log'], kind: RangeKind | undefined): Promise<SshServers> {
  const sshd = kind === 'embedded' ? null : findSshd();
  if (kind === 'openssh' && sshd === null) throw new Error('there is no sshd on this machine; install openssh-server, or set MUSTER_RANGE=embedded');
  if (sshd === null) return startEmbedded(folder);
  try {
    return await startOpenSsh(folder, sshd);
  } catch (error) {
    if (kind === 'openssh') throw error;
    log(`OpenSSH could not be used (${error instanceof Error ? error.message : String(error)}); the practice range runs its own SSH servers instead`);
    await endProcesses(folder.path);
    return startEmbedded(folder);
  }
}
