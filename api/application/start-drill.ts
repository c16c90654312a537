// Starts an approved drill: from here on the recovery clock runs.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import type { DrillRecord } from './stores.ts';

/** `planHash` is that of the plan which the person saw; the drill's locks are taken with the start, or nothing happens. */
export async function startDrill(app: App, actor: Actor | null, wanted: { drill: string; planHash: string }): Promise<Result<DrillRecord>> {
  return actOnDrill(app, actor, {
    drill: wanted.drill,
    operation: 'drills.control',
    event: { type: 'started' },
    unless: (drill) =>
      drill.planHash === wanted.planHash
        ? done(null)
        : refused('PLAN_CHANGED', `The plan of ${drill.id} is not the one that you looked at. Read it again, then start.`),
  });
}
