// Steps that do something on rows, and what may be done with their commands.
import { indexOf } from './plan-index.ts';
import type { Plan, PlanStep } from './plan.ts';

export type CommandStep = Extract<PlanStep, { readonly command: string }>;

/** Null for steps of people and of time. */
export function asCommandStep(step: PlanStep): CommandStep | null {
  switch (step.kind) {
    case 'run':
    case 'check':
    case 'wait':
    case 'http':
    case 'copy':
    case 'notify':
      return step;
    case 'confirm':
    case 'approve':
    case 'sleep':
    case 'call':
      return null;
  }
}

/** Whether the command may be started again when nobody can tell if it ran. An undo is an action and never may. */
export function isRepeatable(step: CommandStep, isUndo: boolean): boolean {
  return !isUndo && (step.kind === 'check' || step.kind === 'wait' || step.isReadOnly || step.isIdempotent);
}

/** Whether it changes nothing, so that what is lost is simply run again: then nothing of it is kept on the host. */
export function isLight(step: CommandStep, isUndo: boolean): boolean {
  return !isUndo && (step.kind === 'check' || step.kind === 'wait' || step.isReadOnly);
}

/**
 * The text that runs: the step's command, or the shell text that reverts it on its rows. Null when nothing does, or another step does.
 * What a step with an action does is its action; this is then the line that describes it.
 */
export function commandText(step: CommandStep, isUndo: boolean): string | null {
  if (!isUndo) return step.command;
  return 'undo' in step ? step.undo : null;
}

export function findStep(plan: Plan, id: string): PlanStep | null {
  return indexOf(plan).stepOf.get(id) ?? null;
}

/** How a step is named in sentences: `Step 7 “Standby becomes primary”`. */
export function stepName(plan: Plan, id: string): string {
  const { numberOf, stepOf } = indexOf(plan);
  const step = stepOf.get(id);
  return step === undefined ? `Step ${id}` : `Step ${numberOf.get(id) ?? 0} “${step.title}”`;
}
