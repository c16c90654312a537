// Who has a drill in hand, and by what right it writes: shared by the stores, the journal and the engine.

/** A process that can have drills in hand. */
export interface Holder {
  /** Unlike any other process, past ones included. */
  readonly holder: string;
  /** For people: `process 812 on app-1`. */
  readonly heldBy: string;
  /** What shows, on the same machine, whether the process is still there. */
  readonly origin: string;
}

/** The right to act on a drill. The fence rises each time the drill changes hands: whoever comes with an older one has lost it. */
export interface Hold {
  readonly drill: string;
  readonly holder: string;
  readonly fence: number;
}

export interface Lease {
  readonly fence: number;
  /** Null when it was let go of because there was nothing left to do. */
  readonly holder: string | null;
  readonly heldBy: string;
  readonly origin: string;
  readonly takenAt: number;
  /** It is free, whoever had it. */
  readonly isLetGo: boolean;
  /** By the clock of the database. */
  readonly isExpired: boolean;
}

export interface LeaseStore {
  find(drill: string): Promise<Lease | null>;
  /** Every drill under way, with its lease when it ever had one. */
  underWay(): Promise<readonly { readonly drill: string; readonly lease: Lease | null }[]>;
  /** Takes the drill whoever has it, and gives the fence: look first, in the same write. */
  take(drill: string, by: Holder & { readonly leaseMs: number }): Promise<number>;
  /** Prolongs all that the holder has; gives their fences by drill. */
  renew(holder: string, leaseMs: number): Promise<ReadonlyMap<string, number>>;
  /** Nothing when it was lost already. What is not done is to be recovered by whoever takes it next. */
  letGo(hold: Hold, isDone: boolean): Promise<void>;
  isHeld(hold: Hold): Promise<boolean>;
}

/** What is to be recorded comes from a process that has the drill in hand no longer. Nothing was stored; whoever has it now goes on. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(drill: string) {
    super(`${drill} is in the hands of another process by now. Nothing was recorded.`);
  }
}
