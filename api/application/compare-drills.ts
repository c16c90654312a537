// A drill beside another run of its runbook: the one before it, unless another is named.
import { compareSections, compareSteps, type SectionComparison, type StepComparison } from '../domain/drill/compare-runs.ts';
import { sectionsOf } from '../domain/drill/sections.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import { expectedTimes } from './expect-steps.ts';
import type { DrillRecord } from './stores.ts';

export interface DrillComparison {
  readonly before: DrillRecord;
  readonly sections: readonly SectionComparison[];
  readonly steps: readonly StepComparison[];
}

/** Null when no other run is named and there is none before it. */
export async function compareDrills(
  app: App,
  actor: Actor | null,
  wanted: { readonly drill: DrillRecord; readonly other: string | null },
): Promise<Result<DrillComparison | null>> {
  const { stores } = app.database;
  const { drill, other } = wanted;
  const id = other ?? (await stores.durations.runBefore(drill));
  const before = id === null ? null : await stores.drills.find(id);
  if (before === null) return other === null ? done(null) : refused('NOT_FOUND', `There is no drill ${other}.`, { field: 'with' });
  const denied = deny(actor, 'drills.see', await subjectOf(stores, before.services));
  if (denied !== null) return other === null ? done(null) : { ok: false, refusal: denied };
  if (before.runbook !== drill.runbook || before.id === drill.id) {
    return refused('INVALID_INPUT', `${before.id} is no other run of this runbook. Choose a drill of the same runbook.`, { field: 'with' });
  }
  const [then, now] = await Promise.all([app.journal.state(before.id), app.journal.state(drill.id)]);
  if (then === null || now === null) throw new Error(`${drill.id} or ${before.id} has no journal.`);
  const at = app.clock();
  const [earlier, later] = await Promise.all([sectionsAt(app, then, at), sectionsAt(app, now, at)]);
  return done({ before, sections: compareSections(earlier, later), steps: compareSteps(then, now, at) });
}

async function sectionsAt(app: App, state: DrillState, at: number): Promise<ReturnType<typeof sectionsOf>> {
  const { timeline } = await expectedTimes(app.database.stores, state.plan, state.startedAt ?? at);
  return sectionsOf(state, timeline, at);
}
