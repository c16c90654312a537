// What a person may do about a drill now: the policy's answer cut with the drill's state.
import { isAway } from '../domain/drill/host-progress.ts';
import { notReopenable, notRevertible } from '../domain/drill/reopening.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { may, type Actor, type Subject } from './access.ts';

export const DRILL_ACTIONS = [
  'approve',
  'reject',
  'start',
  'pause',
  'resume',
  'abort',
  'confirm',
  'retry',
  'skip',
  'decide',
  'comment',
  'take-over',
  'reopen',
  'revert',
] as const;
export type DrillAction = (typeof DRILL_ACTIONS)[number];

export interface Asking {
  readonly actor: Actor | null;
  readonly subject: Subject;
  readonly at: number;
}

/** In the order of the list above. The reducer and the policy decide again when the act arrives. */
export function drillActions(state: DrillState, { actor, subject, at }: Asking): readonly DrillAction[] {
  return DRILL_ACTIONS.filter((action) => isPossible(action, state, at) && isAllowed(action, { state, actor, subject }));
}

const OPERATION_OF = {
  approve: 'drills.approve',
  reject: 'drills.approve',
  start: 'drills.control',
  pause: 'drills.control',
  resume: 'drills.control',
  abort: 'drills.abort',
  confirm: 'drills.confirm',
  retry: 'drills.control',
  skip: 'drills.control',
  decide: 'drills.control',
  comment: 'drills.comment',
  'take-over': 'drills.control',
  reopen: 'drills.control',
  revert: 'drills.control',
} as const;

function isAllowed(action: DrillAction, { state, actor, subject }: { state: DrillState; actor: Actor | null; subject: Subject }): boolean {
  if (actor === null || !may(actor, OPERATION_OF[action], subject)) return false;
  if (action === 'take-over') return state.inCharge?.name !== actor.name;
  return action !== 'approve' || (state.requestedBy !== actor.name && !state.approvedBy.includes(actor.name));
}

function isPossible(action: DrillAction, state: DrillState, at: number): boolean {
  const steps = state.steps.all;
  const isLive = state.run === 'running' || state.run === 'paused' || state.run === 'needs-decision';
  switch (action) {
    case 'approve':
    case 'reject':
      return state.run === 'awaiting-approval';
    case 'start':
      return state.run === 'approved';
    case 'pause':
      return state.run === 'running';
    case 'resume':
      return state.run === 'paused';
    case 'abort':
      // Also while it is being aborted: from finishing to stopping now.
      return isLive || state.run === 'aborting';
    case 'confirm':
      return (state.run === 'running' || state.run === 'paused') && steps.some((step) => step.state === 'waiting');
    case 'retry':
    case 'skip':
      return (
        isLive && state.abort === null && steps.some((step) => step.state === 'failed' || step.state === 'timed-out' || step.state === 'cancelled')
      );
    case 'decide':
      return (isLive || state.run === 'aborting') && steps.some((step) => step.state === 'unknown' || isAway(step));
    case 'comment':
      return true;
    case 'take-over':
      return state.startedAt !== null && state.finishedAt === null;
    case 'reopen':
      return notReopenable(state, at) === null;
    case 'revert':
      return notRevertible(state) === null;
  }
}
