// Events at the end of a run and after it: the result, comments, and the acceptance of what was not put back.
import { done, refused, type Result } from '../../errors.ts';
import { findStep } from '../command-step.ts';
import { endOf } from '../finish.ts';
import type { DrillState } from '../state.ts';
import { noSuchStep, type EventOf, type Stamp } from './change.ts';
import { sayLastControl } from './lateness.ts';
import { badRun } from './run-refusals.ts';

type EndEvent = EventOf<'commented' | 'step-commented' | 'undo-accepted' | 'finished'>;

export function applyEnd(state: DrillState, event: EndEvent, stamp: Stamp): Result<DrillState> {
  switch (event.type) {
    case 'commented':
      return done(state);
    case 'step-commented':
      return findStep(state.plan, event.step) === null ? noSuchStep(event.step) : done(state);
    case 'undo-accepted':
      return acceptUnclean(state, stamp);
    case 'finished':
      return finish(state, event, stamp);
  }
}

/** Takes the result only when it is the one that the state itself comes to. */
function finish(state: DrillState, event: EventOf<'finished'>, { at }: Stamp): Result<DrillState> {
  const end = endOf(state);
  if (end === null) return state.finishedAt === null ? refused('BAD_STATE', 'The drill has not come to its end yet.') : badRun(state);
  if (end.result !== event.result) return refused('BAD_STATE', `The drill came to "${end.result}", not to "${event.result}".`);
  return done({ ...state, run: event.result, result: event.result, summary: event.summary, finishedAt: at });
}

function acceptUnclean(state: DrillState, { by }: Stamp): Result<DrillState> {
  if (by === null) return refused('FORBIDDEN', 'Only a person can accept what a drill left behind.');
  if (state.summary === null) return badRun(state);
  if (!state.summary.isUnclean) {
    return refused('CONFLICT', sayLastControl(state, ['undo-accepted']) ?? 'This drill left nothing behind.');
  }
  return done({ ...state, summary: { ...state.summary, isUnclean: false } });
}
