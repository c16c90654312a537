// Whether a person may answer a step that waits, beyond being allowed to confirm in this drill at all.
import { refused, type Refusal } from '../domain/errors.ts';
import type { PlanStep } from '../domain/drill/plan.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { mayAnswer } from '../domain/drill/who-may-answer.ts';
import { ROLES, type Actor } from './access.ts';

/** An approval that names a role of Muster is given by somebody who has it; other words name a person's part, for people to heed. */
export function roleMissing(step: PlanStep, actor: Actor | null): Refusal | null {
  if (step.kind !== 'approve') return null;
  const role = ROLES.find((known) => known === step.role);
  if (role === undefined || actor === null || actor.roles.includes(role)) return null;
  return refused('FORBIDDEN', `“${step.title}” is decided by somebody with the role ${role}, which you do not have.`).refusal;
}

/** True when the answer would not be refused for who gives it. */
export function mayAnswerStep(state: Pick<DrillState, 'startedBy' | 'steps'>, step: PlanStep, actor: Actor | null): boolean {
  return actor !== null && mayAnswer(state, step, actor.name) && roleMissing(step, actor) === null;
}
