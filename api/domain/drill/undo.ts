// Undo: the actions that are to be reverted after an abort, backwards along the graph, and what stands in the way.
import { asCommandStep, type CommandStep } from './command-step.ts';
import { hostProgress, nextAttempt } from './host-progress.ts';
import type { AttemptRef } from './journal.ts';
import { dependentsOf } from './order.ts';
import type { DrillState, StepProgress } from './state.ts';
import { hostsTouched, isUndoneOn } from './step-summary.ts';

export interface UndoMoves {
  readonly launches: readonly { readonly ref: AttemptRef; readonly notBefore: number }[];
  /** Steps to revert of which nobody can tell whether they, or their undo, ran. */
  readonly unknown: readonly string[];
}

/** Nothing before the last forward command has ended, or when the abort does not ask for undo. */
export function undoMoves(state: DrillState): UndoMoves {
  if (state.abort?.form !== 'undo' || hasForwardLive(state)) return { launches: [], unknown: [] };
  const targets = undoTargets(state);
  const open = new Set(targets.filter((target) => !isReverted(target)).map((target) => target.step.id));
  const unknown = targets.filter(isUnknown).map((target) => target.step.id);
  const free = targets.filter((target) => {
    if (isUnknown(target)) return false;
    const after = dependentsOf(state, target.step.id);
    return ![...open].some((id) => after.has(id));
  });
  return { launches: free.flatMap(launchesOf), unknown };
}

/** Steps with an undo whose command ran, or may have, on some host and was not reverted there. */
export function leftBehind(state: DrillState): readonly string[] {
  return undoTargets(state)
    .filter((target) => !isReverted(target))
    .map((target) => target.step.id);
}

interface UndoTarget {
  readonly step: CommandStep;
  readonly progress: StepProgress;
  readonly hosts: readonly string[];
}

function undoTargets(state: DrillState): readonly UndoTarget[] {
  return state.plan.steps.flatMap((planStep) => {
    const step = asCommandStep(planStep);
    const progress = state.steps[planStep.id];
    if (step?.kind !== 'run' || step.undo === null || progress === undefined) return [];
    const hosts = hostsTouched(step, progress);
    return hosts.length === 0 ? [] : [{ step, progress, hosts }];
  });
}

function isReverted(target: UndoTarget): boolean {
  return target.hosts.every((host) => isUndoneOn(target.step, target.progress, host));
}

function isUnknown(target: UndoTarget): boolean {
  return target.progress.attempts.some((attempt) => attempt.state === 'unknown' && !attempt.isSuperseded);
}

function launchesOf(target: UndoTarget): readonly { ref: AttemptRef; notBefore: number }[] {
  const { step, progress } = target;
  return target.hosts.flatMap((host) => {
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
