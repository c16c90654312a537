// How far a step has come on one row, read from its attempts there.
import { formatDuration } from '../duration.ts';
import { isRepeatable, type CommandStep } from './command-step.ts';
import type { AttemptProgress, StepProgress } from './step-progress.ts';

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
  readonly isUndo: boolean;
  /** No further attempt is made by itself. */
  readonly isLastTry: boolean;
}

/** `all` are the attempts of one row in one direction, in order. */
export function hostProgress(step: CommandStep, all: readonly AttemptProgress[], question: HostQuestion): HostProgress {
  const tries = countingTries(all);
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
    case 'not-started':
      if (step.kind === 'wait' && !question.isUndo) return afterLook(step, tries, question);
      return afterAttempt(step, tries, question);
  }
}

/** The attempts that count: not set aside by a person who asked for another try. */
export function countingTries(all: readonly AttemptProgress[]): readonly AttemptProgress[] {
  return all.filter((one) => !one.isSuperseded);
}

/** Whether the host of a command cannot be reached, or the command has not been found again yet: a person may know better. */
export function isAway({ attempts }: Pick<StepProgress, 'attempts'>): boolean {
  return attempts.some(({ reconciling }) => reconciling !== null);
}

function afterAttempt(step: CommandStep, tries: readonly AttemptProgress[], question: HostQuestion): HostProgress {
  const last = tries.at(-1);
  if (last === undefined) return { kind: 'untouched' };
  if (last.state === 'succeeded' || last.isDecided || question.isLastTry) return ended(last);
  const endedAt = last.endedAt ?? last.intendedAt;
  if (last.state === 'not-started') return lostAgain(tries, last);
  if (last.state === 'cancelled') {
    if (!isRepeatable(step, question.isUndo)) return ended(last);
    return lostAgain(tries, last);
  }
  const failures = tries.filter((one) => one.state === 'failed' || one.state === 'timed-out').length;
  if (failures >= step.retry.attempts) return ended(last);
  return { kind: 'again', at: endedAt + Math.round(step.retry.everyMs * step.retry.backoff ** (failures - 1)) };
}

type WaitStep = CommandStep & { readonly kind: 'wait' };

/** Nothing of it has run, or what has may run again. */
function lostAgain(tries: readonly AttemptProgress[], last: AttemptProgress): HostProgress {
  const lost = tries.filter((one) => one.state === 'cancelled' || one.state === 'not-started').length;
  return lost <= LOST_MAX ? { kind: 'again', at: (last.endedAt ?? last.intendedAt) + LOST_PAUSE_MS } : { ...ended(last), state: 'failed' };
}

/** A wait holds after `stable` good looks in a row. A look lost with the app itself is made up for once, even after the deadline. */
function afterLook(step: WaitStep, looks: readonly AttemptProgress[], question: HostQuestion): HostProgress {
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined) return { kind: 'untouched' };
  if (last.state === 'succeeded' && (last.isDecided || hasHeld(step, looks))) return ended(last);
  if (question.isLastTry) return { kind: 'ended', state: 'cancelled', reason: 'The drill was aborted before this held.', endedAt: last.endedAt };
  const most = step.attempts ?? Infinity;
  if (looks.filter((look) => look.state !== 'cancelled').length >= most) {
    return { ...ended(last), state: 'failed', reason: `It did not hold in ${most} looks: ${whyNot(step, last)}` };
  }
  const deadlineAt = first.intendedAt + step.timeoutMs;
  const nextAt = (last.endedAt ?? last.intendedAt) + step.everyMs;
  if (nextAt < deadlineAt || (last.state === 'cancelled' && last.intendedAt < deadlineAt)) return { kind: 'again', at: nextAt };
  return { ...ended(last), state: 'timed-out', reason: `It did not hold within ${formatDuration(step.timeoutMs)}: ${whyNot(step, last)}` };
}

/** `stable` good looks in a row; or, where the wait is for something to become steady, two that took about the same time. */
function hasHeld(step: WaitStep, looks: readonly AttemptProgress[]): boolean {
  const good = looks.slice(looks.findLastIndex((look) => look.state !== 'succeeded') + 1);
  if (step.steadyPercent === undefined) return good.length >= step.stable;
  const [before, last] = [good.at(-2), good.at(-1)].map((look) => (look === undefined ? null : tookMs(look)));
  if (before == null || last == null) return false;
  return Math.abs(before - last) <= (Math.max(before, last) * step.steadyPercent) / 100;
}

/** From the start of the command to its end; null when that was not seen. */
function tookMs(look: AttemptProgress): number | null {
  return look.launchedAt === null || look.endedAt === null ? null : look.endedAt - look.launchedAt;
}

function whyNot(step: WaitStep, last: AttemptProgress): string {
  if (last.reason !== null) return last.reason;
  return step.steadyPercent === undefined
    ? `it did not hold ${step.stable} times in a row`
    : `no two looks in a row took the same time within ${step.steadyPercent} %`;
}

function ended(last: AttemptProgress): Extract<HostProgress, { kind: 'ended' }> {
  const isCut = last.state === 'cancelled' || last.state === 'not-started';
  const state = last.state === 'succeeded' || last.state === 'timed-out' ? last.state : isCut ? 'cancelled' : 'failed';
  return { kind: 'ended', state, reason: last.reason, endedAt: last.endedAt };
}
