// Events that steer a run: pause, resume, abort, a change of who is in charge, and taking a drill up again after a restart.
import { done, refused, type Result } from '../../errors.ts';
import { asCommandStep, findStep } from '../command-step.ts';
import { passedPoint } from '../passed-point.ts';
import type { DrillState, StepProgress } from '../state.ts';
import { summarise } from '../step-summary.ts';
import { runsDespiteAbort } from '../undo.ts';
import { timeOfDay, who, type EventOf, type Stamp } from './change.ts';
import { sayLastControl } from './lateness.ts';
import { badRun, sayAbort } from './run-refusals.ts';

type ControlEvent = EventOf<'paused' | 'resumed' | 'abort-requested' | 'taken-over' | 'recovering' | 'recovered'>;

export function applyControl(state: DrillState, event: ControlEvent, stamp: Stamp): Result<DrillState> {
  switch (event.type) {
    case 'paused':
      return pause(state, event, stamp);
    case 'resumed':
      return resume(state);
    case 'abort-requested':
      return abort(state, event, stamp);
    case 'taken-over':
      return takeOver(state, event, stamp);
    case 'recovering':
      return recover(state);
    case 'recovered':
      if (state.run !== 'recovering') return badRun(state);
      return done({ ...state, run: state.runBeforeRecovery ?? 'running', runBeforeRecovery: null });
  }
}

function pause(state: DrillState, event: EventOf<'paused'>, { at, by }: Stamp): Result<DrillState> {
  if (state.run === 'paused') return refused('CONFLICT', sayLastControl(state, ['paused', 'reopened']) ?? 'The drill is paused already.');
  const aborted = sayAbort(state);
  if (aborted !== null) return refused('BAD_STATE', `${aborted} It cannot be paused any more.`);
  if (state.run !== 'running' && state.run !== 'needs-decision') return badRun(state);
  return done({ ...state, run: 'paused', pause: { by, at, stop: event.stop?.reason ?? null } });
}

function resume(state: DrillState): Result<DrillState> {
  if (state.run === 'paused') return done({ ...state, run: 'running', pause: null });
  const aborted = sayAbort(state);
  if (aborted !== null) return refused('BAD_STATE', aborted);
  const resumed = state.run === 'running' || state.run === 'needs-decision' ? sayLastControl(state, ['resumed']) : null;
  return resumed === null ? badRun(state) : refused('CONFLICT', resumed);
}

/** From the person who was in charge: two who relieve the same one at the same moment do not both succeed. */
function takeOver(state: DrillState, event: EventOf<'taken-over'>, { at, by }: Stamp): Result<DrillState> {
  if (by === null) return refused('FORBIDDEN', 'Only a person can be in charge of a drill.');
  if (state.startedAt === null || state.finishedAt !== null) return badRun(state);
  const now = state.inCharge;
  if (now?.name === by) return refused('CONFLICT', 'You are in charge of this drill already.');
  if (event.from !== (now?.name ?? null)) {
    const since = now === null ? 'Nobody is in charge' : `${now.name} is in charge since ${timeOfDay(now.sinceAt)}`;
    return refused('CONFLICT', `${since}, so it is not ${who(event.from)} whom you would relieve. Look at it again before you act.`);
  }
  return done({ ...state, inCharge: { name: by, sinceAt: at, from: event.from, reason: event.reason } });
}

/** A second request may change the form of an abort under way: from finishing to stopping now, say. */
function abort(state: DrillState, event: EventOf<'abort-requested'>, { at, by }: Stamp): Result<DrillState> {
  if (state.abort?.form === event.form && state.finishedAt === null) {
    return refused('CONFLICT', `${sayAbort(state) ?? ''} It is being aborted in this way already.`);
  }
  const isLive = state.run === 'running' || state.run === 'paused' || state.run === 'needs-decision' || state.run === 'aborting';
  if (!isLive) return badRun(state);
  const point = event.form === 'undo' ? passedPoint(state) : null;
  if (point !== null) {
    return refused('BAD_STATE', `${point} is the point of no return and has started, so undo is not offered. Go on, or abort without undo.`);
  }
  const aborted: DrillState = { ...state, run: 'aborting', pause: null, abort: { form: event.form, by, reason: event.reason, at } };
  return done({ ...aborted, steps: state.steps.map((progress) => cutShort(aborted, progress, at)) });
}

/** Waiting and sleeping end with the abort; a step between two attempts gets no further one. */
function cutShort(state: DrillState, progress: StepProgress, at: number): StepProgress {
  const planStep = findStep(state.plan, progress.id);
  if (planStep !== null && runsDespiteAbort(state, planStep)) return progress;
  if (progress.state === 'waiting' || progress.state === 'sleeping') {
    return { ...progress, state: 'cancelled', reason: 'The drill was aborted.', endedAt: at };
  }
  const step = planStep === null ? null : asCommandStep(planStep);
  return step === null ? progress : summarise(step, progress, true);
}

function recover(state: DrillState): Result<DrillState> {
  if (state.startedAt === null || state.finishedAt !== null) return badRun(state);
  return done({ ...state, run: 'recovering', runBeforeRecovery: state.run === 'recovering' ? state.runBeforeRecovery : state.run });
}
