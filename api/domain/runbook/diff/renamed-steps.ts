// Which steps of two revisions are the same: by id, or, with another id, by what they do.
import { canonicalJson } from '../../history/canonical-json.ts';
import type { Runbook, Step } from '../runbook.ts';

/** By id after: the id before. Both ways round the same pairs are found. */
export function renamedSteps(before: Runbook, after: Runbook): ReadonlyMap<string, string> {
  const old = new Set(before.steps.map(({ id }) => id));
  const young = new Set(after.steps.map(({ id }) => id));
  const gone = before.steps.filter(({ id }) => !young.has(id));
  const added = after.steps.filter(({ id }) => !old.has(id));
  const renames = new Map<string, string>();
  const paired = new Set<string>();
  // Among equal ones those that kept their title first, then in the order of the list.
  for (const keyOf of [(step: Step) => `${step.title}\n${bodyOf(step)}`, bodyOf]) {
    const open = Map.groupBy(
      gone.filter(({ id }) => !paired.has(id)),
      keyOf,
    );
    for (const step of added) {
      const match = renames.has(step.id) ? undefined : open.get(keyOf(step))?.shift();
      if (match === undefined) continue;
      renames.set(step.id, match.id);
      paired.add(match.id);
    }
  }
  return renames;
}

/** What it does, without what names, explains or orders it. */
function bodyOf({
  id: _id,
  title: _title,
  needs: _needs,
  note: _note,
  tags: _tags,
  phase: _phase,
  estimateMs: _estimate,
  drill,
  ...body
}: Step): string {
  return canonicalJson({ ...body, drill: typeof drill === 'object' ? bodyOf(drill) : (drill ?? null) });
}

/** The runbook with its steps called otherwise wherever one is named; conditions are texts and stay. */
export function withIds(runbook: Runbook, idOf: ReadonlyMap<string, string>): Runbook {
  if (idOf.size === 0) return runbook;
  const rename = (id: string): string => idOf.get(id) ?? id;
  const { canary } = runbook;
  return {
    ...runbook,
    clocks: runbook.clocks.map((clock) => ({ ...clock, from: clock.from === null ? null : rename(clock.from), to: rename(clock.to) })),
    canary:
      canary === null ? null : { ...canary, until: rename(canary.until), readAfter: canary.readAfter === null ? null : rename(canary.readAfter) },
    steps: runbook.steps.map((step) => stepWithIds(step, rename)),
  };
}

function stepWithIds(step: Step, rename: (id: string) => string): Step {
  return {
    ...step,
    id: rename(step.id),
    needs: step.needs.map(rename),
    ...(step.goTo === undefined ? {} : { goTo: rename(step.goTo) }),
    ...('undoStep' in step && step.undoStep !== undefined ? { undoStep: rename(step.undoStep) } : {}),
    ...('since' in step && step.since !== undefined ? { since: rename(step.since) } : {}),
    ...(typeof step.drill === 'object' ? { drill: stepWithIds(step.drill, rename) } : {}),
  };
}
