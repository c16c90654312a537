// The state of a step that runs on several hosts: what its rows add up to.
import type { CommandStep } from './command-step.ts';
import { rowTally, type RowTally } from './row-tally.ts';
import { rowsOf } from './rows.ts';
import type { StepProgress, StepState } from './step-progress.ts';

/** A reason for each row, up to as many as a person reads. */
const REASONS_MAX = 10;

/** What the attempts say about the step; `isAborting` when nothing will be tried again. */
export function summarise(step: CommandStep, progress: StepProgress, isAborting: boolean): StepProgress {
  if (progress.attempts.length === 0) return progress;
  const tally = rowTally(step, progress.attempts, isAborting);
  const { lists } = tally;
  const isUnderWay = lists.intent.length + lists.launched.length + lists.again.length + lists.unknown.length > 0;
  const isOver = !isUnderWay && (lists.untouched.length === 0 || isAborting || isHeldUp(step, tally));
  // A skip stays one: only an undo can still change what was left of the step.
  const isSkipped = progress.state === 'skipped';
  return {
    ...progress,
    state: isUndone(tally) ? 'undone' : isSkipped ? 'skipped' : combine(step, tally, isAborting),
    startedAt: tally.startedAt,
    endedAt: isSkipped ? progress.endedAt : isOver ? tally.endedAt : null,
    reason: isSkipped ? progress.reason : reasonOf(step, tally),
  };
}

/** In batches, without `keepGoing`, a row that ended badly keeps those back that have not started. Without batches all start at once. */
export function isHeldUp(step: CommandStep, { lists }: RowTally): boolean {
  if (step.batch === undefined || step.keepGoing === true) return false;
  return lists.unknown.length + lists.failed.length + lists['timed-out'].length + lists.cancelled.length > 0;
}

/** How many rows may begin beside those under way. */
export function roomFor(step: CommandStep, tally: RowTally): number {
  const { intent, launched, again } = tally.lists;
  return isHeldUp(step, tally) ? 0 : Math.max(0, (step.batch ?? Infinity) - intent.length - launched.length - again.length);
}

/** How many rows that were under way may be tried again: a decision can make it more than the batch takes at once. */
export function roomToTryAgain(step: CommandStep, { lists }: RowTally): number {
  return Math.max(0, (step.batch ?? Infinity) - lists.intent.length - lists.launched.length);
}

/** It was tried, and every row on which the command may have run was put back. */
function isUndone({ lists }: RowTally): boolean {
  return lists.revertTried.length > 0 && lists.touched.length === lists.reverted.length;
}

function combine(step: CommandStep, tally: RowTally, isAborting: boolean): StepState {
  const { lists } = tally;
  if (lists.launched.length > 0) return 'launched';
  if (lists.intent.length > 0) return 'intent';
  const untouched = lists.untouched.length;
  if (untouched === tally.rows.length) return isAborting ? 'cancelled' : 'pending';
  if (lists.again.length > 0 || (untouched > 0 && !isAborting && !isHeldUp(step, tally))) return 'launched';
  if (lists.unknown.length > 0) return 'unknown';
  // Rows that were never started are no failure of their own: one that failed kept them back.
  const worst = (['failed', 'timed-out', 'cancelled'] as const).find((state) => lists[state].length > 0);
  if (worst === undefined) return isAborting && untouched > 0 ? 'cancelled' : 'succeeded';
  return step.onFailure === 'warn' && worst !== 'cancelled' ? 'warned' : worst;
}

function reasonOf(step: CommandStep, { rows, lists }: RowTally): string | null {
  const keys = rowsOf(step);
  const reasons = lists.explained.slice(0, REASONS_MAX).flatMap((position) => {
    const now = rows[position]?.now;
    const reason = now?.kind === 'unknown' || now?.kind === 'ended' ? now.reason : null;
    return reason === null ? [] : [rows.length === 1 ? reason : `${keys[position]}: ${reason}`];
  });
  if (reasons.length === 0) return null;
  const more = lists.explained.length - REASONS_MAX;
  const unstarted = lists.untouched.length;
  const rest = unstarted === 0 || step.batch === undefined ? [] : [`Not started on ${unstarted} more.`];
  return [...reasons, ...(more > 0 ? [`And ${more} more.`] : []), ...rest].join(' ');
}
