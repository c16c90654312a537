// The stores of schedules: their due times, freezes, blackout calendars, preflights and alerts.
import type { BlackoutCalendar, Freeze } from '../domain/schedule/closing.ts';
import type { Preflight } from '../domain/schedule/preflight.ts';
import type { Occurrence, OccurrenceState, Schedule } from '../domain/schedule/schedule.ts';

export interface ScheduleStore {
  create(schedule: Schedule): Promise<void>;
  update(schedule: Schedule): Promise<void>;
  find(id: string): Promise<Schedule | null>;
  /** Those that have ended are among them. */
  list(): Promise<readonly Schedule[]>;
  /** The newest due time that was decided; what is planned ahead is not. Null before the first. */
  lastDueAt(schedule: string): Promise<number | null>;
  /** False when the row was there already: each due time is handled once. */
  claim(occurrence: Occurrence): Promise<boolean>;
  settle(schedule: string, dueAt: number, outcome: Omit<Occurrence, 'schedule' | 'dueAt'>): Promise<void>;
  /** Takes back what was planned for a due time that will not come. */
  unplan(schedule: string, dueAt: number): Promise<void>;
  occurrence(schedule: string, dueAt: number): Promise<Occurrence | null>;
  /** Newest first, what is planned ahead included. */
  occurrences(schedule: string, first: number): Promise<readonly Occurrence[]>;
  /** Oldest first. */
  inState(state: OccurrenceState): Promise<readonly Occurrence[]>;
  /** Missed against the will of people, oldest first. */
  missed(): Promise<readonly Occurrence[]>;
  /** Of all schedules, from one instant up to, but not at, another; oldest first. */
  between(fromAt: number, toAt: number, first: number): Promise<readonly Occurrence[]>;
}

export interface ClosingStore<T> {
  create(closing: T): Promise<void>;
  update(closing: T): Promise<void>;
  find(id: string): Promise<T | null>;
  /** In order of their making; those that have ended are among them. */
  list(): Promise<readonly T[]>;
}

export interface PreflightStore {
  /** False when it was begun already and has ended, or not longer ago than `staleBefore`. */
  begin(preflight: Pick<Preflight, 'schedule' | 'dueAt' | 'kind' | 'begunAt'>, staleBefore: number): Promise<boolean>;
  end(preflight: Preflight): Promise<void>;
  /** Newest first. */
  of(schedule: string, dueAt: number): Promise<readonly Preflight[]>;
  /** Those that have ended, for due times after this instant; newest first. */
  ahead(after: number): Promise<readonly Preflight[]>;
}

export interface ScheduleAlert {
  readonly number: number;
  readonly schedule: string;
  readonly channel: string;
  readonly message: string;
  readonly madeAt: number;
  readonly tries: number;
}

export interface ScheduleAlertStore {
  add(alert: Omit<ScheduleAlert, 'number' | 'tries'>): Promise<void>;
  /** Takes up to `first` that are due for a try, oldest first, and puts off their next one: nobody else gets them before. */
  take(now: number, nextTryAt: number, first: number): Promise<readonly ScheduleAlert[]>;
  /** It went out, or (with a reason) nobody tries it again. */
  close(number: number, failure: string | null): Promise<void>;
}

export interface CalendarStores {
  readonly schedules: ScheduleStore;
  readonly freezes: ClosingStore<Freeze>;
  readonly blackouts: ClosingStore<BlackoutCalendar>;
  readonly preflights: PreflightStore;
  readonly scheduleAlerts: ScheduleAlertStore;
}
