// Events of steps as a whole: questions and answers, sleeps, calls, skips and retries.
import { done, refused, type Result } from '../../errors.ts';
import { hasClosingBegun } from '../closing.ts';
import { asCommandStep, findStep, stepName } from '../command-step.ts';
import { startsAtEnd } from '../ends.ts';
import { needsGoAhead } from '../gate.ts';
import { isPassedOver } from '../order.ts';
import { indexOf } from '../plan-index.ts';
import type { PlanStep } from '../plan.ts';
import { progressOn } from '../row-tries.ts';
import { rowsOf } from '../rows.ts';
import { isStartable } from '../starting.ts';
import type { DrillState, StepProgress } from '../state.ts';
import { endedBadly } from '../step-ends.ts';
import { runsDespiteAbort } from '../undo.ts';
import { answerDeadline } from '../unanswered.ts';
import { answer } from './answers.ts';
import { noSuchStep, withStep, type EventOf, type Refused, type StepPlace, type Stamp } from './change.ts';
import { sayControl } from './lateness.ts';
import { notInHand } from './run-refusals.ts';

type StepEvent = EventOf<
  'step-waiting' | 'step-confirmed' | 'sleep-started' | 'sleep-ended' | 'call-ended' | 'step-skipped' | 'step-failed' | 'step-retried'
>;

export function applyStep(state: DrillState, event: StepEvent, stamp: Stamp): Result<DrillState> {
  const step = findStep(state.plan, event.step);
  const progress = state.steps.get(event.step);
  if (step === null || progress === undefined) return noSuchStep(event.step);
  const denied = notInHand(state, runsDespiteAbort(state, step));
  if (denied !== null) return denied;
  const place = { state, step, progress, name: stepName(state.plan, step.id) };
  switch (event.type) {
    case 'step-waiting':
      return wait(place, stamp);
    case 'sleep-started':
      return begin(place, { state: 'sleeping', startedAt: progress.startedAt ?? stamp.at, sleepUntil: event.untilAt }, step.kind === 'sleep');
    case 'sleep-ended':
      if (progress.state !== 'sleeping') return refused('BAD_STATE', `${place.name} is not sleeping.`);
      return done(withStep(state, { ...progress, state: 'succeeded', endedAt: stamp.at }));
    case 'call-ended':
      return begin(place, { state: 'succeeded', startedAt: nestedStart(place) ?? stamp.at, endedAt: stamp.at }, step.kind === 'call');
    case 'step-failed':
      return fail(place, event, stamp);
    case 'step-confirmed':
      return answer(place, event, stamp);
    case 'step-skipped':
      return skip(place, event, stamp);
    case 'step-retried':
      return retry(place, event, stamp);
  }
}

function begin(place: StepPlace, change: Partial<StepProgress>, isOfKind: boolean): Result<DrillState> {
  const { state, step } = place;
  const isDue = isOfKind && state.run !== 'paused' && !isPassedOver(state, step) && isStartable(state, step);
  if (!isDue) return refused('BAD_STATE', `${place.name} is not due, so it does not start.`);
  return done(withStep(state, { ...place.progress, ...change, isClosing: startsAtEnd(state, step) }));
}

/** A question to a person, or a point of no return that nobody has approved before. */
function wait(place: StepPlace, { at }: Stamp): Result<DrillState> {
  const { step, state, progress } = place;
  const isQuestion = step.kind === 'confirm' || step.kind === 'approve' || needsGoAhead(state, step);
  return begin(place, { state: 'waiting', startedAt: progress.startedAt ?? at, waitingSince: at, confirmation: null }, isQuestion);
}

/** It could not be begun, or nobody answered it in time, and that is a failure like any other. */
function fail(place: StepPlace, event: EventOf<'step-failed'>, { at, by }: Stamp): Result<DrillState> {
  if (by !== null) return refused('FORBIDDEN', `Only Muster can find that ${place.name} cannot be begun.`);
  const state = place.step.onFailure === 'warn' ? 'warned' : 'failed';
  const deadline = answerDeadline(place.step, place.progress);
  if (deadline === null) return begin(place, { state, reason: event.reason, startedAt: at, endedAt: at }, true);
  if (at < deadline) return refused('BAD_STATE', `${place.name} still waits for its answer.`);
  const late = state === 'warned' ? state : 'timed-out';
  return done(withStep(place.state, { ...place.progress, state: late, reason: event.reason, endedAt: at }));
}

