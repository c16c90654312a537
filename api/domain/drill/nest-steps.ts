// Puts the steps of a called runbook in the place of the call: under its id, between what it needs and what needs it.
import type { PlanStep } from './plan.ts';

/** The nested steps, then the call itself, which ends when the last of them have. */
export function nestSteps(call: PlanStep & { readonly kind: 'call' }, steps: readonly PlanStep[]): readonly PlanStep[] {
  const under = (id: string): string => `${call.id}/${id}`;
  const needed = new Set(steps.flatMap((step) => step.needs));
  const last = steps.filter((step) => !needed.has(step.id)).map((step) => under(step.id));
  const nested = steps.map((step): PlanStep => {
    const needs = step.needs.length === 0 ? call.needs : step.needs.map(under);
    return {
      ...step,
      ...failureOf(call, step),
      id: under(step.id),
      needs,
      ...(step.goTo === undefined ? {} : { goTo: under(step.goTo) }),
      ...('undoStep' in step && step.undoStep !== undefined ? { undoStep: under(step.undoStep) } : {}),
      ...(step.kind === 'sleep' && step.since !== undefined ? { since: under(step.since) } : {}),
    };
  });
  return [...nested, { ...call, needs: last.length > 0 ? last : call.needs }];
}

/** What a call says about failures holds for its steps that would stop the drill; `continue` goes on after the call. */
function failureOf(call: PlanStep, step: PlanStep): Pick<PlanStep, 'onFailure' | 'goTo'> {
  if (step.onFailure !== 'stop' || call.onFailure === 'stop') return { onFailure: step.onFailure };
  if (call.onFailure === 'continue') return { onFailure: 'goto', goTo: call.id };
  return { onFailure: call.onFailure };
}
