// What every use case gets: the ports, bound together by the composition root.
import type { Bus, Clock, DrillEngine, DrillJournal, PasswordHasher, RemoteHosts } from './ports.ts';
import type { Database } from './stores.ts';

export interface App {
  readonly database: Database;
  readonly journal: DrillJournal;
  readonly engine: DrillEngine;
  readonly remote: RemoteHosts;
  readonly passwords: PasswordHasher;
  readonly bus: Bus;
  readonly clock: Clock;
}
