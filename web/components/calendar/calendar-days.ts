// Which entries and closings stand on which day, by the clock that the person chose.
import type { CalendarDetail } from './calendar-type.ts';
import { wallIn } from './days.ts';

export const ZONE_CHOICES = ['mine', 'schedule', 'utc'] as const;
/** `schedule`: each entry by the clock of its own schedule. */
export type ZoneChoice = (typeof ZONE_CHOICES)[number];

type Entry = CalendarDetail['entries'][number];
type Closing = CalendarDetail['closings'][number];
type Clash = CalendarDetail['clashes'][number];

export interface PlacedEntry {
  readonly entry: Entry;
  readonly day: string;
  /** `10:00` on that clock. */
  readonly time: string;
  readonly zone: string;
  /** Titles of what is in its way, with what both need. */
  readonly clashes: readonly { readonly other: Entry; readonly shared: Clash['shared'] }[];
}

export interface CalendarDay {
  readonly day: string;
  readonly entries: readonly PlacedEntry[];
  readonly closings: readonly Closing[];
}

/** One for each of the days, in their order; entries in the order of their start. */
export function calendarDays(
  calendar: CalendarDetail,
  days: readonly string[],
  clock: { readonly choice: ZoneChoice; readonly mine: string },
): readonly CalendarDay[] {
  const byDay = Map.groupBy(placed(calendar, clock), ({ day }) => day);
  const zone = zoneOf(null, clock);
  const closings = calendar.closings.map((closing) => ({ closing, ...span(closing, zone) }));
  return days.map((day) => ({
    day,
    entries: byDay.get(day) ?? [],
    closings: closings.filter(({ first, last }) => first <= day && day <= last).map(({ closing }) => closing),
  }));
}

/** UTC, the browser's, or the schedule's own; what has no schedule is shown by the browser's clock. */
export function zoneOf(entry: Pick<Entry, 'schedule'> | null, { choice, mine }: { readonly choice: ZoneChoice; readonly mine: string }): string {
  if (choice === 'utc') return 'UTC';
  return choice === 'schedule' ? (entry?.schedule?.zone ?? mine) : mine;
}

function placed(calendar: CalendarDetail, clock: { readonly choice: ZoneChoice; readonly mine: string }): readonly PlacedEntry[] {
  const byId = new Map(calendar.entries.map((entry) => [entry.id, entry]));
  return calendar.entries.map((entry) => {
    const zone = zoneOf(entry, clock);
    const [day = '', time = ''] = wallIn(zone, Date.parse(entry.startAt)).split('T');
    const clashes = calendar.clashes.flatMap(({ first, second, shared }) => {
      const other = first === entry.id ? byId.get(second) : second === entry.id ? byId.get(first) : undefined;
      return other === undefined ? [] : [{ other, shared }];
    });
    return { entry, day, time, zone, clashes };
  });
}

/** First and last day of a closing; its end is not part of it. */
function span({ fromAt, toAt }: Closing, zone: string): { readonly first: string; readonly last: string } {
  return { first: wallIn(zone, Date.parse(fromAt)).slice(0, 10), last: wallIn(zone, Date.parse(toAt) - 1).slice(0, 10) };
}
