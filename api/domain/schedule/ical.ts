// Reads iCalendar files: when their events are, as instants. Bad files are told with the line at fault.
import ICAL from 'ical.js';
import type { Problem } from '../errors.ts';
import { checkLines, fault } from './ical-lines.ts';
import { parseDay } from './wall-text.ts';
import { isZone, ZoneClock } from './zone-clock.ts';

export interface IcalSpan {
  readonly title: string;
  readonly fromAt: number;
  /** Not part of it. */
  readonly toAt: number;
}

export type IcalRead =
  | { readonly ok: true; readonly calendar: IcalCalendar; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Event = InstanceType<typeof ICAL.Event>;
type Time = InstanceType<typeof ICAL.Time>;

/** A file of a company's holidays has a few hundred; each is expanded for every look at it. */
const MOST_EVENTS = 2_000;
/** Of one repeating event: eighty years of days, and an end for what repeats for ever. */
const MOST_REPEATS = 30_000;
/** A file of closed days has no use for them, and they would never come to an end. */
const TOO_OFTEN: ReadonlySet<string> = new Set(['SECONDLY', 'MINUTELY', 'HOURLY']);
const SECOND_MS = 1_000;

/** Times without a zone, and whole days, are read in `zone`. */
export function readIcal(text: string, zone: string): IcalRead {
  const { problems, eventLines } = checkLines(text);
  if (problems.length > 0) return { ok: false, problems };
  if (eventLines.length > MOST_EVENTS) {
    return { ok: false, problems: [fault(eventLines[MOST_EVENTS] ?? 1, `It has more than ${MOST_EVENTS} events.`, 'Leave out what is long past.')] };
  }
  const parsed = parse(text);
  if (typeof parsed === 'string') return { ok: false, problems: [fault(1, `It cannot be read: ${parsed}.`, 'Export the calendar again.')] };
  const events = parsed.getAllSubcomponents('vevent').map((component, index) => ({ event: new ICAL.Event(component), line: eventLines[index] ?? 1 }));
  const faults = events.flatMap((one) => eventFaults(one));
  if (faults.some(({ severity }) => severity === 'error')) return { ok: false, problems: faults };
  return { ok: true, calendar: new IcalCalendar(relate(events.map(({ event }) => event)), new ZoneClock(zone)), warnings: faults };
}

/** The events of a file that `readIcal` has found to be sound. */
export class IcalCalendar {
  readonly #events: readonly Event[];
  readonly #zone: ZoneClock;
  readonly #clocks = new Map<string, ZoneClock>();

  constructor(events: readonly Event[], zone: ZoneClock) {
    this.#events = events;
    this.#zone = zone;
  }

  /** What of it lies between the two instants, in order of its start. */
  spans(fromAt: number, toAt: number): readonly IcalSpan[] {
    return this.#events.flatMap((event) => this.#spansOf(event, fromAt, toAt)).toSorted((a, b) => a.fromAt - b.fromAt);
  }

  #spansOf(event: Event, fromAt: number, toAt: number): readonly IcalSpan[] {
    const isMeant = (span: IcalSpan): boolean => span.fromAt < toAt && span.toAt > fromAt && span.toAt > span.fromAt;
    if (!event.isRecurring()) return [this.#span(event, event.startDate, event.endDate)].filter(isMeant);
    const spans: IcalSpan[] = [];
    const times = event.iterator();
    for (let count = 0; count < MOST_REPEATS; count += 1) {
      // Nothing at the end, whatever its type says.
      const next: Time | null | undefined = times.next();
      if (next === null || next === undefined || this.#at(next, zoneOf(event, 'dtstart')) >= toAt) break;
      const { item, startDate, endDate } = event.getOccurrenceDetails(next);
      if (!isCancelled(item)) spans.push(this.#span(item, startDate, endDate));
    }
    return spans.filter(isMeant);
  }

  #span(event: Event, from: Time, to: Time): IcalSpan {
    return {
      title: titleOf(event),
      fromAt: this.#at(from, zoneOf(event, 'dtstart')),
      toAt: this.#at(to, zoneOf(event, 'dtend') ?? zoneOf(event, 'dtstart')),
    };
  }

  /** `zone` is the name that stands beside the time in the file. */
  #at(time: Time, zone: string | null): number {
    const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
    if (time.isDate) return this.#zone.instantOf(wall);
    if (time.zone === ICAL.Timezone.utcTimezone) return wall;
    // Our own reading of IANA names: it knows gaps and repeats, and needs no definition in the file.
    if (zone !== null && isZone(zone)) return this.#clockOf(zone).instantOf(wall);
    return time.zone === ICAL.Timezone.localTimezone ? this.#zone.instantOf(wall) : time.toUnixTime() * SECOND_MS;
  }

  #clockOf(tzid: string): ZoneClock {
    const clock = this.#clocks.get(tzid) ?? new ZoneClock(tzid);
    this.#clocks.set(tzid, clock);
    return clock;
  }
}

