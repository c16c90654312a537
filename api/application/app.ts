// What every use case gets: the ports, bound together by the composition root.
import type { Bus, Clock, DrillEngine, DrillJournal, PasswordHasher, RemoteHosts, Seals, Storage } from './ports.ts';
import type { Database } from './stores.ts';

export interface App {
  readonly database: Database;
  readonly storage: Storage;
  readonly journal: DrillJournal;
  readonly engine: DrillEngine;
  readonly remote: RemoteHosts;
  readonly passwords: PasswordHasher;
  readonly seals: Seals;
  readonly abilities: Abilities;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** What this installation lets runbooks do beyond their hosts. */
export interface Abilities {
  /** Whether they may run commands on the app's own machine. */
  readonly isLocalAllowed: boolean;
  /** Names that messages can be sent to. */
  readonly channels: ReadonlySet<string>;
  /** Ids of the credentials that hosts may name; not checked without it. */
  readonly credentials?: ReadonlySet<string>;
}