/** When the first step of the called runbook started. */
function nestedStart({ state, step }: StepPlace): number | null {
  const starts = (indexOf(state.plan).nestedIn.get(step.id) ?? []).flatMap(({ id }) => state.steps.get(id)?.startedAt ?? []);
  return starts.length === 0 ? null : Math.min(...starts);
}

function skip(place: StepPlace, event: EventOf<'step-skipped'>, { at, by }: Stamp): Result<DrillState> {
  const { step, progress, name } = place;
  if (by !== null && isTooLate(place)) return tooLate(name);
  if (by === null && progress.state !== 'pending') return refused('BAD_STATE', `${name} has begun, so only a person can skip it.`);
  if (hasLiveAttempt(progress)) return refused('BAD_STATE', `${name} is running. Wait for its end, or abort the drill.`);
  if (progress.state === 'unknown') return refused('BAD_STATE', `Nobody can tell whether ${name} ran. Say what it came to first.`);
  if (progress.state === 'succeeded' || progress.state === 'warned' || progress.state === 'skipped' || progress.state === 'undone') {
    const before = progress.lastControl === null ? '' : `${sayControl(place.state, progress.lastControl, step.id)} `;
    return refused('CONFLICT', `${before}${name} has ended already (${progress.state}), so there is nothing to skip.`);
  }
  const isDeviation = progress.isDeviation || (by !== null && step.isOptional !== true);
  return done(withStep(place.state, { ...progress, state: 'skipped', reason: event.reason, endedAt: at, isDeviation }));
}

/** The rows where it did not succeed run it again, or all of them; a question is asked again, also that at a point of no return. */
function retry(place: StepPlace, event: EventOf<'step-retried'>, { by }: Stamp): Result<DrillState> {
  const { step, progress, name } = place;
  if (by === null) return refused('FORBIDDEN', 'Only a person can have a failed step run again.');
  if (isTooLate(place)) return tooLate(name);
  if (hasLiveAttempt(progress)) return refused('BAD_STATE', `${name} is still running on some host. Wait for its end.`);
  if (progress.state !== 'failed' && progress.state !== 'timed-out' && progress.state !== 'cancelled' && progress.state !== 'warned') {
    const before = progress.lastControl === null ? '' : `${sayControl(place.state, progress.lastControl, step.id)} `;
    return refused('BAD_STATE', `${before}${name} has not failed (it is ${progress.state}), so it is not run again.`);
  }
  const fresh = {
    state: 'pending',
    endedAt: null,
    reason: null,
    confirmation: null,
    approvals: [],
    hasGoAhead: false,
    waitingSince: null,
    sleepUntil: null,
    isDeviation: true,
  } as const;
  return done(withStep(place.state, { ...progress, ...fresh, attempts: setAside(step, progress, event.isEverywhere === true) }));
}

/** What the end itself started may still be mended; a failure that brought the end about may not, or the course would go on after it. */
function isTooLate({ state, step, progress }: StepPlace): boolean {
  const isOfTheEnd = step.isAlways === true && (progress.isClosing || !endedBadly(progress));
  return state.abort === null && !isOfTheEnd && hasClosingBegun(state);
}

function tooLate(name: string): Refused {
  return refused(
    'BAD_STATE',
    `The drill is ending, and what always runs at its end has begun, so ${name} is left as it is. Reopen the drill once it has ended.`,
  );
}

function setAside(step: PlanStep, progress: StepProgress, isEverywhere: boolean): StepProgress['attempts'] {
  const command = asCommandStep(step);
  if (command === null) return progress.attempts;
  const again = new Set(
    rowsOf(command).filter((row) => {
      const now = progressOn(command, progress, { host: row, isUndo: false, isLastTry: true });
      return isEverywhere || !(now.kind === 'ended' && now.state === 'succeeded');
    }),
  );
  return progress.attempts.map((attempt) => (again.has(attempt.host) ? { ...attempt, isSuperseded: true } : attempt));
}

function hasLiveAttempt(progress: StepProgress): boolean {
  return progress.attempts.some((attempt) => attempt.state === 'intent' || attempt.state === 'launched');
}
