// How often something may be tried: so many times for a key within a sliding span of time, kept in memory.

export interface AttemptLimitRule {
  readonly most: number;
  readonly withinMs: number;
}

export interface AttemptLimit {
  /** Counts one attempt at `at`. Null when it may go on; or else the instant from which the next may. A refused one is not counted. */
  take(key: string, at: number): number | null;
  /** Takes the latest attempt back: it turned out to be no guess. */
  giveBack(key: string): void;
  clear(key: string): void;
}

/** Bounds the memory that somebody can take who makes up a new key each time; the keys longest unused go first. */
const MOST_KEYS = 10_000;

/** Time comes in as an argument and must not run backwards for a key. */
export function createAttemptLimit(rule: AttemptLimitRule): AttemptLimit {
  const attempts = new Map<string, readonly number[]>();
  return {
    take(key, at) {
      const recent = (attempts.get(key) ?? []).filter((past) => past > at - rule.withinMs);
      const oldest = recent[0];
      const isFull = recent.length >= rule.most;
      attempts.delete(key);
      attempts.set(key, isFull ? recent : [...recent, at]);
      forgetOldest(attempts);
      return isFull && oldest !== undefined ? oldest + rule.withinMs : null;
    },
    giveBack(key) {
      const left = attempts.get(key)?.slice(0, -1) ?? [];
      if (left.length === 0) attempts.delete(key);
      else attempts.set(key, left);
    },
    clear(key) {
      attempts.delete(key);
    },
  };
}

function forgetOldest(attempts: Map<string, readonly number[]>): void {
  if (attempts.size <= MOST_KEYS) return;
  const oldest = attempts.keys().next();
  if (oldest.done !== true) attempts.delete(oldest.value);
}
