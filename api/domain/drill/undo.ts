// Undo: the actions that are to be reverted, backwards along the graph, and what stands in the way.
import { asCommandStep, commandText, type CommandStep } from './command-step.ts';
import { areClosingStepsOver } from './ends.ts';
import { hostProgress, nextAttempt } from './host-progress.ts';
import type { AttemptRef } from './journal.ts';
import { dependentsOf, endedBadly } from './order.ts';
import { indexOf } from './plan-index.ts';
import type { PlanStep } from './plan.ts';
import { remember } from './remember.ts';
import type { DrillState, StepProgress } from './state.ts';
import { hostsTouched, isUndoneOn } from './step-summary.ts';

export interface UndoMoves {
  readonly launches: readonly { readonly ref: AttemptRef; readonly notBefore: number }[];
  /** Steps to revert of which nobody can tell whether they, or their undo, ran. */
  readonly unknown: readonly string[];
}

const NOTHING: UndoMoves = { launches: [], unknown: [] };

/**
 * After an abort with undo, everything; at any other end, what is always undone. Nothing before the last forward command has ended.
 */
export function undoMoves(state: DrillState): UndoMoves {
  const targets = undoTargets(state).filter(({ step }) => isWanted(state, step));
  if (targets.length === 0 || hasForwardLive(state)) return NOTHING;
  const free = freeTargets(state, targets).filter(({ step }) => commandText(step, true) !== null);
  return { launches: free.flatMap(launchesOf), unknown: targets.filter(isUnknown).map((target) => target.step.id) };
}

/** Steps that are to start now because they revert another one, after an abort with undo. */
export function undoingSteps(state: DrillState): readonly PlanStep[] {
  if (state.abort?.form !== 'undo' || hasForwardLive(state)) return [];
  const { stepOf } = indexOf(state.plan);
  const names = freeTargets(state, undoTargets(state)).flatMap(({ step }) => ('undoStep' in step ? (step.undoStep ?? []) : []));
  return [...new Set(names)].flatMap((name) => {
    const step = stepOf.get(name);
    return step !== undefined && state.steps[name]?.state === 'pending' ? [step] : [];
  });
}

/** Whether an abort with undo has nothing left to revert, or nobody asked for one. */
export function isUndoOver(state: DrillState): boolean {
  if (state.abort?.form !== 'undo') return true;
  const { launches, unknown } = undoMoves(state);
  return launches.length === 0 && unknown.length === 0 && undoingSteps(state).length === 0;
}

/** Whether an abort leaves this step its retries and its course: it is there for the end, or reverts another step. */
export function runsDespiteAbort(state: DrillState, step: PlanStep): boolean {
  if (state.abort === null || step.isAlways === true) return true;
  if (state.abort.form !== 'undo') return false;
  const pairs = new Set(indexOf(state.plan).pairsOf.get(step.id));
  return pairs.size > 0 && undoTargets(state).some((target) => pairs.has(target.step));
}

/** Steps with an undo whose command ran, or may have, on some row and was not reverted there; at an end of its own, of those always undone. */
export function leftBehind(state: DrillState, isCutShort: boolean): readonly string[] {
  const open = undoTargets(state)
    .filter((target) => (isCutShort || isAlwaysUndone(state, target.step)) && !isReverted(state, target))
    .map((target) => target.step.id);
  const failed = state.plan.steps.filter(
    ({ id, isAlways }) => isAlways === true && (endedBadly(state.steps[id]) || state.steps[id]?.state === 'unknown'),
  );
  return [...open, ...failed.map(({ id }) => id)];
}

interface UndoTarget {
  readonly step: CommandStep;
  readonly progress: StepProgress;
  readonly rows: readonly string[];
}

function isWanted(state: DrillState, step: CommandStep): boolean {
  if (state.abort?.form === 'undo') return true;
  return 'isUndoAlways' in step && step.isUndoAlways === true && areClosingStepsOver(state);
}

function isAlwaysUndone(state: DrillState, step: CommandStep): boolean {
  if (!('undo' in step)) return false;
  if (step.isUndoAlways === true) return true;
  return step.undoStep !== undefined && indexOf(state.plan).stepOf.get(step.undoStep)?.isAlways === true;
}

const undoTargets = remember((state): readonly UndoTarget[] =>
  state.plan.steps.flatMap((planStep) => {
    const step = asCommandStep(planStep);
    const progress = state.steps[planStep.id];
    if (step === null || progress === undefined || !('undo' in step)) return [];
    if (step.undo === null && step.undoStep === undefined) return [];
    const rows = hostsTouched(step, progress);
    return rows.length === 0 ? [] : [{ step, progress, rows }];
  }),
);

/** Those of which everything after them that is to be reverted has been. */
function freeTargets(state: DrillState, targets: readonly UndoTarget[]): readonly UndoTarget[] {
  const open = targets.filter((target) => !isReverted(state, target));
  return open.filter((target) => {
    if (isUnknown(target)) return false;
    const after = dependentsOf(state, target.step.id);
    return !open.some(({ step }) => after.has(step.id));
  });
}

function isReverted(state: DrillState, target: UndoTarget): boolean {
  const { step, progress, rows } = target;
  const by = 'undoStep' in step && step.undoStep !== undefined ? state.steps[step.undoStep] : undefined;
  if (by === undefined) return rows.every((row) => isUndoneOn(step, progress, row));
  return (by.state === 'succeeded' || by.state === 'warned') && (by.endedAt ?? 0) >= (progress.endedAt ?? 0);
}

function isUnknown(target: UndoTarget): boolean {
  return target.progress.attempts.some((attempt) => attempt.state === 'unknown' && !attempt.isSuperseded);
}

function launchesOf(target: UndoTarget): readonly { ref: AttemptRef; notBefore: number }[] {
  const { step, progress } = target;
  return target.rows.flatMap((host) => {
    const undo = hostProgress(step, progress, { host, isUndo: true, isLastTry: false });
    if (undo.kind !== 'untouched' && undo.kind !== 'again') return [];
    const attempt = nextAttempt(progress, host, true);
    return [{ ref: { step: step.id, host, attempt, isUndo: true }, notBefore: undo.kind === 'again' ? undo.at : 0 }];
  });
}

function hasForwardLive(state: DrillState): boolean {
  return Object.values(state.steps).some((progress) =>
    progress.attempts.some((attempt) => !attempt.isUndo && (attempt.state === 'intent' || attempt.state === 'launched')),
  );
}
