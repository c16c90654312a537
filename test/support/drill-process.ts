// An engine put together as the app does it: a real database file, real SSH. Free of the test runner, so that a process of its own can use it.
import { createDrillJournal } from '../../api/application/drill-journal.ts';
import { createInProcessBus } from '../../api/application/in-process-bus.ts';
import type { DrillEngine, DrillJournal, RemoteHosts, Seals } from '../../api/application/ports.ts';
import type { Database } from '../../api/application/stores.ts';
import { openDatabase } from '../../api/db/open-database.ts';
import { createDrillEngine } from '../../api/engine/drill-engine.ts';
import type { LeaseSettings } from '../../api/engine/lease-keeper.ts';
import { isGone, ownHolder } from '../../api/own-process.ts';
import { createOwnMachine } from '../../api/own-machine/own-machine.ts';
import { createSeals } from '../../api/secrets/seals.ts';
import type { SshLimits } from '../../api/ssh/limits.ts';
import { createRemoteHosts } from '../../api/ssh/remote-hosts.ts';

/** Of all processes of a test: what one of them has sealed, the next one opens. */
export const TEST_SEALS: Seals = createSeals(Buffer.alloc(32, 7));

export interface ProcessSetting {
  readonly file: string;
  readonly privateKey: string;
  /** Times of the connections; those of the app unless given. */
  readonly limits?: SshLimits;
  /** Stands between the engine and the hosts. */
  readonly around?: (remote: RemoteHosts) => RemoteHosts;
  /** Stands between the journal and the database. */
  readonly beneath?: (database: Database) => Database;
}

export interface DrillProcess {
  readonly database: Database;
  readonly journal: DrillJournal;
  readonly engine: DrillEngine;
  /** What was logged. */
  readonly log: string[];
  /** Messages that went to channels, as `channel: message`. */
  readonly told: string[];
  close(): Promise<void>;
}

export async function openProcess(setting: ProcessSetting): Promise<DrillProcess> {
  const opened = await openDatabase({ kind: 'sqlite', file: setting.file });
  await opened.migrate();
  const database = setting.beneath?.(opened) ?? opened;
  const log: string[] = [];
  const note = (details: object, message: string): void => void log.push(`${message} ${'err' in details ? String(details.err) : ''}`);
  const bus = createInProcessBus((error) => log.push(String(error)));
  const journal = createDrillJournal({ database, clock: Date.now, bus });
  const ssh = createRemoteHosts({ credential: { privateKey: setting.privateKey }, limits: setting.limits });
  const remote = setting.around?.(ssh) ?? ssh;
  const told: string[] = [];
  const post = (channel: string, message: string): Promise<string | null> => {
    told.push(`${channel}: ${message}`);
    return Promise.resolve(channel === 'broken' ? 'The message did not reach channel broken.' : null);
  };
  // The servers of tests are on this machine.
  const places = [{ host: '127.0.0.1', port: null }];
  const ownMachine = createOwnMachine({ places, isLocalAllowed: true, post });
  const logged = { warn: note, error: note };
  const seals = TEST_SEALS;
  const engine = createDrillEngine({
    journal,
    database,
    remote,
    ownMachine,
    seals,
    clock: Date.now,
    bus,
    log: logged,
    leases: aloneLeases(),
    stopGraceMs: 100,
  });
  return {
    database,
    journal,
    engine,
    log,
    told,
    async close() {
      await engine.stop();
      ownMachine.close();
      await ssh.close();
      await opened.close();
    },
  };
}

/** As on SQLite, where no other process can be. */
export function aloneLeases(): LeaseSettings {
  return { holder: ownHolder(), isAlone: true, isGone, leaseMs: 30_000 };
}
