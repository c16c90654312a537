// Undo: the actions that are to be reverted, backwards along the graph, and what stands in the way.
import { commandText } from './command-step.ts';
import { areClosingStepsOver } from './ends.ts';
import type { AttemptRef } from './journal.ts';
import { endedBadly } from './step-ends.ts';
import { indexOf } from './plan-index.ts';
import type { PlanStep } from './plan.ts';
import { placeOfRow, rowsOf } from './rows.ts';
import type { DrillState, StepProgress } from './state.ts';
import { asUndoTarget, type UndoTarget } from './undo-target.ts';

export interface UndoLaunch {
  readonly ref: AttemptRef;
  readonly notBefore: number;
}

/**
 * What may be started to revert steps: after an abort with undo, everything; at any other end, what is always undone. Nothing before the
 * last forward command has ended.
 */
export function undoLaunches(state: DrillState): readonly UndoLaunch[] {
  return freeTargets(state).filter(isRevertedByItself).flatMap(launchesOf);
}

/** Whether `undoLaunches` holds this one. */
export function isUndoDue(state: DrillState, ref: AttemptRef): boolean {
  const target = freeTargets(state).find(({ step }) => step.id === ref.step);
  const row = target === undefined ? null : placeOfRow(target.step, ref.host);
  if (target === undefined || row === null || !ref.isUndo || !isRevertedByItself(target)) return false;
  return launchOn(target, row)?.ref.attempt === ref.attempt;
}

/** Ids of steps to revert of which nobody can tell whether they, or their undo, ran. */
export function undoUnknown(state: DrillState): readonly string[] {
  if (state.steps.has('liveForward')) return [];
  return wanted(state, state.steps.in('doubtful')).map(({ id }) => id);
}

/** Steps that are to start now because they revert another one, after an abort with undo. */
export function undoingSteps(state: DrillState): readonly PlanStep[] {
  if (state.abort?.form !== 'undo') return [];
  const { stepOf } = indexOf(state.plan);
  const names = freeTargets(state).flatMap(({ step }) => ('undoStep' in step ? (step.undoStep ?? []) : []));
  return [...new Set(names)].flatMap((name) => {
    const step = stepOf.get(name);
    return step !== undefined && state.steps.get(name)?.state === 'pending' ? [step] : [];
  });
}

/** Whether an abort with undo has nothing left to revert, or nobody asked for one. */
export function isUndoOver(state: DrillState): boolean {
  if (state.abort?.form !== 'undo') return true;
  if (isReverting(state)) return false;
  return undoUnknown(state).length === 0 && undoLaunches(state).length === 0 && undoingSteps(state).length === 0;
}

function isReverting(state: DrillState): boolean {
  return state.steps.in('live').some((step) => (asUndoTarget(step, state.steps.get(step.id))?.tally.lists.reverting.length ?? 0) > 0);
}

/** Whether an abort leaves this step its retries and its course: it is there for the end, or reverts another step. */
export function runsDespiteAbort(state: DrillState, step: PlanStep): boolean {
  if (state.abort === null || step.isAlways === true) return true;
  if (state.abort.form !== 'undo') return false;
  return (indexOf(state.plan).pairsOf.get(step.id) ?? []).some((pair) => asUndoTarget(pair, state.steps.get(pair.id)) !== null);
}

/** Steps with an undo whose command ran, or may have, on some row and was not reverted there; at an end of its own, of those always undone. */
export function leftBehind(state: DrillState, isCutShort: boolean): readonly string[] {
  const open = state.steps.in('toRevert').filter((step) => isCutShort || isAlwaysUndone(state, step));
  const failed = indexOf(state.plan).always.filter(({ id }) => endedBadly(state.steps.get(id)) || state.steps.get(id)?.state === 'unknown');
  return [...open, ...failed].map(({ id }) => id);
}

/** Of the steps, those whose turn it is to be reverted as far as the drill's end says. */
function wanted(state: DrillState, steps: readonly PlanStep[]): readonly PlanStep[] {
  if (state.abort?.form === 'undo') return steps;
  const always = steps.filter((step) => 'isUndoAlways' in step && step.isUndoAlways === true);
  return always.length > 0 && areClosingStepsOver(state) ? always : [];
}

function isAlwaysUndone(state: DrillState, step: PlanStep): boolean {
  if (!('undo' in step)) return false;
  if (step.isUndoAlways === true) return true;
  return step.undoStep !== undefined && indexOf(state.plan).stepOf.get(step.undoStep)?.isAlways === true;
}

/** Those of which everything after them that is to be reverted has been. */
function freeTargets(state: DrillState): readonly UndoTarget[] {
  if (state.steps.has('liveForward')) return [];
  const open = wanted(state, state.steps.in('toRevert'));
  const held = beforeAll(state, open);
  const targets = open.flatMap((step) => (held.has(step.id) ? [] : (asUndoTarget(step, state.steps.get(step.id)) ?? [])));
  return targets.filter(({ tally, progress }) => tally.lists.doubtful.length === 0 && !isGoingOn(progress));
}

/** A step that runs despite the abort is about to be tried again. */
function isGoingOn({ state }: StepProgress): boolean {
  return state === 'intent' || state === 'launched';
}

const BEFORE = new WeakMap<readonly PlanStep[], ReadonlySet<string>>();

/** Ids of all steps that one of these needs, directly or through others. Found once for each list: it stays the same while nothing is reverted. */
function beforeAll(state: DrillState, steps: readonly PlanStep[]): ReadonlySet<string> {
  const known = BEFORE.get(steps) ?? findBefore(state, steps);
  BEFORE.set(steps, known);
  return known;
}

function findBefore(state: DrillState, steps: readonly PlanStep[]): ReadonlySet<string> {
  const { stepOf } = indexOf(state.plan);
  const found = new Set<string>();
  const open = steps.flatMap(({ needs }) => needs);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(stepOf.get(next)?.needs ?? []));
  }
  return found;
}

function isRevertedByItself({ step }: UndoTarget): boolean {
  return commandText(step, true) !== null;
}

function launchesOf(target: UndoTarget): readonly UndoLaunch[] {
  return target.tally.lists.revertsMore.flatMap((row) => launchOn(target, row) ?? []);
}

function launchOn({ step, tally }: UndoTarget, row: number): UndoLaunch | null {
  const [host, standing] = [rowsOf(step)[row], tally.rows[row]];
  if (host === undefined || standing === undefined || !standing.lists.includes('revertsMore')) return null;
  const ref = { step: step.id, host, attempt: standing.undo.length + 1, isUndo: true };
  return { ref, notBefore: standing.back.kind === 'again' ? standing.back.at : 0 };
}
