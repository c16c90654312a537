// The stores: what use cases read and write. One suite of tests runs over every database that implements them.
import type { DrillLevel, Host, Pin, Portfolio, Service } from '../domain/catalogue/portfolio.ts';
import type { AttemptRef, DrillEvent, DrillResult, JournalEntry } from '../domain/drill/journal.ts';
import type { DrillMode, Plan } from '../domain/drill/plan.ts';
import type { RunState } from '../domain/drill/state.ts';
import type { Band, ServiceAssessment } from '../domain/readiness/assessment.ts';
import type { HostCheck } from '../domain/readiness/evidence.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import type { Role } from './access.ts';
import type { DurationStore } from './duration-store.ts';
import type { CalendarStores } from './schedule-stores.ts';
import type { LeaseStore } from './leases.ts';

/** One database. `write` runs its work in one transaction (`begin immediate` on SQLite): all of it is stored, or nothing. */
export interface Database {
  readonly stores: Stores;
  write<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Applies what is missing; throws a DatabaseError with code NEWER_SCHEMA when the database is of a newer version. */
  migrate(): Promise<void>;
  /** Writes as much as a usual entry does and takes it away again; rejects as every write does. */
  tryWrite(): Promise<void>;
  /** What other processes store, from now on; gives what ends it. Nothing on SQLite, where there are none. */
  hear(onHeard: (heard: Heard) => void): () => Promise<void>;
  close(): Promise<void>;
}

/** Something was stored elsewhere; `behind` when some of that may have been missed. */
export type Heard =
  | { readonly kind: 'entries'; readonly drill: string; readonly from: number; readonly to: number }
  | { readonly kind: 'score'; readonly service: string; readonly from: number; readonly to: number }
  | { readonly kind: 'behind' };

export interface Stores extends CalendarStores {
  readonly portfolio: PortfolioStore;
  readonly runbooks: RunbookStore;
  readonly drafts: DraftStore;
  readonly drills: DrillStore;
  readonly durations: DurationStore;
  readonly leases: LeaseStore;
  readonly readiness: ReadinessStore;
  readonly accounts: AccountStore;
  readonly history: HistoryStore;
}

/** A slice of a list that can grow, in a stable order. `after` is the cursor of the last row already seen. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** One for each row. */
  readonly cursors: readonly string[];
  readonly hasNext: boolean;
  readonly total: number;
}

export interface PortfolioStore {
  load(): Promise<Portfolio>;
  /**
   * Puts the portfolio in the place of what is stored; pinned host keys of a host that stays are kept when the new one names none. `pin` is noted
   * for keys that were not pinned before.
   */
  replace(portfolio: Portfolio, pin?: Pin): Promise<void>;
  services(keys: readonly string[]): Promise<readonly Service[]>;
  hosts(keys: readonly string[]): Promise<readonly Host[]>;
  /** `address` null leaves it as it is. A key that was pinned before keeps its pin. */
  pinHostKeys(host: string, hostKeys: readonly string[], pinning: { readonly address: HostAddress | null; readonly pin: Pin }): Promise<void>;
}

export interface HostAddress {
  readonly address: string;
  readonly port: number;
  readonly user: string;
}

export interface RunbookStore {
  /** Adds a revision; gives the stored one back unchanged when its hash is known already. The number is assigned here. */
  add(revision: Omit<Revision, 'number' | 'approvedAt' | 'approvedBy'>): Promise<{ readonly revision: Revision; readonly isNew: boolean }>;
  approve(hash: string, at: number, by: string): Promise<void>;
  revision(hash: string): Promise<Revision | null>;
  revisionByNumber(key: string, number: number): Promise<Revision | null>;
  revisions(key: string): Promise<readonly Revision[]>;
  /** The newest revision of each runbook, and its newest approved one, in key order. */
  list(): Promise<readonly { readonly latest: Revision; readonly approved: Revision | null }[]>;
  find(key: string): Promise<{ readonly latest: Revision; readonly approved: Revision | null } | null>;
  /** The newest revision of each runbook where that is not approved, in key order. */
  awaitingApproval(): Promise<readonly Revision[]>;
}

/** What somebody is writing and has not submitted. */
export interface Draft {
  /** Null for a runbook that is not stored yet. */
  readonly runbook: string | null;
  readonly account: string;
  readonly source: string;
  /** The files beside it by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Hash of the revision that it was begun from; null for a new runbook. */
  readonly base: string | null;
  /** 1, 2, 3 … at each save: whoever saves names the one that they have seen. */
  readonly version: number;
  readonly savedAt: number;
}

export interface DraftStore {
  /** Null as runbook finds the draft of a new one. */
  find(runbook: string | null, account: string): Promise<Draft | null>;
  /** Takes the place of the person's draft of that runbook. */
  save(draft: Draft): Promise<void>;
  discard(runbook: string | null, account: string): Promise<void>;
}

export interface DrillRecord {
  /** `DR-12`. */
  readonly id: string;
  readonly title: string;
  readonly runbook: string;
  readonly revision: string;
  readonly mode: DrillMode;
  /** What a pass proves, from the plan. */
  readonly level: DrillLevel;
  readonly state: RunState;
  readonly services: readonly string[];
  readonly planHash: string;
  readonly approvalsNeeded: number;
  readonly approvedBy: readonly string[];
  readonly requestedBy: string;
  readonly requestedAt: number;
  readonly startedBy: string | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly result: DrillResult | null;
  readonly recoveryMs: number | null;
  readonly dataLossMs: number | null;
  readonly humanWaitMs: number | null;
  readonly hasDeviations: boolean;
  readonly isUnclean: boolean;
  readonly schedule: string | null;
  readonly dueAt: number | null;
}

