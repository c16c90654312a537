// The drills that this process has in hand: taken, prolonged and let go of; and those that nobody has, found and told.
import { setTimeout as delay } from 'node:timers/promises';
import type { Hold, Holder, Lease } from '../application/leases.ts';
import type { Database } from '../application/stores.ts';
import type { EngineLog } from './shell.ts';

export interface LeaseSettings {
  readonly holder: Holder;
  /** No other process can be there: SQLite lets in only one. */
  readonly isAlone: boolean;
  /** Whether the process that gave this origin has ended for certain. */
  readonly isGone: (origin: string) => boolean;
  readonly leaseMs: number;
}

/** So that the second try still comes in time when one fails. */
const RENEWALS_IN_A_LEASE = 3;

/**
 * Who had a drill before, and why it was free: that process has `ended`, was `stopped` and let go of it, was `silent` for longer than its lease
 * (it may only have stood still), or is this `same` one, which did not know that it had it.
 */
export interface Former {
  readonly heldBy: string;
  readonly end: 'ended' | 'stopped' | 'silent' | 'same';
}

export interface Held extends Hold {
  /** For people: `process 812 on app-1`. */
  readonly heldBy: string;
  /** Null when nobody had it, or whoever did was done with it. */
  readonly former: Former | null;
  /** Aborted when another process has it. */
  readonly lost: AbortSignal;
}

interface Own {
  readonly held: Held;
  readonly abort: AbortController;
}

interface KeeperParts {
  readonly database: Database;
  readonly log: EngineLog;
  readonly settings: LeaseSettings;
  /** A drill under way that may be taken. */
  readonly onFree: (drill: string) => Promise<void>;
  /** What is still in hand was prolonged. */
  readonly onRenewed: () => void;
}

export class LeaseKeeper {
  private readonly owned = new Map<string, Own>();
  private readonly ended = new AbortController();
  /** By a clock that nobody sets, until when no other process can have taken anything. */
  private sureUntil = Number.NEGATIVE_INFINITY;
  /** Since when the database has answered without a break. Null before the first answer after a failure. */
  private answersSince: number | null = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: KeeperParts) {}

  held(drill: string): Held | null {
    return this.owned.get(drill)?.held ?? null;
  }

  onLost(hold: Hold): void {
    const own = this.owned.get(hold.drill);
    if (own === undefined || own.held.fence !== hold.fence) return;
    this.owned.delete(hold.drill);
    this.parts.log.warn({ drill: hold.drill, fence: hold.fence }, 'Another process has the drill in hand now; this one does nothing more for it.');
    own.abort.abort();
  }

  drills(): readonly string[] {
    return [...this.owned.keys()];
  }

  /** False when it may be that others have what this process had; `renew` then finds out. */
  isSure(): boolean {
    return this.parts.settings.isAlone || performance.now() < this.sureUntil;
  }

  /** Null when another process has it. Throws when the database cannot say. */
  async take(drill: string): Promise<Held | null> {
    const { database, settings } = this.parts;
    const { holder, leaseMs } = settings;
    const askedAt = performance.now();
    const taken = await database.write(async (stores) => {
      const lease = await stores.leases.find(drill);
      if (!this.isFree(lease)) return null;
      return { fence: await stores.leases.take(drill, { ...holder, leaseMs }), former: this.formerOf(lease) };
    });
    if (taken === null) return null;
    // Holding something else, the older promise ends sooner.
    this.sureUntil = this.owned.size === 0 ? askedAt + leaseMs : Math.min(this.sureUntil, askedAt + leaseMs);
    const abort = new AbortController();
    const held: Held = { drill, holder: holder.holder, heldBy: holder.heldBy, ...taken, lost: abort.signal };
    this.owned.set(drill, { held, abort });
    return held;
  }

  /** Throws when the database cannot say; what was lost is told as such. */
  async renew(): Promise<void> {
    if (this.owned.size === 0) return;
    const { database, settings } = this.parts;
    const before = [...this.owned.values()];
    const askedAt = performance.now();
    const fences = await database.stores.leases.renew(settings.holder.holder, settings.leaseMs);
    for (const { held } of before) if (fences.get(held.drill) !== held.fence) this.onLost(held);
    this.sureUntil = askedAt + settings.leaseMs;
  }

  async letGo(drill: string, isDone: boolean): Promise<void> {
    const own = this.owned.get(drill);
    if (own === undefined) return;
    this.owned.delete(drill);
    await this.parts.database.stores.leases.letGo(own.held, isDone);
  }

  /** Looks at once, and then each time it renews. */
  async start(): Promise<void> {
    await this.look();
    void this.keep();
  }

  /** Nothing is prolonged after this; gives what is still in hand. */
  stop(): readonly string[] {
    this.ended.abort();
    return [...this.owned.keys()];
  }

  private async keep(): Promise<void> {
    const { signal } = this.ended;
    for (;;) {
      await delay(this.parts.settings.leaseMs / RENEWALS_IN_A_LEASE, undefined, { signal, ref: false }).catch(() => undefined); // the end is seen below
      if (signal.aborted) return;
      try {
        await this.renew();
        this.answersSince ??= performance.now();
        this.parts.onRenewed();
        await this.look();
      } catch (error) {
        if (signal.aborted) return;
        if (this.answersSince !== null) this.parts.log.error({ err: error }, 'Drills in hand could not be prolonged; it is tried again.');
        this.answersSince = null;
      }
    }
  }

  private async look(): Promise<void> {
    const found = await this.parts.database.stores.leases.underWay();
    const free = found.filter(({ drill, lease }) => !this.owned.has(drill) && this.isFree(lease));
    await Promise.all(free.map(({ drill }) => this.parts.onFree(drill)));
  }

  /**
   * After the database was away everybody is late: whoever had a drill gets the time of a lease to prolong it, before others take it.
   * What was let go of, or belongs to a process that is gone, is free at once.
   */
  private isFree(lease: Lease | null): boolean {
    const { isAlone, isGone, holder, leaseMs } = this.parts.settings;
    if (lease === null || lease.isLetGo || isAlone || lease.holder === holder.holder) return true;
    if (isGone(lease.origin)) return true;
    return lease.isExpired && this.answersSince !== null && performance.now() - this.answersSince >= leaseMs;
  }

  private formerOf(lease: Lease | null): Former | null {
    if (lease === null || lease.holder === null) return null;
    const { isAlone, isGone, holder } = this.parts.settings;
    const { heldBy } = lease;
    if (lease.holder === holder.holder) return { heldBy, end: 'same' };
    if (lease.isLetGo) return { heldBy, end: 'stopped' };
    return { heldBy, end: isAlone || isGone(lease.origin) ? 'ended' : 'silent' };
  }
}
