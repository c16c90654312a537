// Why something cannot be done with the run as it stands: in words, with who brought it there and when.
import { refused } from '../../errors.ts';
import type { DrillState } from '../state.ts';
import { timeOfDay, who, type Refused } from './change.ts';
import { sayLastControl } from './lateness.ts';

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

function sayRun(state: DrillState): string {
  switch (state.run) {
    case 'awaiting-approval':
      return `The drill waits for approval (${state.approvedBy.length} of ${state.approvalsNeeded}).`;
    case 'approved':
      return 'The drill is approved and has not been started. Start it first.';
    case 'rejected':
      return `${sayLastControl(state, ['rejected']) ?? 'The drill was rejected.'} Request a new one.`;
    case 'expired':
      return `The drill expired at ${timeOfDay(state.lastControl?.at ?? state.lastAt)} without having been started. Request a new one.`;
    case 'running': {
      const last = sayLastControl(state, ['started', 'resumed']);
      return last === null ? 'The drill is running.' : `${last} It is running.`;
    }
    case 'paused':
      return `${sayLastControl(state, ['paused', 'reopened']) ?? 'The drill is paused.'} Resume it first.`;
    case 'recovering':
      return 'The drill is being taken up again after a restart. Try again in a moment.';
    case 'needs-decision':
      return 'The drill waits for a person to say what an unknown step came to.';
    case 'aborting':
      return sayAbort(state) ?? 'The drill is being aborted.';
    case 'passed':
    case 'late':
    case 'failed':
    case 'aborted':
      return `${sayEnd(state)} Request a new one to run it again.`;
  }
}

function sayEnd({ abort, finishedAt, lastAt, run }: DrillState): string {
  const ended = timeOfDay(finishedAt ?? lastAt);
  if (abort === null) return `The drill ended at ${ended} (${run}).`;
  return `${who(abort.by)} aborted the drill at ${timeOfDay(abort.at)}, and it ended at ${ended}.`;
}
