// The steps of a runbook with their places, each followed by what a rehearsal does instead.
import type { Path } from '../../place.ts';
import type { Runbook, Step } from '../../runbook.ts';

export interface StepAt {
  readonly step: Step;
  readonly path: Path;
  /** It is what a rehearsal does instead of the step. */
  readonly isVariant: boolean;
  /** Whose it is, as a sentence begins. */
  readonly by: string;
}

/** The steps with their paths: a runbook keeps them in the order of the file. */
export function stepsAt({ steps }: Runbook): readonly StepAt[] {
  return steps.flatMap((step, index): readonly StepAt[] => {
    const path = ['steps', index];
    const own = { step, path, isVariant: false, by: `Step \`${step.id}\`` };
    if (typeof step.drill !== 'object') return [own];
    return [own, { step: step.drill, path: [...path, 'drill'], isVariant: true, by: `What a rehearsal does instead of step \`${step.id}\`` }];
  });
}

/** A step that may change something. */
export type ActionStep = Extract<Step, { readonly kind: 'run' | 'http' | 'copy' }>;

export function isAction(step: Step): step is ActionStep {
  return (step.kind === 'run' || step.kind === 'http' || step.kind === 'copy') && !step.isReadOnly;
}
