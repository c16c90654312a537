// What in one drill waits for a person: its plan, its start, its steps, and what it left behind.
import { isAway } from '../domain/drill/host-progress.ts';
import { askingSteps } from '../domain/drill/asking.ts';
import { indexOf } from '../domain/drill/plan-index.ts';
import type { PlanStep } from '../domain/drill/plan.ts';
import type { DrillState, StepProgress } from '../domain/drill/state.ts';
import { answerDeadline } from '../domain/drill/unanswered.ts';
import { may, type Actor, type Subject } from './access.ts';
import { mayAnswerStep } from './may-answer-step.ts';
import type { DrillRecord } from './stores.ts';
import type { WaitingItem, WaitingKind, WaitingStep } from './waiting-item.ts';

export interface DrillFor {
  readonly drill: DrillRecord;
  readonly actor: Actor;
  readonly subject: Subject;
  readonly serviceNames: readonly string[];
}

/** Of a drill that has not begun or is over: no journal is needed for these. */
export function waitingAround({ drill, actor, subject, serviceNames }: DrillFor): readonly WaitingItem[] {
  const item = (kind: WaitingKind, sinceAt: number): WaitingItem => {
    return { id: `${kind} ${drill.id}`, kind, drill, step: null, revision: null, due: null, serviceNames, sinceAt, untilAt: null };
  };
  if (drill.state === 'awaiting-approval') {
    const isMine = may(actor, 'drills.approve', subject) && drill.requestedBy !== actor.name && !drill.approvedBy.includes(actor.name);
    return isMine ? [item('approve-plan', drill.requestedAt)] : [];
  }
  if (!may(actor, 'drills.control', subject)) return [];
  if (drill.state === 'approved') return [item('start', drill.requestedAt)];
  return drill.isUnclean ? [item('unclean', drill.finishedAt ?? drill.requestedAt)] : [];
}

/** False when nothing in a running drill could wait for this person, so that its state need not be looked up. */
export function mayAnswerIn({ actor, subject }: DrillFor): boolean {
  return may(actor, 'drills.confirm', subject) || may(actor, 'drills.control', subject);
}

/** Of a drill that runs. */
export function waitingInside(of: DrillFor, state: DrillState): readonly WaitingItem[] {
  const { drill, actor, subject, serviceNames } = of;
  const asking = new Set(askingSteps(state).map(({ id }) => id));
  const mayControl = may(actor, 'drills.control', subject);
  const mayConfirm = may(actor, 'drills.confirm', subject) && (state.run === 'running' || state.run === 'paused');
  const { numberOf } = indexOf(state.plan);
  return state.plan.steps.flatMap((step): readonly WaitingItem[] => {
    const progress = state.steps.get(step.id);
    if (progress === undefined) return [];
    const kind = kindOf(step, progress, asking.has(step.id));
    const isMine = kind === 'confirm' || kind === 'go-no-go' ? mayConfirm && mayAnswerStep(state, step, actor) : mayControl;
    if (kind === null || !isMine) return [];
    return [
      {
        id: `${kind} ${drill.id} ${step.id}`,
        kind,
        drill,
        step: shown(step, progress, numberOf.get(step.id) ?? 0),
        revision: null,
        due: null,
        serviceNames,
        sinceAt: progress.waitingSince ?? progress.endedAt ?? drill.requestedAt,
        untilAt: answerDeadline(step, progress),
      },
    ];
  });
}

function kindOf(step: PlanStep, progress: StepProgress, isAsking: boolean): WaitingKind | null {
  if (progress.state === 'waiting') return step.kind === 'confirm' ? 'confirm' : 'go-no-go';
  if (progress.state === 'unknown' || isAway(progress)) return 'decide';
  return isAsking ? 'failed-step' : null;
}

function shown(step: PlanStep, progress: StepProgress, number: number): WaitingStep {
  return {
    id: step.id,
    number,
    title: step.title,
    instruction: 'instruction' in step ? step.instruction : null,
    role: 'role' in step ? step.role : null,
    reason: progress.reason,
  };
}
