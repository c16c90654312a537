// Scheduled drills that would not start as things stand: what the newest look ahead at each due time found.
import type { Preflight } from '../domain/schedule/preflight.ts';
import { isPreflightOk } from '../domain/schedule/preflight.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { Stores } from './stores.ts';

export interface FailingPreflight {
  readonly preflight: Preflight;
  readonly schedule: Schedule;
  /** Keys of the services that its runbook recovers. */
  readonly services: readonly string[];
}

/** Of active schedules, for due times after now. Schedules and runbooks are read only when something fails. */
export async function failingPreflights(stores: Stores, now: number): Promise<readonly FailingPreflight[]> {
  const newest = new Map<string, Preflight>();
  // Newest first: the first of each due time is the one that counts.
  for (const preflight of await stores.preflights.ahead(now)) {
    const key = `${preflight.schedule} ${preflight.dueAt}`;
    if (!newest.has(key)) newest.set(key, preflight);
  }
  const failing = [...newest.values()].filter(({ problems }) => !isPreflightOk(problems));
  if (failing.length === 0) return [];
  const schedules = new Map((await stores.schedules.list()).map((schedule) => [schedule.id, schedule]));
  const runbooks = new Map((await stores.runbooks.list()).map(({ latest, approved }) => [latest.runbook.key, (approved ?? latest).runbook]));
  return failing.flatMap((preflight): readonly FailingPreflight[] => {
    const schedule = schedules.get(preflight.schedule);
    if (schedule === undefined || !schedule.isActive) return [];
    return [{ preflight, schedule, services: runbooks.get(schedule.runbook)?.services ?? [] }];
  });
}
