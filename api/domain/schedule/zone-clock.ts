// Reads wall clocks: from an instant to the local time of a zone and back, with the gaps and doubles of daylight saving.

/** Milliseconds that a wall clock shows, counted as if it were UTC. Not an instant. */
export type WallMs = number;

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** The wall clock of one IANA zone. Throws a RangeError when there is no such zone; `isZone` tells. */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** What the clock shows at an instant (from the year 1 on), to the second. */
  wallAt(at: number): WallMs {
    const parts = new Map(this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  }

  /** The first instant at which the clock shows this time; where it never does, the first instant after the gap. */
  instantOf(wall: WallMs): number {
    // No zone has changed its clock twice within two days, so these are the offsets before and after.
    const before = wall - this.#offsetAt(wall - DAY_MS);
    const after = wall - this.#offsetAt(wall + DAY_MS);
    if (before === after) return before;
    const candidates = [before, after].filter((at) => this.wallAt(at) === wall);
    return candidates.length > 0 ? Math.min(...candidates) : this.#endOfGap(wall, Math.min(before, after), Math.max(before, after));
  }

  #offsetAt(at: number): number {
    return this.wallAt(at) - Math.floor(at / SECOND_MS) * SECOND_MS;
  }

  /** The first second in (low, high] at which the clock is past `wall`; it is not at `low`, and it is at `high`. */
  #endOfGap(wall: WallMs, low: number, high: number): number {
    let first = low;
    let last = high;
    while (last - first > SECOND_MS) {
      const middle = first + Math.floor((last - first) / 2 / SECOND_MS) * SECOND_MS;
      if (this.wallAt(middle) > wall) last = middle;
      else first = middle;
    }
    return last;
  }
}

/** Whether the text is an IANA zone name. Bare offsets such as `+02:00` are not: they know no daylight saving. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new ZoneClock(zone) instanceof ZoneClock;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
