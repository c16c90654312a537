// The calendar: what was, is and will be drilled in a time, what is closed in it, and what is in each other's way.
import { done, refused, type Result } from '../domain/errors.ts';
import { findClashes, type Clash, type PlannedSpan } from '../domain/schedule/clash.ts';
import { closingsAt, type Closing } from '../domain/schedule/closing.ts';
import { dueTimes } from '../domain/schedule/due-times.ts';
import { startOf } from '../domain/schedule/jitter.ts';
import type { Occurrence, Schedule } from '../domain/schedule/schedule.ts';
import type { Footprint } from '../domain/schedule/scope.ts';
import { ScheduleView, type ViewApp } from './schedule-view.ts';
import type { App } from './app.ts';
import type { DrillRecord } from './stores.ts';

/** A year and a month around it. */
export const LONGEST_CALENDAR_DAYS = 400;
/** More than a page can show; a calendar that has more says where it was cut. */
export const MOST_ENTRIES = 2_000;
const DAY_MS = 86_400_000;

export interface CalendarEntry {
  /** `SC-1 1767232800000` for a due time, `DR-7` for a drill that people asked for. */
  readonly id: string;
  readonly startAt: number;
  /** Expected where it has not ended. */
  readonly endAt: number;
  /** Null for a drill that people asked for. */
  readonly due: { readonly schedule: Schedule; readonly dueAt: number } | null;
  /** What became of the due time; null while nothing did. */
  readonly occurrence: Occurrence | null;
  readonly drill: DrillRecord | null;
  /** What will keep it from starting. */
  readonly closedBy: readonly Closing[];
}

export interface Calendar {
  readonly fromAt: number;
  readonly toAt: number;
  /** In order of their start. */
  readonly entries: readonly CalendarEntry[];
  readonly closings: readonly Closing[];
  /** Of what is to come; ends are ids of entries. */
  readonly clashes: readonly Clash[];
  /** From here on entries are left out, because there are too many; null when all are there. */
  readonly cutAt: number | null;
}

export interface CalendarRange {
  readonly fromAt: number;
  /** Not part of it. */
  readonly toAt: number;
}

type CalendarApp = ViewApp & Pick<App, 'clock'>;

/** Of all schedules; whether somebody may see a drill is asked where it is shown. */
export async function readCalendar(app: CalendarApp, range: CalendarRange, view: ScheduleView = new ScheduleView(app)): Promise<Result<Calendar>> {
  const refusal = rangeFault(range);
  if (refusal !== null) return refusal;
  const { fromAt, toAt } = range;
  const now = app.clock();
  const closings = await view.closings(fromAt, toAt);
  const past = await pastEntries(app, range, view);
  const schedules = (await app.database.stores.schedules.list()).filter(({ isActive }) => isActive);
  const known = new Set(past.map(({ id }) => id));
  const coming: CalendarEntry[] = [];
  const spans: PlannedSpan[] = [];
  for (const schedule of schedules) {
    const expected = await expectedOf(view, schedule);
    for (const entry of comingEntries({ schedule, expected, closings }, { fromAt, toAt, now })) {
      if (entry.closedBy.length === 0) spans.push(spanOf(entry, schedule, expected.footprint));
      if (!known.has(entry.id)) coming.push(entry);
    }
  }
  const all = [...past, ...coming].toSorted((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : 1));
  const cutAt = all[MOST_ENTRIES]?.startAt ?? null;
  return done({ fromAt, toAt, entries: all.slice(0, MOST_ENTRIES), closings, clashes: findClashes(spans), cutAt });
}

function rangeFault({ fromAt, toAt }: CalendarRange): ReturnType<typeof refused> | null {
  if (toAt <= fromAt) return refused('INVALID_INPUT', 'The calendar would end before it begins. Choose a later end.', { field: 'to' });
  if (toAt - fromAt <= LONGEST_CALENDAR_DAYS * DAY_MS) return null;
  return refused('INVALID_INPUT', `A calendar shows at most ${LONGEST_CALENDAR_DAYS} days. Choose a shorter time.`, { field: 'to' });
}

/** Due times that have a row, and drills that people started. */
async function pastEntries(app: CalendarApp, { fromAt, toAt }: CalendarRange, view: ScheduleView): Promise<readonly CalendarEntry[]> {
  const { stores } = app.database;
  const now = app.clock();
  const schedules = new Map((await stores.schedules.list()).map((schedule) => [schedule.id, schedule]));
  const occurrences = await stores.schedules.between(fromAt, toAt, MOST_ENTRIES + 1);
  const byHand = await stores.drills.startedByHand(fromAt, toAt, MOST_ENTRIES + 1);
  const drills = new Map((await stores.drills.findMany(occurrences.flatMap(({ drill }) => drill ?? []))).map((drill) => [drill.id, drill]));
  const entries: CalendarEntry[] = [];
  for (const occurrence of occurrences) {
    const schedule = schedules.get(occurrence.schedule);
    if (schedule === undefined) continue;
    const drill = drills.get(occurrence.drill ?? '') ?? null;
    const startAt = drill?.startedAt ?? startOf(schedule, occurrence.dueAt);
    const endAt = occurrence.state === 'missed' ? startAt : (drill?.finishedAt ?? startAt + (await view.expectedMs(schedule)));
    const due = { schedule, dueAt: occurrence.dueAt };
    entries.push({ id: entryId(schedule, occurrence.dueAt), startAt, endAt, due, occurrence, drill, closedBy: [] });
  }
  for (const drill of byHand) {
    const startAt = drill.startedAt ?? drill.requestedAt;
    entries.push({ id: drill.id, startAt, endAt: drill.finishedAt ?? Math.max(startAt, now), due: null, occurrence: null, drill, closedBy: [] });
  }
  return entries;
}

interface Expected {
  readonly lengthMs: number;
  readonly footprint: Footprint;
}

async function expectedOf(view: ScheduleView, schedule: Schedule): Promise<Expected> {
  return { lengthMs: await view.expectedMs(schedule), footprint: await view.footprint(schedule) };
}

function comingEntries(
  { schedule, expected, closings }: { schedule: Schedule; expected: Expected; closings: readonly Closing[] },
  { fromAt, toAt, now }: CalendarRange & { readonly now: number },
): readonly CalendarEntry[] {
  const times = dueTimes(schedule, Math.max(fromAt - 1, now), { untilAt: toAt - 1 }).slice(0, MOST_ENTRIES + 1);
  return times.map((dueAt) => {
    const startAt = startOf(schedule, dueAt);
    const closedBy = closingsAt(closings, startAt, expected.footprint);
    const due = { schedule, dueAt };
    return { id: entryId(schedule, dueAt), startAt, endAt: startAt + expected.lengthMs, due, occurrence: null, drill: null, closedBy };
  });
}

function spanOf({ id, startAt, endAt }: CalendarEntry, schedule: Schedule, { services, hosts, locks }: Footprint): PlannedSpan {
  return { id, group: schedule.id, startAt, endAt, services, hosts, locks, people: [schedule.owner] };
}

function entryId({ id }: Schedule, dueAt: number): string {
  return `${id} ${dueAt}`;
}
