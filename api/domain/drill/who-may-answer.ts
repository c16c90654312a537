// Who may answer a step that waits: for an approval, nobody who started the drill or has said go already.
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';

export function mayAnswer(state: Pick<DrillState, 'startedBy' | 'steps'>, step: PlanStep, person: string): boolean {
  if (step.kind !== 'approve') return true;
  const given = state.steps.get(step.id)?.approvals ?? [];
  return state.startedBy !== person && !given.some(({ by }) => by === person);
}
