// Compares two revisions of a runbook by what they mean: step by step, and what each difference does to the proof.
import type { Runbook, Step } from '../runbook.ts';
import { fieldChanges, isCommandField } from './field-changes.ts';
import { movedIds } from './moved-ids.ts';
import { renamedSteps, withIds } from './renamed-steps.ts';
import type { FieldChange, RunbookDiff, StepChange } from './runbook-diff.ts';

/** Empty when both have the same hash. A step is the same when it has the same id, or does the same under another id. */
export function diffRunbooks(before: Runbook, after: Runbook): RunbookDiff {
  const renames = renamedSteps(before, after);
  const old = withIds(before, new Map([...renames].map(([young, formerly]) => [formerly, young])));
  const head = fieldChanges(headOf(old), headOf(after), null);
  const steps = stepChanges({ old: old.steps, young: after.steps, renames, formerly: before.steps });
  return { head, steps, voidsEvidence: [...head, ...steps].some((change) => change.voidsEvidence) };
}

function headOf(runbook: Runbook): object {
  const { steps: _, ...head } = runbook;
  return head;
}

interface Steps {
  /** Under their ids of after. */
  readonly old: readonly Step[];
  readonly young: readonly Step[];
  readonly renames: ReadonlyMap<string, string>;
  readonly formerly: readonly Step[];
}

function stepChanges({ old, young, renames, formerly }: Steps): readonly StepChange[] {
  const oldById = new Map(old.map((step) => [step.id, step]));
  const youngIds = new Set(young.map(({ id }) => id));
  const moved = movedIds(
    old.map(({ id }) => id).filter((id) => youngIds.has(id)),
    young.map(({ id }) => id).filter((id) => oldById.has(id)),
  );
  const changes = young.flatMap((step): readonly StepChange[] => {
    const was = oldById.get(step.id);
    if (was === undefined) return [whole('new', step)];
    const change = changeOf(was, step, { renamedFrom: renames.get(step.id) ?? null, isMoved: moved.has(step.id) });
    return change === null ? [] : [change];
  });
  // One that is gone is shown before the first that is told of and stood behind it.
  const gone = formerly.flatMap((step, index) => (youngIds.has(old[index]?.id ?? '') ? [] : [{ index, change: whole('gone', step) }]));
  const placeOf = new Map(old.map(({ id }, index) => [id, index]));
  return gone.toReversed().reduce((list: readonly StepChange[], { index, change }) => {
    const at = list.findIndex(({ type, id }) => type !== 'gone' && (placeOf.get(id) ?? -1) > index);
    const behind = list.findIndex(({ type }) => type === 'gone');
    const place = at < 0 ? (behind < 0 ? list.length : behind) : at;
    return [...list.slice(0, place), change, ...list.slice(place)];
  }, changes);
}

function whole(type: 'new' | 'gone', { id, title, kind }: Step): StepChange {
  const isTelling = kind === 'notify';
  return { type, id, title, renamedFrom: null, isMoved: false, fields: [], changesCommand: !isTelling, voidsEvidence: !isTelling };
}

function changeOf(was: Step, is: Step, { renamedFrom, isMoved }: Pick<StepChange, 'renamedFrom' | 'isMoved'>): StepChange | null {
  const fields = withoutEchoes(fieldChanges(was, is, was.kind === is.kind ? is.kind : null));
  if (fields.length === 0 && renamedFrom === null && !isMoved) return null;
  const isOnlyMoved = renamedFrom === null && fields.every(({ field }) => field === 'needs');
  return {
    type: isOnlyMoved ? 'moved' : 'changed',
    id: is.id,
    title: is.title,
    renamedFrom,
    isMoved,
    fields,
    changesCommand: fields.some(({ field }) => field === 'kind' || isCommandField(field)),
    voidsEvidence: fields.some((change) => change.voidsEvidence),
  };
}

/** What a variant takes from its step is told once. */
function withoutEchoes(fields: readonly FieldChange[]): readonly FieldChange[] {
  const own = new Map(fields.map((change) => [change.field, change]));
  return fields.filter(({ field, before, after }) => {
    if (!field.startsWith('drill.')) return true;
    const step = own.get(field.slice('drill.'.length));
    return step === undefined || step.before !== before || step.after !== after;
  });
}
