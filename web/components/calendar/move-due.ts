// Moving one due time of a schedule: it is left out there, and a single drill of the same kind is planned elsewhere.
import { inputOf, type ScheduleDraft, type ScheduleInput } from '../schedule/schedule-draft.ts';

export interface Move {
  /** `2026-12-24T02:00` on the schedule's clock. */
  readonly wall: string;
  readonly reason: string;
}

/** The schedule without this due time. A schedule with one time a day names the day, which holds also where the clock is put forward. */
export function leftOut(draft: ScheduleDraft, { wall, reason }: Move): ScheduleInput {
  const on = draft.repeat !== 'cron' && !draft.times.includes(',') ? wall.slice(0, 10) : wall;
  return inputOf({ ...draft, exceptions: [...draft.exceptions, { on, reason }] });
}

/** A schedule of its own for the new time. */
export function movedTo(draft: ScheduleDraft, to: { readonly day: string; readonly time: string; readonly title: string }): ScheduleInput {
  return inputOf({ ...draft, repeat: 'once', title: to.title, from: to.day, times: to.time, startsOn: '', endsOn: '', exceptions: [] });
}
