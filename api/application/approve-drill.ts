// Approves the frozen plan of a drill, by its hash.
import { done, refused, type Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import type { DrillRecord } from './stores.ts';

export interface Approval {
  readonly drill: string;
  /** The hash of the plan that the approver saw. */
  readonly planHash: string;
  readonly note?: string | null | undefined;
}

/** Refuses the requester's own approval, a second one by the same person, and a hash that is not the drill's. */
export async function approveDrill(app: App, actor: Actor | null, approval: Approval): Promise<Result<DrillRecord>> {
  return actOnDrill(app, actor, {
    drill: approval.drill,
    operation: 'drills.approve',
    event: { type: 'approved', planHash: approval.planHash, note: approval.note ?? null },
    unless: (drill) => {
      if (drill.requestedBy === actor?.name) return refused('FORBIDDEN', `You asked for ${drill.id}, so somebody else approves it.`);
      if (drill.planHash !== approval.planHash)
        return refused('PLAN_CHANGED', `The plan of ${drill.id} is not the one that you looked at. Read it again, then approve.`);
      return done(null);
    },
  });
}
