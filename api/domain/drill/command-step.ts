// Steps that run a command on hosts, and what may be done with their commands.
import type { Plan, PlanStep } from './plan.ts';

export type CommandStep = Extract<PlanStep, { readonly command: string }>;

/** Null for steps of people and of time. */
export function asCommandStep(step: PlanStep): CommandStep | null {
  switch (step.kind) {
    case 'run':
    case 'check':
    case 'wait':
      return step;
    case 'confirm':
    case 'sleep':
      return null;
  }
}

/** Whether the command may be started again when nobody can tell if it ran. An undo is an action and never may. */
export function isRepeatable(step: CommandStep, isUndo: boolean): boolean {
  return !isUndo && (step.kind !== 'run' || step.isReadOnly || step.isIdempotent);
}

/** The text that runs: the step's command, or the one that reverts it. Null when there is nothing that reverts it. */
export function commandText(step: CommandStep, isUndo: boolean): string | null {
  if (!isUndo) return step.command;
  return step.kind === 'run' ? step.undo : null;
}

export function findStep(plan: Plan, id: string): PlanStep | null {
  return plan.steps.find((step) => step.id === id) ?? null;
}

/** How a step is named in sentences: `Step 7 “Standby becomes primary”`. */
export function stepName(plan: Plan, id: string): string {
  const index = plan.steps.findIndex((step) => step.id === id);
  const step = plan.steps[index];
  return step === undefined ? `Step ${id}` : `Step ${index + 1} “${step.title}”`;
}
