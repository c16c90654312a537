// Times in which nothing is drilled by itself: freezes that people set, and the events of blackout calendars.
import { covers, type Footprint, type Scope } from './scope.ts';
import { parseWall } from './wall-text.ts';
import { ZoneClock } from './zone-clock.ts';

interface ClosingSource {
  readonly id: string;
  readonly title: string;
  readonly scope: Scope;
  /** IANA name; what a calendar says without a zone is read in it. */
  readonly zone: string;
  readonly owner: string;
  readonly createdAt: number;
  /** Null while it holds. What has ended stays for its history. */
  readonly endedAt: number | null;
  readonly version: number;
}

export interface Freeze extends ClosingSource {
  readonly reason: string;
  /** Local times of the zone, `2026-12-20T00:00`; the end is not part of it. */
  readonly from: string;
  readonly to: string;
}

export interface BlackoutCalendar extends ClosingSource {
  /** The iCalendar file as it came. */
  readonly text: string;
}

export interface Closing {
  readonly kind: 'freeze' | 'blackout';
  /** Of the freeze or the calendar. */
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly fromAt: number;
  /** Not part of it. */
  readonly toAt: number;
  readonly scope: Scope;
}

export function closingOfFreeze({ id, title, reason, from, to, zone, scope }: Freeze): Closing {
  const clock = new ZoneClock(zone);
  const at = (text: string): number => clock.instantOf(parseWall(text) ?? 0);
  return { kind: 'freeze', id, title, reason, fromAt: at(from), toAt: at(to), scope };
}

/** Those that keep a drill of this footprint from starting at this instant. */
export function closingsAt(closings: readonly Closing[], at: number, footprint: Footprint): readonly Closing[] {
  return closings.filter(({ fromAt, toAt, scope }) => fromAt <= at && at < toAt && covers(scope, footprint));
}

/** A sentence. */
export function describeClosing({ kind, id, title, reason }: Closing): string {
  const why = reason === '' || reason === title ? '' : `: ${reason}`;
  return kind === 'freeze' ? `It falls into the freeze "${title}" (${id})${why}.` : `The blackout calendar "${title}" (${id}) rules it out${why}.`;
}
