// Events after an end that take the drill up once more: it goes on from where it stopped, or what it left behind is undone.
import { done, refused, type Result } from '../../errors.ts';
import { asCommandStep, findStep } from '../command-step.ts';
import { indexOf } from '../plan-index.ts';
import { notReopenable, notRevertible } from '../reopening.ts';
import { isLive } from '../row-tally.ts';
import type { AttemptProgress, DrillState, FormerEnd, StepProgress } from '../state.ts';
import { endedBadly } from '../step-ends.ts';
import { summarise } from '../step-summary.ts';
import type { EventOf, Stamp } from './change.ts';
import { badRun } from './run-refusals.ts';

type ReopeningEvent = EventOf<'reopened' | 'revert-requested'>;

export function applyReopening(state: DrillState, event: ReopeningEvent, stamp: Stamp): Result<DrillState> {
  const { by, at } = stamp;
  if (by === null) return refused('FORBIDDEN', 'Only a person can take up a drill that has ended.');
  const denied = event.type === 'reopened' ? notReopenable(state, at) : notRevertible(state);
  if (denied !== null) return denied;
  const end = formerEnd(state, event, stamp);
  if (end === null) return badRun(state);
  const open: DrillState = { ...state, finishedAt: null, result: null, summary: null, formerEnds: [...state.formerEnds, end] };
  return done(event.type === 'reopened' ? reopen(open, end, { by, at }) : revert(open, event, { by, at }));
}

function formerEnd(state: DrillState, event: ReopeningEvent, { by, at }: Stamp): FormerEnd | null {
  const { result, summary, finishedAt: endedAt } = state;
  if (result === null || summary === null || endedAt === null) return null;
  return { result, summary, endedAt, reopenedAt: at, reopenedBy: by, reason: event.reason, isRevert: event.type === 'revert-requested' };
}

/** Paused: nothing starts before somebody has retried or skipped what failed, and let it go on. People are waited for since the end. */
function reopen(state: DrillState, end: FormerEnd, { by, at }: { readonly by: string; readonly at: number }): DrillState {
  const from = state.inCharge?.name ?? null;
  const inCharge = from === by ? state.inCharge : { name: by, sinceAt: at, from, reason: end.reason };
  const steps = state.steps.map((progress) => withoutGo(state, takenUp(state, progress)));
  const humanWaitMs = state.humanWaitMs + Math.max(0, at - end.endedAt);
  const humanWaits = [...state.humanWaits, { fromAt: end.endedAt, untilAt: at }];
  return { ...state, steps, run: 'paused', abort: null, inCharge, humanWaitMs, humanWaits };
}

/** What ran because of the end runs again at the next one; what an abort cut short is open again. */
function takenUp(state: DrillState, progress: StepProgress): StepProgress {
  if (progress.isClosing || (progress.state === 'cancelled' && progress.attempts.length === 0)) return fresh(progress);
  const planStep = findStep(state.plan, progress.id);
  const step = planStep === null ? null : asCommandStep(planStep);
  const wasAborted = state.abort !== null && progress.attempts.some(({ isSuperseded }) => !isSuperseded);
  return step === null || !wasAborted || progress.state === 'skipped' ? progress : summarise(step, progress, false);
}

/** Who said go meant the run that ended: what starts from here on at a point of no return is asked about again, also where it had begun. */
function withoutGo(state: DrillState, progress: StepProgress): StepProgress {
  const step = findStep(state.plan, progress.id);
  if (step === null || !('isPointOfNoReturn' in step) || !step.isPointOfNoReturn || progress.attempts.some(isLive)) return progress;
  const asked = { ...progress, hasGoAhead: false };
  const goesOn = progress.state === 'pending' || progress.state === 'intent' || progress.state === 'launched';
  return goesOn ? { ...asked, state: 'pending', confirmation: null } : asked;
}

/** Undo is tried anew where it failed, and so is what always runs; the rest follows as after an abort with undo. */
function revert(state: DrillState, event: EventOf<'revert-requested'>, { by, at }: { readonly by: string | null; readonly at: number }): DrillState {
  const { pairsOf } = indexOf(state.plan);
  const steps = state.steps.map((progress) => {
    const step = findStep(state.plan, progress.id);
    const isReverter = step?.isAlways === true || pairsOf.has(progress.id);
    if (isReverter && endedBadly(progress)) return fresh(progress);
    return { ...progress, attempts: progress.attempts.map((one) => (one.isUndo && hasFailed(one) ? { ...one, isSuperseded: true } : one)) };
  });
  return { ...state, steps, run: 'aborting', abort: { form: 'undo', by, reason: event.reason, at } };
}

function hasFailed({ state }: AttemptProgress): boolean {
  return state === 'failed' || state === 'timed-out' || state === 'cancelled' || state === 'not-started';
}

/** As if it had not begun; what it did stays in the list of its attempts. */
function fresh(progress: StepProgress): StepProgress {
  return {
    ...progress,
    state: 'pending',
    startedAt: null,
    endedAt: null,
    reason: null,
    waitingSince: null,
    sleepUntil: null,
    confirmation: null,
    approvals: [],
    hasGoAhead: false,
    isClosing: false,
    attempts: progress.attempts.map((one) => ({ ...one, isSuperseded: true })),
  };
}
