// What becomes of a due time: it starts, or it was missed. Nothing is ever started late by itself.

/** How long after its due time a drill may start unless the schedule says otherwise: a restart of the app fits in. */
export const DEFAULT_GRACE_MS = 10 * 60_000;
/** How long a drill waits for its approvals unless the schedule says otherwise. */
export const DEFAULT_WINDOW_MS = 60 * 60_000;
/** How early approvals are asked for unless the schedule says otherwise: people are asked a week ahead. */
export const DEFAULT_LEAD_MS = 7 * 86_400_000;

/** `missed` once `now` is more than the grace past the due time. Not for times that are yet to come: that throws. */
export function decideOccurrence(due: { readonly dueAt: number; readonly now: number; readonly graceMs: number }): 'start' | 'missed' {
  const lateMs = due.now - due.dueAt;
  if (lateMs < 0) throw new RangeError('an occurrence is decided once it is due, not before');
  return lateMs <= due.graceMs ? 'start' : 'missed';
}
