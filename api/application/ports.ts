// What the use cases need from the outside beside the stores: a clock, remote hosts, the engine, the bus.
import type { AttemptRef, DrillEvent, JournalEntry } from '../domain/drill/journal.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import type { DrillState } from '../domain/drill/state.ts';
import type { Result } from '../domain/errors.ts';
import type { Action, CopyAction } from '../domain/runbook/runbook.ts';
import type { Hold } from './leases.ts';
import type { StorageTrouble } from './storage-error.ts';
import type { ScoreChange } from './stores.ts';

/** Milliseconds since the epoch. */
export type Clock = () => number;

// ---- remote hosts ---------------------------------------------------------------------------------------------------

/** `script` is fed to `sh -eu` on its stdin; nothing of it appears in a process list. */
export interface RemoteCommand {
  readonly host: PlanHost;
  readonly script: string;
  readonly timeoutMs: number;
  /** The program that reads the script; `sh` unless given. */
  readonly shell?: string;
  /** The user whom `sudo -n` makes it run as. */
  readonly become?: string;
}

/** A command that starts at most once. Its host keeps what it came to until it is forgotten. */
export interface DurableCommand extends RemoteCommand {
  /** Lower-case hex that nothing else carries: what the host knows it by. */
  readonly id: string;
  /** Before it was first asked of its host, in milliseconds since the epoch. */
  readonly intendedAt: number;
}

/** A file onto a host, or a file of a host as output; `sha256` and the size go to stderr as one line. */
export interface RemoteCopy {
  readonly host: PlanHost;
  readonly copy: CopyAction;
  readonly timeoutMs: number;
}

export interface RemoteSink {
  /** Called once the remote shell has been started, and again when a durable command is found after its host could not be reached. */
  onLaunched(): Promise<void>;
  /** The host of a durable command cannot be reached; it is tried again. */
  onUnreachable?(why: string): Promise<void>;
  /** The channel is not read further until the promise is settled. An offset beyond the end of the last piece: output was cut there. */
  onOutput(stream: 'stdout' | 'stderr', offset: number, bytes: Uint8Array): Promise<void>;
}

export const SSH_STAGES = ['dns', 'tcp', 'key-exchange', 'host-key', 'authentication', 'channel'] as const;
export type SshStage = (typeof SSH_STAGES)[number];

/**
 * `not-started`: it is certain that nothing ran, for a reason that may stay. `void`: the connection ended, and it was made certain that nothing ever
 * will run. `lost`: nobody can tell.
 */
export type RemoteOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly response?: HttpResponse }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not-started'; readonly stage: SshStage; readonly message: string }
  | { readonly kind: 'void'; readonly message: string }
  | { readonly kind: 'lost'; readonly message: string };

/** Headers by lower-case name. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** As the reason of an aborted signal: a durable command is followed no longer, and left as it is. */
export const LEAVE = 'leave';

export interface RemoteHosts {
  /** Lost with its connection: for what may be run again. */
  run(command: RemoteCommand, sink: RemoteSink, signal: AbortSignal): Promise<RemoteOutcome>;
  runDurably(command: DurableCommand, sink: RemoteSink, signal: AbortSignal): Promise<RemoteOutcome>;
  /** Goes on with what `runDurably` of this or an earlier process began: all output comes again, from its first byte. `timeoutMs` is the time that is left. */
  resume(command: DurableCommand, sink: RemoteSink, signal: AbortSignal): Promise<RemoteOutcome>;
  /** Nothing of the command is needed any more; its host is told with the next ones. */
  forget(host: PlanHost, id: string): void;
  copy(command: RemoteCopy, sink: RemoteSink, signal: AbortSignal): Promise<RemoteOutcome>;
  /** Connects, verifies the host key, authenticates, opens a channel and ends it. */
  check(host: PlanHost): Promise<RemoteCheck>;
  close(): Promise<void>;
}

/** The machine that runs the drill: requests, lookups and messages, and shell text where the installation allows it. */
export interface OwnMachine {
  /** All `${name}` are filled in. An action that was performed has exit code 0, or 1 with the reason as the last line of stderr. */
  act(action: Action, timeoutMs: number, sink: RemoteSink, signal: AbortSignal): Promise<RemoteOutcome>;
  run(command: Omit<RemoteCommand, 'host'>, sink: RemoteSink, signal: AbortSignal): Promise<RemoteOutcome>;
}

/** Keeps values out of everything that is stored or shown. Sealing the same text twice gives two different texts. */
export interface Seals {
  seal(text: string): string;
  /** Throws when the text was not sealed with this installation's key. */
  open(sealed: string): string;
}

export type RemoteCheck =
  | { readonly isReachable: true; readonly hostKey: string; readonly roundTripMs: number }
  | {
      readonly isReachable: false;
      readonly stage: SshStage;
      readonly message: string;
      readonly offeredKey: string | null;
      /** Key of the jump host at fault; absent when it is the host itself. */
      readonly hop?: string;
    };

// ---- what is stored --------------------------------------------------------------------------------------------------

export type StorageState = { readonly isWritable: true } | { readonly isWritable: false; readonly sinceAt: number; readonly trouble: StorageTrouble };

export interface Storage {
  /** Whether what is written is stored, as far as is known now. */
  state(): StorageState;
}

// ---- the engine and the bus -----------------------------------------------------------------------------------------

export interface DrillEngine {
  /** Takes the drill in hand when it has something to do; safe to call again at any time. */
  wake(drill: string): void;
  /** The drill was handed to this process: it is taken in hand unless another one has it. Never rejects. */
  take(drill: string): Promise<void>;
  /** Finds the drills that were running when the process ended, and goes on with them. */
  recover(): Promise<void>;
  /** Ends taking new work, leaves drills as they are for the next start. */
  stop(): Promise<void>;
}

/** The only way a drill changes: the reducer is asked, the entries are committed, then subscribers are told. */
export interface DrillJournal {
  /** The same journal for whoever has drills in hand: what it records is stored only as long as that is so. Rejects with LeaseLost otherwise. */
  heldBy(holds: Holds): DrillJournal;
  /** Throws when the entry could not be written: then nothing has changed and nobody was told. */
  record(drill: string, by: string | null, event: DrillEvent, output?: Uint8Array): Promise<Result<JournalEntry>>;
  /** How much of each stream of the attempt is stored, in bytes as they were stored. */
  storedOutput(drill: string, ref: AttemptRef): Promise<Readonly<Record<'stdout' | 'stderr', number>>>;
  /** What the drill's journal adds up to; null when there is no such drill. */
  state(drill: string): Promise<DrillState | null>;
}

/** What a process has in hand. */
export interface Holds {
  /** Null when it must not act on the drill, or cannot be sure any more that it may. */
  holdOf(drill: string): Hold | null;
  /** The database knows of another holder. */
  onLost(hold: Hold): void;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

export interface BusMessages {
  readonly drill: {
    readonly drill: string;
    readonly entries: readonly JournalEntry[];
    /** Recorded by another process. */
    readonly isFromElsewhere?: boolean;
  };
  /** Messages of other processes may have been missed: whoever follows something reads again. */
  readonly behind: Record<string, never>;
  readonly scores: { readonly changes: readonly ScoreChange[] };
}

export interface Bus {
  publish<K extends keyof BusMessages>(topic: K, message: BusMessages[K]): void;
  /** Gives back the function that ends the subscription. */
  subscribe<K extends keyof BusMessages>(topic: K, listener: (message: BusMessages[K]) => void): () => void;
}
