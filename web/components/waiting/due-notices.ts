// Which notices are due: one at once for what waits, and for a drill that stands still again after 1, 3 and 5 minutes.
import type { WaitingEntry } from './waiting-item.ts';

/** Since the first one. Whoever has not come after five minutes is not called by this browser any more. */
export const REMIND_AFTER_MS = [60_000, 180_000, 300_000] as const;

export interface Told {
  /** When the first notice was given, in milliseconds since the epoch. */
  readonly firstAt: number;
  readonly count: number;
}

export interface NoticesDue<Item> {
  readonly due: readonly Item[];
  /** What is to be kept for the next time; what no longer waits is left out. */
  readonly told: Readonly<Record<string, Told>>;
}

type Waits = Pick<WaitingEntry, 'id' | 'urgency'>;

/** A reminder that could not be given in time (a sleeping tab) is given once, not made up for. */
export function noticesDue<Item extends Waits>(items: readonly Item[], told: Readonly<Record<string, Told>>, now: number): NoticesDue<Item> {
  const due: Item[] = [];
  const kept: Record<string, Told> = {};
  for (const item of items) {
    if (item.urgency === 'LATER') continue;
    const before = told[item.id];
    const firstAt = before?.firstAt ?? now;
    const reminders = item.urgency === 'NOW' ? REMIND_AFTER_MS.filter((afterMs) => now - firstAt >= afterMs).length : 0;
    const count = Math.max(1 + reminders, before?.count ?? 0);
    if (count > (before?.count ?? 0)) due.push(item);
    kept[item.id] = { firstAt, count };
  }
  return { due, told: kept };
}
