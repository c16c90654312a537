// Makes the drill of a due time: its row and its drill are stored together or not at all.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { App } from './app.ts';
import { announceDrill, storeDrill, type ResolvedPlan } from './request-drill.ts';
import type { DrillRecord } from './stores.ts';

/** Null when the due time has its row already: somebody was quicker. */
export async function planOccurrence(
  app: App,
  schedule: Schedule,
  { dueAt, resolved }: { dueAt: number; resolved: ResolvedPlan },
): Promise<DrillRecord | null> {
  const prepared = { ...resolved, requestedBy: schedule.owner, scheduled: { schedule: schedule.id, dueAt } };
  const stored = await app.database.write(async (stores) => {
    const claim = { schedule: schedule.id, dueAt, state: 'planned', drill: null, cause: null, reason: null } as const;
    if (!(await stores.schedules.claim(claim))) return null;
    const made = await storeDrill(stores, prepared, app.clock());
    await stores.schedules.settle(schedule.id, dueAt, { state: 'planned', drill: made.drill.id, cause: null, reason: null });
    return made;
  });
  if (stored === null) return null;
  announceDrill(app, stored);
  return stored.drill;
}

/** Puts a new drill in the place of one that has expired, for a due time that is still ahead. */
export async function planAnew(
  app: App,
  schedule: Schedule,
  wanted: { dueAt: number; expired: string; resolved: ResolvedPlan },
): Promise<Result<DrillRecord>> {
  const { dueAt, expired, resolved } = wanted;
  const prepared = { ...resolved, requestedBy: schedule.owner, scheduled: { schedule: schedule.id, dueAt } };
  const stored = await app.database.write(async (stores) => {
    const row = await stores.schedules.occurrence(schedule.id, dueAt);
    if (row?.state !== 'planned' || row.drill !== expired) return null;
    const made = await storeDrill(stores, prepared, app.clock());
    await stores.schedules.settle(schedule.id, dueAt, { state: 'planned', drill: made.drill.id, cause: null, reason: null });
    return made;
  });
  if (stored === null) return refused('CONFLICT', `The due time of ${schedule.id} was planned anew already.`);
  announceDrill(app, stored);
  return done(stored.drill);
}
