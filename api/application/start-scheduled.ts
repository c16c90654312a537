// What a due schedule sets going: its drill is asked for, and started at once when nobody has to approve it.
import { done, type Result } from '../domain/errors.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { App } from './app.ts';
import { requestDrill } from './request-drill.ts';
import type { DrillRecord } from './stores.ts';

/** A drill that needs approval waits for it; one that cannot start (a lock is held) ends as expired, and the refusal says why. */
export async function startScheduled(app: App, schedule: Schedule, dueAt: number): Promise<Result<DrillRecord>> {
  const { runbook, mode, inputs, owner } = schedule;
  const requested = await requestDrill(app, null, { runbook, mode, inputs, scheduled: { schedule: schedule.id, dueAt, owner } });
  if (!requested.ok || requested.value.state !== 'approved') return requested;
  const { id } = requested.value;
  const started = await app.journal.record(id, null, { type: 'started' });
  if (!started.ok) {
    await app.journal.record(id, null, { type: 'expired', reason: started.refusal.message });
    return started;
  }
  app.engine.wake(id);
  return done((await app.database.stores.drills.find(id)) ?? requested.value);
}
