// The global stop: every drill under way is paused, with one reason. What runs on hosts ends; nothing further starts before somebody lets a drill go on.
import { done, type Result } from '../domain/errors.ts';
import type { RunState } from '../domain/drill/state.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

/** A drill that is paused starts nothing new anyway; one that is being aborted puts back or lets end, and goes on with that. */
export const STOPPABLE: readonly RunState[] = ['running', 'needs-decision', 'recovering'];

export interface StoppedDrills {
  readonly paused: readonly DrillRecord[];
  /** As they stand, with why they could not be paused: a person looks at them. */
  readonly notPaused: readonly { readonly drill: DrillRecord; readonly why: string }[];
}

export async function stopAllDrills(app: App, actor: Actor | null, stop: { readonly reason: string }): Promise<Result<StoppedDrills>> {
  const denied = deny(actor, 'drills.stop-all');
  if (denied !== null) return { ok: false, refusal: denied };
  const reason = requireText(stop.reason, 'reason');
  if (!reason.ok) return reason;
  const { drills } = app.database.stores;
  const event = { type: 'paused', stop: { reason: reason.value } } as const;
  const paused: string[] = [];
  const refusals = new Map<string, string>();
  // Looked at again: one may have been started meanwhile.
  for (let left = await drills.inStates(STOPPABLE); left.length > 0;) {
    for (const { id } of left) {
      const recorded = await app.journal.record(id, actor?.name ?? null, event);
      if (recorded.ok) paused.push(id);
      else refusals.set(id, recorded.refusal.message);
    }
    const seen = new Set([...paused, ...refusals.keys()]);
    left = (await drills.inStates(STOPPABLE)).filter(({ id }) => !seen.has(id));
  }
  const refused = await drills.findMany([...refusals.keys()]);
  return done({
    paused: await drills.findMany(paused),
    // One that has ended or was paused by somebody else meanwhile needs nobody.
    notPaused: refused.filter(({ state }) => STOPPABLE.includes(state)).map((drill) => ({ drill, why: refusals.get(drill.id) ?? '' })),
  });
}
