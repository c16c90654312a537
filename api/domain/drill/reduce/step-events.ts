// Events of steps as a whole: confirmations, sleeps, skips and retries.
import { done, refused, type Result } from '../../errors.ts';
import { asCommandStep, findStep, stepName } from '../command-step.ts';
import { hostProgress } from '../host-progress.ts';
import { startableSteps } from '../order.ts';
import type { PlanStep } from '../plan.ts';
import type { DrillState, StepProgress } from '../state.ts';
import { noSuchStep, notInHand, timeOfDay, who, withStep, type EventOf, type Stamp } from './change.ts';

type StepEvent = EventOf<'step-waiting' | 'step-confirmed' | 'sleep-started' | 'sleep-ended' | 'step-skipped' | 'step-retried'>;

interface Place {
  readonly state: DrillState;
  readonly step: PlanStep;
  readonly progress: StepProgress;
  /** `Step 7 “…”`. */
  readonly name: string;
}

export function applyStep(state: DrillState, event: StepEvent, stamp: Stamp): Result<DrillState> {
  const step = findStep(state.plan, event.step);
  const progress = state.steps[event.step];
  if (step === null || progress === undefined) return noSuchStep(event.step);
  const denied = notInHand(state);
  if (denied !== null) return denied;
  const place = { state, step, progress, name: stepName(state.plan, step.id) };
  switch (event.type) {
    case 'step-waiting':
      return begin(place, 'confirm', { state: 'waiting', startedAt: progress.startedAt ?? stamp.at, waitingSince: stamp.at });
    case 'sleep-started':
      return begin(place, 'sleep', { state: 'sleeping', startedAt: progress.startedAt ?? stamp.at, sleepUntil: event.untilAt });
    case 'sleep-ended':
      if (progress.state !== 'sleeping') return refused('BAD_STATE', `${place.name} is not sleeping.`);
      return done(withStep(state, { ...progress, state: 'succeeded', endedAt: stamp.at }));
    case 'step-confirmed':
      return confirm(place, event, stamp);
    case 'step-skipped':
      return skip(place, event, stamp);
    case 'step-retried':
      return retry(place, stamp);
  }
}

function begin(place: Place, kind: PlanStep['kind'], change: Partial<StepProgress>): Result<DrillState> {
  const isDue = place.step.kind === kind && place.state.run !== 'paused' && startableSteps(place.state).includes(place.step);
  if (!isDue) return refused('BAD_STATE', `${place.name} is not due, so it does not start.`);
  return done(withStep(place.state, { ...place.progress, ...change }));
}

function confirm(place: Place, event: EventOf<'step-confirmed'>, { at, by }: Stamp): Result<DrillState> {
  const { progress, name } = place;
  const given = progress.confirmation;
  if (given !== null) return refused('CONFLICT', `${name} was confirmed by ${who(given.by)} at ${timeOfDay(given.at)} already.`);
  if (by === null) return refused('FORBIDDEN', `${name} is confirmed by a person.`);
  if (place.step.kind !== 'confirm') return refused('BAD_STATE', `${name} is not a step that people confirm.`);
  if (progress.state !== 'waiting') return refused('BAD_STATE', `${name} does not wait for a confirmation: it is ${progress.state}.`);
  const confirmation = { by, at, outcome: event.outcome, note: event.note };
  return done(withStep(place.state, { ...progress, ...outcomeOf(place.step, event, by), confirmation, endedAt: at }));
}

function outcomeOf(step: PlanStep, event: EventOf<'step-confirmed'>, by: string): Pick<StepProgress, 'state' | 'reason'> {
  switch (event.outcome) {
    case 'done':
      return { state: 'succeeded', reason: null };
    case 'failed':
      return { state: step.onFailure === 'warn' ? 'warned' : 'failed', reason: event.note ?? `${by} reported that it failed.` };
    case 'not-applicable':
      return { state: 'skipped', reason: event.note ?? `${by} judged it not applicable.` };
  }
}

function skip(place: Place, event: EventOf<'step-skipped'>, { at, by }: Stamp): Result<DrillState> {
  const { progress, name } = place;
  if (by === null && progress.state !== 'pending') return refused('BAD_STATE', `${name} has begun, so only a person can skip it.`);
  if (hasLiveAttempt(progress)) return refused('BAD_STATE', `${name} is running. Wait for its end, or abort the drill.`);
  if (progress.state === 'unknown') return refused('BAD_STATE', `Nobody can tell whether ${name} ran. Say what it came to first.`);
  if (progress.state === 'succeeded' || progress.state === 'warned' || progress.state === 'skipped') {
    return refused('CONFLICT', `${name} has ended already (${progress.state}), so there is nothing to skip.`);
  }
  const isDeviation = progress.isDeviation || by !== null;
  return done(withStep(place.state, { ...progress, state: 'skipped', reason: event.reason, endedAt: at, isDeviation }));
}

/** The hosts where it did not succeed run it again; a confirmation is asked for again. */
function retry(place: Place, { by }: Stamp): Result<DrillState> {
  const { step, progress, name } = place;
  if (by === null) return refused('FORBIDDEN', 'Only a person can have a failed step run again.');
  if (hasLiveAttempt(progress)) return refused('BAD_STATE', `${name} is still running on some host. Wait for its end.`);
  if (progress.state !== 'failed' && progress.state !== 'timed-out' && progress.state !== 'cancelled' && progress.state !== 'warned') {
    return refused('BAD_STATE', `${name} has not failed (it is ${progress.state}), so it is not run again.`);
  }
  const fresh = {
    state: 'pending',
    endedAt: null,
    reason: null,
    confirmation: null,
    waitingSince: null,
    sleepUntil: null,
    isDeviation: true,
  } as const;
  return done(withStep(place.state, { ...progress, ...fresh, attempts: setAside(step, progress) }));
}

function setAside(step: PlanStep, progress: StepProgress): StepProgress['attempts'] {
  const command = asCommandStep(step);
  if (command === null) return progress.attempts;
  const again = command.hosts.filter((host) => {
    const now = hostProgress(command, progress, { host, isUndo: false, isLastTry: true });
    return !(now.kind === 'ended' && now.state === 'succeeded');
  });
  return progress.attempts.map((attempt) => (again.includes(attempt.host) ? { ...attempt, isSuperseded: true } : attempt));
}

function hasLiveAttempt(progress: StepProgress): boolean {
  return progress.attempts.some((attempt) => attempt.state === 'intent' || attempt.state === 'launched');
}
