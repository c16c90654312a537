// A step that has something to revert: an action with an undo that has run, or may have, on some row.
import { asCommandStep, type CommandStep } from './command-step.ts';
import type { PlanStep } from './plan.ts';
import { rowTally, type RowTally } from './row-tally.ts';
import type { StepProgress } from './step-progress.ts';

export interface UndoTarget {
  readonly step: CommandStep;
  readonly progress: StepProgress;
  readonly tally: RowTally;
}

/** Null for a step that nothing reverts, or that has not run. */
export function asUndoTarget(planStep: PlanStep, progress: StepProgress | undefined): UndoTarget | null {
  const step = asCommandStep(planStep);
  if (step === null || progress === undefined || progress.attempts.length === 0 || !('undo' in step)) return null;
  if (step.undo === null && step.undoStep === undefined) return null;
  const tally = rowTally(step, progress.attempts);
  return tally.lists.touched.length === 0 ? null : { step, progress, tally };
}

/** `by` gives where the step stands that reverts it, where one does. */
export function isReverted({ step, progress, tally }: UndoTarget, by: (id: string) => StepProgress | undefined): boolean {
  const reverter = 'undoStep' in step && step.undoStep !== undefined ? by(step.undoStep) : undefined;
  if (reverter === undefined) return tally.lists.touched.length === tally.lists.reverted.length;
  return (reverter.state === 'succeeded' || reverter.state === 'warned') && (reverter.endedAt ?? 0) >= (progress.endedAt ?? 0);
}
