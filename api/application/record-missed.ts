// What is written down when a due time is missed: an event, and a message for the channel of the schedule.
import { WANTED_CAUSES, type Occurrence, type Schedule } from '../domain/schedule/schedule.ts';
import { wallText } from '../domain/schedule/wall-text.ts';
import { ZoneClock } from '../domain/schedule/zone-clock.ts';
import type { Stores } from './stores.ts';

type Missed = Pick<Occurrence, 'dueAt' | 'cause' | 'reason'>;

/** In the transaction of the rows themselves. What people wanted so is told to nobody; several at once are told in one message. */
export async function recordMissed(stores: Stores, schedule: Schedule, { missed, at }: { missed: readonly Missed[]; at: number }): Promise<void> {
  for (const { dueAt, cause, reason } of missed) {
    await stores.history.append({ at, by: null, type: 'schedule.missed', subject: schedule.id, data: { dueAt, cause, reason } });
  }
  const unwanted = missed.filter(({ cause }) => cause === null || !WANTED_CAUSES.includes(cause));
  const last = unwanted.at(-1);
  if (last !== undefined) await alert(stores, schedule, { message: missedText(schedule, unwanted.length, last), at });
}

/** Stored, and sent from there: a crash loses no message. Nothing when the schedule has no channel. */
export async function alert(stores: Stores, schedule: Schedule, { message, at }: { message: string; at: number }): Promise<void> {
  if (schedule.alertChannel === null) return;
  await stores.scheduleAlerts.add({ schedule: schedule.id, channel: schedule.alertChannel, message, madeAt: at });
}

/** `Sunday drill (SC-3)`. */
export function nameOf({ title, id }: Pick<Schedule, 'title' | 'id'>): string {
  return `${title} (${id})`;
}

/** `2026-03-01 02:00 Europe/Berlin`. */
export function localTime({ zone }: Pick<Schedule, 'zone'>, at: number): string {
  return `${wallText(new ZoneClock(zone).wallAt(at)).replace('T', ' ')} ${zone}`;
}

function missedText(schedule: Schedule, count: number, { dueAt, reason }: Missed): string {
  const what = count === 1 ? `The drill due at ${localTime(schedule, dueAt)}` : `${count} due times, the last at ${localTime(schedule, dueAt)},`;
  return `Missed: ${nameOf(schedule)}. ${what} did not happen. ${reason ?? ''}`.trim();
}
