// What the parts of the engine share: the ports, the log, and whether the engine still works.
import type { Clock, DrillJournal, OwnMachine, RemoteHosts, Seals } from '../application/ports.ts';

/** The two levels that the engine uses; pino has this shape. */
export interface EngineLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Shell {
  readonly journal: DrillJournal;
  readonly remote: RemoteHosts;
  readonly ownMachine: OwnMachine;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Aborted when nothing new is to be started: the process is to end, or the drill is in other hands. */
  readonly stopping: AbortSignal;
  /** Aborted when nothing is recorded any more either: what still runs is left to the next start. */
  readonly detached: AbortSignal;
  /** Settles when this process may act on the drill for certain. Throws LeaseLost when another has it, or had it meanwhile; and when that cannot be found out. */
  readonly ensureHeld: () => Promise<void>;
  /** The same without asking anybody. False, say, after the process stood still for a while. */
  readonly isHeld: () => boolean;
}