export interface DrillQuery extends PageRequest {
  /** Drills that cover any of these; null for all. */
  readonly services: readonly string[] | null;
  readonly runbook: string | null;
  readonly states: readonly RunState[] | null;
}

export interface DrillStore {
  /** Assigns the next `DR-n`. */
  create(drill: Omit<DrillRecord, 'id'>, plan: Plan): Promise<DrillRecord>;
  find(id: string): Promise<DrillRecord | null>;
  findMany(ids: readonly string[]): Promise<readonly DrillRecord[]>;
  plan(id: string): Promise<Plan | null>;
  /** Newest first. */
  page(query: DrillQuery): Promise<Page<DrillRecord>>;
  inStates(states: readonly RunState[]): Promise<readonly DrillRecord[]>;
  /** Those that left something behind which nobody has accepted, newest first. */
  unclean(): Promise<readonly DrillRecord[]>;
  /** Finished drills newest first per service, for the evidence view. */
  finished(): Promise<readonly DrillRecord[]>;
  /** Those that people asked for and that were started in this time, oldest first. */
  startedByHand(fromAt: number, toAt: number, first: number): Promise<readonly DrillRecord[]>;
  /** How long the latest passes of each runbook took, newest first, at most `each`. */
  lengthsOf(runbooks: readonly string[], each: number): Promise<ReadonlyMap<string, readonly { readonly mode: DrillMode; readonly ms: number }[]>>;
  /** Latest finished drill of each service named. */
  latestOfServices(keys: readonly string[]): Promise<ReadonlyMap<string, DrillRecord>>;
  update(id: string, changes: Partial<Omit<DrillRecord, 'id' | 'runbook' | 'revision' | 'planHash'>>): Promise<void>;

  /** Entries and the bytes of output entries among them (keyed by seq). Fails on a seq that is taken: the journal has no double and no hole. */
  append(drill: string, entries: readonly JournalEntry[], output: ReadonlyMap<number, Uint8Array>): Promise<void>;
  journal(drill: string, after: number, limit: number): Promise<readonly JournalEntry[]>;
  lastSeq(drill: string): Promise<number>;
  /** Output chunks of a step in journal order; `fromEnd` takes the last `limit` ones. */
  output(query: OutputQuery): Promise<readonly OutputChunk[]>;
  outputOf(drill: string, seqs: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>;
  /** Entries of these types in all drills named, for the evidence view. */
  entriesOfTypes(drills: readonly string[], types: readonly DrillEvent['type'][]): Promise<ReadonlyMap<string, readonly JournalEntry[]>>;

  /** Takes all locks for the drill, or none: then it names who holds the first one that is taken. */
  takeLocks(drill: string, names: readonly string[], at: number): Promise<TakenLock | null>;
  releaseLocks(drill: string): Promise<void>;
  lockHolders(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** A lock that another drill has. */
export interface TakenLock {
  readonly name: string;
  readonly heldBy: string;
  readonly since: number;
  /** Whether a process has that drill in hand now. */
  readonly isInHand: boolean;
}

export interface OutputQuery {
  readonly drill: string;
  readonly step: string;
  readonly host: string | null;
  readonly after: number;
  readonly limit: number;
  readonly isFromEnd: boolean;
}

export interface OutputChunk extends AttemptRef {
  readonly seq: number;
  readonly at: number;
  readonly stream: 'stdout' | 'stderr';
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface StoredAssessment {
  readonly at: number;
  readonly modelVersion: string;
  readonly assessment: ServiceAssessment;
}

export interface ReadinessStore {
  /** Stores what changed against the latest (what stays the same keeps its `at`); gives the services whose score or band moved. */
  save(at: number, modelVersion: string, services: readonly ServiceAssessment[]): Promise<readonly ScoreChange[]>;
  latest(): Promise<readonly StoredAssessment[]>;
  latestOf(keys: readonly string[]): Promise<readonly StoredAssessment[]>;
  /** Oldest first: the score in force at `sinceAt`, when there was one, then a point for each move of score or band. */
  scoreHistory(service: string, sinceAt: number): Promise<readonly { readonly at: number; readonly effective: number; readonly band: Band }[]>;
  /** The moves of a service that were stored under these numbers. */
  movesBetween(service: string, from: number, to: number): Promise<readonly ScoreChange[]>;
  saveHostCheck(check: HostCheck): Promise<void>;
  hostChecks(): Promise<readonly HostCheck[]>;
}

export interface ScoreChange {
  readonly service: string;
  readonly before: { readonly effective: number; readonly band: Band } | null;
  readonly after: { readonly effective: number; readonly band: Band };
}

export interface Account {
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly passwordHash: string;
  readonly isDisabled: boolean;
  readonly createdAt: number;
}

export interface Session {
  /** SHA-256 of the cookie's value; the value itself is stored nowhere. */
  readonly idHash: string;
  readonly account: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

export interface AccountStore {
  count(): Promise<number>;
  create(account: Account): Promise<void>;
  find(name: string): Promise<Account | null>;
  findMany(names: readonly string[]): Promise<readonly Account[]>;
  setPassword(name: string, passwordHash: string): Promise<void>;
  addSession(session: Session): Promise<void>;
  findSession(idHash: string): Promise<Session | null>;
  touchSession(idHash: string, at: number): Promise<void>;
  endSession(idHash: string): Promise<void>;
  endSessionsBefore(createdBefore: number, lastSeenBefore: number): Promise<void>;
}

/** One thing that happened, in words that stay: `type` is `noun.verb`, `data` plain JSON. */
export interface HistoryEvent {
  readonly at: number;
  readonly by: string | null;
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface HistoryStore {
  append(event: HistoryEvent): Promise<void>;
  /** Newest first. */
  about(subject: string, first: number): Promise<readonly (HistoryEvent & { readonly position: number })[]>;
}
