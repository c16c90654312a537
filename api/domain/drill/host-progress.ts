// How far a step has come on one host, read from its attempts.
import { formatDuration } from '../duration.ts';
import { isRepeatable, type CommandStep } from './command-step.ts';
import type { AttemptProgress, StepProgress } from './state.ts';

/** A command that may be repeated and was lost is started again this often, in one try of its step. */
const LOST_MAX = 5;
/** A lost connection is seldom back at once. */
export const LOST_PAUSE_MS = 1_000;

export type HostProgress =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'live'; readonly attempt: AttemptProgress }
  /** Another attempt is due at `at`, by a declared retry, as the next look of a wait, or since the last one was lost. */
  | { readonly kind: 'again'; readonly at: number }
  | { readonly kind: 'unknown'; readonly reason: string | null }
  | {
      readonly kind: 'ended';
      readonly state: 'succeeded' | 'failed' | 'timed-out' | 'cancelled';
      readonly reason: string | null;
      readonly endedAt: number | null;
    };

export interface HostQuestion {
  readonly host: string;
  readonly isUndo: boolean;
  /** No further attempt is made by itself. */
  readonly isLastTry: boolean;
}

export function hostProgress(step: CommandStep, progress: StepProgress, question: HostQuestion): HostProgress {
  const tries = currentTries(progress, question);
  const last = tries.at(-1);
  if (last === undefined) return { kind: 'untouched' };
  switch (last.state) {
    case 'intent':
    case 'launched':
      return { kind: 'live', attempt: last };
    case 'unknown':
      return { kind: 'unknown', reason: last.reason };
    case 'succeeded':
    case 'failed':
    case 'timed-out':
    case 'cancelled':
      if (step.kind === 'wait' && !question.isUndo) return afterLook(step, tries, question);
      return afterAttempt(step, tries, question);
  }
}

/** The attempts that count: of this host and direction, and not set aside by a person who asked for another try. */
export function currentTries(progress: StepProgress, question: Pick<HostQuestion, 'host' | 'isUndo'>): readonly AttemptProgress[] {
  return progress.attempts.filter((one) => one.host === question.host && one.isUndo === question.isUndo && !one.isSuperseded);
}

/** The number that the next attempt of this step, host and direction carries. */
export function nextAttempt(progress: StepProgress, host: string, isUndo: boolean): number {
  return 1 + progress.attempts.filter((attempt) => attempt.host === host && attempt.isUndo === isUndo).length;
}

/** When a wait gives up on this host; null before its first look. */
export function waitDeadline(step: CommandStep, progress: StepProgress, host: string): number | null {
  const first = currentTries(progress, { host, isUndo: false })[0];
  return first === undefined ? null : first.intendedAt + step.timeoutMs;
}

function afterAttempt(step: CommandStep, tries: readonly AttemptProgress[], question: HostQuestion): HostProgress {
  const last = tries.at(-1);
  if (last === undefined) return { kind: 'untouched' };
  if (last.state === 'succeeded' || last.isDecided || question.isLastTry) return ended(last);
  const endedAt = last.endedAt ?? last.intendedAt;
  if (last.state === 'cancelled') {
    if (!isRepeatable(step, question.isUndo)) return ended(last);
    const lost = tries.filter((one) => one.state === 'cancelled').length;
    return lost <= LOST_MAX ? { kind: 'again', at: endedAt + LOST_PAUSE_MS } : { ...ended(last), state: 'failed' };
  }
  const failures = tries.filter((one) => one.state === 'failed' || one.state === 'timed-out').length;
  if (failures >= step.retry.attempts) return ended(last);
  return { kind: 'again', at: endedAt + Math.round(step.retry.everyMs * step.retry.backoff ** (failures - 1)) };
}

/** A wait holds after `stable` good looks in a row. A look lost with the app itself is made up for once, even after the deadline. */
function afterLook(step: CommandStep & { kind: 'wait' }, looks: readonly AttemptProgress[], question: HostQuestion): HostProgress {
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined) return { kind: 'untouched' };
  const lastBad = looks.findLastIndex((look) => look.state !== 'succeeded');
  if (last.state === 'succeeded' && (last.isDecided || looks.length - 1 - lastBad >= step.stable)) return ended(last);
  if (question.isLastTry) return { kind: 'ended', state: 'cancelled', reason: 'The drill was aborted before this held.', endedAt: last.endedAt };
  const deadlineAt = first.intendedAt + step.timeoutMs;
  const nextAt = (last.endedAt ?? last.intendedAt) + step.everyMs;
  if (nextAt < deadlineAt || (last.state === 'cancelled' && last.intendedAt < deadlineAt)) return { kind: 'again', at: nextAt };
  const why = last.reason ?? `it did not hold ${step.stable} times in a row`;
  return { ...ended(last), state: 'timed-out', reason: `It did not hold within ${formatDuration(step.timeoutMs)}: ${why}` };
}

function ended(last: AttemptProgress): Extract<HostProgress, { kind: 'ended' }> {
  const state = last.state === 'succeeded' || last.state === 'timed-out' || last.state === 'cancelled' ? last.state : 'failed';
  return { kind: 'ended', state, reason: last.reason, endedAt: last.endedAt };
}
