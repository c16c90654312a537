// Reads wall clocks in another way than the app does: from a list of the spans of one offset each, found by looking at every few hours.

export interface OffsetSpan {
  readonly fromAt: number;
  readonly toAt: number;
  readonly offsetMs: number;
}

const MINUTE_MS = 60_000;
const STEP_MS = 12 * 3_600_000;

/** The spans between two instants, exact to the minute: no zone has changed its clock in between since 1972. */
export function offsetSpans(zone: string, fromAt: number, toAt: number): readonly OffsetSpan[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  // `2026-03-29 03:00:00`
  const offsetAt = (at: number): number => Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
  const spans: OffsetSpan[] = [];
  let spanFrom = fromAt;
  let offsetMs = offsetAt(fromAt);
  for (let at = fromAt; at < toAt; at += STEP_MS) {
    const next = Math.min(at + STEP_MS, toAt);
    if (offsetAt(next) === offsetMs) continue;
    let [low, high] = [at, next];
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
      if (offsetAt(middle) === offsetMs) low = middle;
      else high = middle;
    }
    spans.push({ fromAt: spanFrom, toAt: high, offsetMs });
    spanFrom = high;
    offsetMs = offsetAt(high);
  }
  return [...spans, { fromAt: spanFrom, toAt, offsetMs }];
}

/** The first instant at which the clock shows this time, or the first one after it where it never does; null outside of the spans. */
export function firstInstant(spans: readonly OffsetSpan[], wall: number): number | null {
  for (const { fromAt, toAt, offsetMs } of spans) {
    const at = wall - offsetMs;
    if (at >= fromAt && at < toAt) return at;
    // The clock was before it when the span before ended, and is past it now: the time lies in the gap.
    if (at < fromAt) return fromAt === spans[0]?.fromAt ? null : fromAt;
  }
  return null;
}
