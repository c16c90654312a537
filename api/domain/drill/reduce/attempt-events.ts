// Events of commands: intent, launch, output, end, and what a person says about one of which nobody can tell.
import { done, refused, type Result } from '../../errors.ts';
import { asCommandStep, findStep, stepName, type CommandStep } from '../command-step.ts';
import { startsAtEnd } from '../ends.ts';
import type { AttemptRef } from '../journal.ts';
import { isDue } from '../launches.ts';
import { carryTally, isLive } from '../row-tally.ts';
import { placeOfAttempt } from '../row-tries.ts';
import { placeOfRow } from '../rows.ts';
import type { AttemptProgress, DrillState, StepProgress } from '../state.ts';
import { summarise } from '../step-summary.ts';
import { runsDespiteAbort } from '../undo.ts';
import { capturedKey } from '../variables.ts';
import { noSuchStep, withStep, type EventOf, type Stamp } from './change.ts';
import { sayControl } from './lateness.ts';
import { badRun } from './run-refusals.ts';

type AttemptEvent = EventOf<'attempt-intended' | 'attempt-launched' | 'attempt-reconciling' | 'output' | 'attempt-ended' | 'unknown-decided'>;

export function applyAttempt(state: DrillState, event: AttemptEvent, stamp: Stamp): Result<DrillState> {
  const planStep = findStep(state.plan, event.step);
  const step = planStep === null ? null : asCommandStep(planStep);
  const progress = state.steps.get(event.step);
  if (step === null || progress === undefined) return noSuchStep(event.step);
  const place = { state, step, progress };
  switch (event.type) {
    case 'attempt-intended':
      return intend(place, event, stamp);
    case 'attempt-launched':
      return change(place, event, (attempt) => launched(attempt, stamp.at));
    case 'attempt-reconciling':
      return change(place, event, (attempt) =>
        isLive(attempt) && attempt.id !== null ? { ...attempt, reconciling: { since: stamp.at, reason: event.reason } } : null,
      );
    case 'output':
      return keepOutput(place, event);
    case 'attempt-ended':
      return end(place, event, stamp);
    case 'unknown-decided':
      return decide(place, event, stamp);
  }
}

interface Place {
  readonly state: DrillState;
  readonly step: CommandStep;
  readonly progress: StepProgress;
}

function intend(place: Place, event: EventOf<'attempt-intended'>, { at }: Stamp): Result<DrillState> {
  if (!isDue(place.state, event)) {
    return refused('BAD_STATE', `${stepName(place.state.plan, event.step)} is not due on ${event.host}, so its command is not started there.`);
  }
  const attempt: AttemptProgress = {
    host: event.host,
    attempt: event.attempt,
    isUndo: event.isUndo,
    state: 'intent',
    intendedAt: at,
    launchedAt: null,
    endedAt: null,
    deadlineAt: event.deadlineAt,
    id: event.id ?? null,
    reconciling: null,
    exitCode: null,
    reason: null,
    isDecided: false,
    isSuperseded: false,
  };
  const isClosing = place.progress.isClosing || (!event.isUndo && startsAtEnd(place.state, place.step));
  return done(put({ ...place, progress: { ...place.progress, isClosing } }, [...place.progress.attempts, attempt]));
}

function end(place: Place, event: EventOf<'attempt-ended'>, { at }: Stamp): Result<DrillState> {
  const ended = change(place, event, (attempt) =>
    isLive(attempt) ? { ...attempt, state: event.outcome, endedAt: at, reconciling: null, exitCode: event.exitCode, reason: event.reason } : null,
  );
  if (!ended.ok) return ended;
  if (Object.keys(event.captured).length === 0) return ended;
  const captured = Object.entries(event.captured).map(([name, value]) => [capturedKey(event.step, name), value]);
  return done({ ...ended.value, captured: { ...ended.value.captured, ...Object.fromEntries(captured) } });
}

function keepOutput(place: Place, event: EventOf<'output'>): Result<DrillState> {
  const { progress, step } = place;
  const row = placeOfRow(step, event.host);
  const attempt = progress.attempts[placeOfAttempt(step, progress, event)];
  if (row === null || attempt === undefined || !isLive(attempt)) return notLive(place, event);
  const before = [...progress.outputBytes, ...Array.from({ length: Math.max(0, row + 1 - progress.outputBytes.length) }, () => 0)];
  const outputBytes = before.with(row, (before[row] ?? 0) + event.length);
  return done(withStep(place.state, { ...progress, outputBytes }));
}

function decide(place: Place, event: EventOf<'unknown-decided'>, { at, by }: Stamp): Result<DrillState> {
  const { state, progress } = place;
  if (by === null) return refused('FORBIDDEN', 'Only a person can say what an unknown step came to.');
  if (state.run !== 'running' && state.run !== 'paused' && state.run !== 'needs-decision' && state.run !== 'aborting') return badRun(state);
  const index = progress.attempts.findLastIndex((one) => one.host === event.host && isUndecided(one));
  const attempt = progress.attempts[index];
  if (attempt === undefined) {
    const decided = Object.hasOwn(progress.lastOnRow, event.host) ? (progress.lastOnRow[event.host] ?? null) : null;
    const before = decided === null ? '' : `${sayControl(state, decided, event.step)} `;
    return refused(
      'CONFLICT',
      `${before}${stepName(state.plan, event.step)} is not unknown on ${event.host} any more, so nothing is left to decide there.`,
    );
  }
  const settled = { isDecided: true, reconciling: null } as const;
  const decided: AttemptProgress =
    event.decision === 'new-attempt'
      ? { ...attempt, ...settled, state: 'unknown', isSuperseded: true }
      : { ...attempt, ...settled, state: event.decision, endedAt: at, reason: event.decision === 'failed' ? event.reason : null };
  return done(put({ ...place, progress: { ...progress, isDeviation: true } }, progress.attempts.with(index, decided)));
}

/** Nobody can tell what it came to, or its host is away: a person may know better, and need not wait. */
function isUndecided(attempt: AttemptProgress): boolean {
  return !attempt.isSuperseded && (attempt.state === 'unknown' || (isLive(attempt) && attempt.reconciling !== null));
}

/** Again, when it is found to run still. */
function launched(attempt: AttemptProgress, at: number): AttemptProgress | null {
  if (attempt.state === 'intent') return { ...attempt, state: 'launched', launchedAt: at, reconciling: null };
  return attempt.state === 'launched' && attempt.reconciling !== null ? { ...attempt, reconciling: null } : null;
}

function change(place: Place, ref: AttemptRef, by: (attempt: AttemptProgress) => AttemptProgress | null): Result<DrillState> {
  const { attempts } = place.progress;
  const index = placeOfAttempt(place.step, place.progress, ref);
  const attempt = attempts[index];
  const next = attempt === undefined ? null : by(attempt);
  return next === null ? notLive(place, ref) : done(put(place, attempts.with(index, next)));
}

function put(place: Place, attempts: readonly AttemptProgress[]): DrillState {
  carryTally(place.step, place.progress.attempts, attempts);
  const progress = summarise(place.step, { ...place.progress, attempts }, !runsDespiteAbort(place.state, place.step));
  return withStep(place.state, progress);
}

function notLive(place: Place, ref: AttemptRef): ReturnType<typeof refused> {
  const name = stepName(place.state.plan, ref.step);
  return refused('BAD_STATE', `Attempt ${ref.attempt} of ${name} on ${ref.host} is not under way, so nothing can be noted about it.`);
}
