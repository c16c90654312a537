// The steps of a runbook as one mode sees them: a rehearsal takes the variants that steps have for it.
import type { Step } from '../runbook/runbook.ts';
import type { DrillMode } from './plan.ts';

export interface EffectiveStep {
  readonly step: Step;
  /** The runbook says `drill: skip`. */
  readonly isLeftOut: boolean;
}

export function effectiveSteps(steps: readonly Step[], mode: DrillMode): readonly EffectiveStep[] {
  return steps.map((step) => {
    if (mode !== 'rehearsal' || step.drill === undefined) return { step, isLeftOut: false };
    return step.drill === 'skip' ? { step, isLeftOut: true } : { step: step.drill, isLeftOut: false };
  });
}