function parse(text: string): InstanceType<typeof ICAL.Component> | string {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-argument -- the library types what it parses as any
    return new ICAL.Component(ICAL.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    // The library has no error class that it would export: whatever it throws while reading is about the text.
    return error instanceof Error ? error.message : String(error);
  }
}

/** Changed single dates belong to the event that repeats; cancelled events are none. */
function relate(events: readonly Event[]): readonly Event[] {
  const changes = events.filter((event) => event.isRecurrenceException());
  const originals = events.filter((event) => !event.isRecurrenceException());
  for (const change of changes) originals.find(({ uid }) => uid === change.uid)?.relateException(change);
  return originals.filter((event) => !isCancelled(event));
}

function eventFaults({ event, line }: { event: Event; line: number }): readonly Problem[] {
  const { component } = event;
  const start = component.getFirstProperty('dtstart');
  const what = `The event "${titleOf(event)}" (line ${line})`;
  if (start === null) return [fault(line, `${what} has no start.`, 'Give it one, or take it out.')];
  try {
    const [from, to] = [event.startDate, event.endDate];
    if (DATES.some((name) => !hasRealDate(event, name))) return [fault(line, `${what} has a date that is none.`, 'Correct the date.')];
    if (to.compare(from) < 0) return [fault(line, `${what} ends before it starts.`, 'Correct its end.')];
    const tzid = zoneOf(event, 'dtstart');
    const isKnown = tzid === null || isZone(tzid) || from.zone !== ICAL.Timezone.localTimezone;
    if (!isKnown)
      return [fault(line, `${what} is in the time zone "${tzid}", which is unknown.`, 'Export it with an IANA zone such as Europe/Berlin.')];
    return [...repeatFaults(event, { line, what }), ...lengthFaults(event, { line, what })];
  } catch (error) {
    return [fault(line, `${what} cannot be read (${error instanceof Error ? error.message : String(error)}).`, 'Correct it, or take it out.')];
  }
}

const DATES = ['dtstart', 'dtend'] as const;

/** The library counts the 99th of a month on into later ones. */
function hasRealDate({ component }: Event, name: (typeof DATES)[number]): boolean {
  const property = component.getFirstProperty(name);
  if (property === null) return true;
  const written: unknown = property.toJSON()[JCAL_VALUE];
  return typeof written === 'string' && parseDay(written.slice(0, DAY_LENGTH)) !== null;
}

/** Where a property has its value in jCal, after name, parameters and type. */
const JCAL_VALUE = 3;
const DAY_LENGTH = '2026-03-01'.length;

function zoneOf({ component }: Event, name: (typeof DATES)[number]): string | null {
  // A parameter that is not there is undefined, whatever its type says.
  const tzid: string | undefined = component.getFirstProperty(name)?.getFirstParameter('tzid');
  return tzid ?? null;
}

function repeatFaults({ component }: Event, { line, what }: { line: number; what: string }): readonly Problem[] {
  const rules = component.getAllProperties('rrule').flatMap((property) => property.getValues());
  return rules.flatMap((rule: { freq?: string }) =>
    TOO_OFTEN.has(rule.freq ?? '') ? [fault(line, `${what} repeats within a day.`, 'Write one event that lasts as long.')] : [],
  );
}

function lengthFaults(event: Event, { line, what }: { line: number; what: string }): readonly Problem[] {
  if (event.endDate.compare(event.startDate) > 0) return [];
  return [{ ...fault(line, `${what} has no length, so it rules out nothing.`, 'Give it an end, or make it a whole day.'), severity: 'warning' }];
}

function isCancelled({ component }: Event): boolean {
  return component.getFirstPropertyValue('status') === 'CANCELLED';
}

/** `null` where an event has none, whatever its type says. */
function titleOf(event: Event): string {
  const summary: string | null = event.summary;
  return summary === null || summary.trim() === '' ? 'Blackout' : summary.trim();
}
