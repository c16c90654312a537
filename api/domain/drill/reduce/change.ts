// What every group of events shares: its type, changing one step, and the words of common refusals.
import { refused } from '../../errors.ts';
import type { DrillEvent, DrillEventType } from '../journal.ts';
import type { PlanStep } from '../plan.ts';
import type { DrillState, StepProgress } from '../state.ts';

export type EventOf<T extends DrillEventType> = Extract<DrillEvent, { readonly type: T }>;

export interface Stamp {
  readonly at: number;
  readonly by: string | null;
}

/** A step with where it stands. */
export interface StepPlace {
  readonly state: DrillState;
  readonly step: PlanStep;
  readonly progress: StepProgress;
  /** `Step 7 “…”`. */
  readonly name: string;
}

export type Refused = ReturnType<typeof refused>;

export function withStep(state: DrillState, progress: StepProgress): DrillState {
  return { ...state, steps: state.steps.with(progress) };
}

export function noSuchStep(id: string): Refused {
  return refused('NOT_FOUND', `This drill has no step "${id}". Load the drill again.`, { field: 'step' });
}

/**
 * Null while people may work on the steps of the drill; otherwise the sentence that says why not. `isOfTheEnd` for a step that runs
 * although the drill is being aborted.
 */
export function notInHand(state: DrillState, isOfTheEnd: boolean): Refused | null {
  const aborted = sayAbort(state);
  if (aborted !== null) return isOfTheEnd ? null : refused('BAD_STATE', `${aborted} Its steps are left as they are.`);
  return state.run === 'running' || state.run === 'paused' || state.run === 'needs-decision' ? null : badRun(state);
}

/** `dr-deputy aborted the drill at 14:02 UTC.`; null unless an abort is under way. */
export function sayAbort({ abort, finishedAt }: DrillState): string | null {
  return abort === null || finishedAt !== null ? null : `${who(abort.by)} aborted the drill at ${timeOfDay(abort.at)}.`;
}

export function badRun(state: DrillState): Refused {
  return refused('BAD_STATE', sayRun(state));
}

/** `by` as people read it; null is the app itself. */
export function who(by: string | null): string {
  return by ?? 'Muster';
}

/** Time of day in UTC, as in `14:02 UTC`. */
export function timeOfDay(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

function sayRun(state: DrillState): string {
  switch (state.run) {
    case 'awaiting-approval':
      return `The drill waits for approval (${state.approvedBy.length} of ${state.approvalsNeeded}).`;
    case 'approved':
      return 'The drill is approved and has not been started. Start it first.';
    case 'rejected':
      return 'The drill was rejected. Request a new one.';
    case 'expired':
      return 'The drill expired before it was started. Request a new one.';
    case 'running':
      return 'The drill is running.';
    case 'paused':
      return 'The drill is paused. Resume it first.';
    case 'recovering':
      return 'The drill is being taken up again after a restart. Try again in a moment.';
    case 'needs-decision':
      return 'The drill waits for a person to say what an unknown step came to.';
    case 'aborting':
      return 'The drill is being aborted.';
    case 'passed':
    case 'late':
    case 'failed':
    case 'aborted':
      return `The drill ended at ${timeOfDay(state.finishedAt ?? state.lastAt)} (${state.run}). Request a new one to run it again.`;
  }
}
