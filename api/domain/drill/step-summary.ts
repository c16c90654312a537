// The state of a step that runs on several hosts: what its hosts add up to.
import type { CommandStep } from './command-step.ts';
import { hostProgress, triesOn, type HostProgress } from './host-progress.ts';
import { rowsOf } from './rows.ts';
import type { StepProgress, StepState } from './state.ts';

/** A reason for each row, up to as many as a person reads. */
const REASONS_MAX = 10;

/** What the attempts say about the step; `isAborting` when nothing will be tried again. */
export function summarise(step: CommandStep, progress: StepProgress, isAborting: boolean): StepProgress {
  if (progress.attempts.length === 0) return progress;
  const hosts = rowsOf(step).map((host) => ({ host, progress: hostProgress(step, progress, { host, isUndo: false, isLastTry: isAborting }) }));
  const now = hosts.map((one) => one.progress);
  const state = combine(step, now, isAborting);
  const isOver = now.every((one) => one.kind === 'ended' || (one.kind === 'untouched' && (isAborting || isHeldUp(step, now))));
  const ends = progress.attempts.flatMap((attempt) => (attempt.isUndo || attempt.endedAt === null ? [] : [attempt.endedAt]));
  return {
    ...progress,
    // A skip stays one: only an undo can still change what was left of the step.
    state: isUndone(step, progress) ? 'undone' : progress.state === 'skipped' ? 'skipped' : state,
    startedAt: Math.min(...progress.attempts.map((attempt) => attempt.intendedAt)),
    endedAt: progress.state === 'skipped' ? progress.endedAt : isOver && ends.length > 0 ? Math.max(...ends) : null,
    reason: progress.state === 'skipped' ? progress.reason : reasonOf(step, hosts),
  };
}

/** Hosts on which the step's command has started, or may have. */
export function hostsTouched(step: CommandStep, progress: StepProgress): readonly string[] {
  return rowsOf(step).filter((row) =>
    triesOn(progress, row, false).some((one) => one.launchedAt !== null || one.state === 'unknown' || one.isDecided),
  );
}

export function isUndoneOn(step: CommandStep, progress: StepProgress, host: string): boolean {
  const undo = hostProgress(step, progress, { host, isUndo: true, isLastTry: false });
  return undo.kind === 'ended' && undo.state === 'succeeded';
}

function isUndone(step: CommandStep, progress: StepProgress): boolean {
  if (!progress.attempts.some((attempt) => attempt.isUndo)) return false;
  return hostsTouched(step, progress).every((host) => isUndoneOn(step, progress, host));
}

/** In batches, without `keepGoing`, a row that ended badly keeps those back that have not started. Without batches all start at once. */
export function isHeldUp(step: CommandStep, rows: readonly HostProgress[]): boolean {
  if (step.batch === undefined || step.keepGoing === true) return false;
  return rows.some((one) => one.kind === 'unknown' || (one.kind === 'ended' && one.state !== 'succeeded'));
}

function combine(step: CommandStep, hosts: readonly HostProgress[], isAborting: boolean): StepState {
  const live = hosts.filter((one) => one.kind === 'live');
  if (live.length > 0) return live.some((one) => one.attempt.state === 'launched') ? 'launched' : 'intent';
  const untouched = hosts.filter((one) => one.kind === 'untouched').length;
  if (untouched === hosts.length) return isAborting ? 'cancelled' : 'pending';
  if (hosts.some((one) => one.kind === 'again') || (untouched > 0 && !isAborting && !isHeldUp(step, hosts))) return 'launched';
  if (hosts.some((one) => one.kind === 'unknown')) return 'unknown';
  // Rows that were never started are no failure of their own: one that failed kept them back.
  const ends = hosts.flatMap((one) => (one.kind === 'ended' ? [one.state] : isAborting ? (['cancelled'] as const) : []));
  const worst = (['failed', 'timed-out', 'cancelled'] as const).find((state) => ends.includes(state));
  if (worst === undefined) return 'succeeded';
  return step.onFailure === 'warn' && worst !== 'cancelled' ? 'warned' : worst;
}

function reasonOf(step: CommandStep, hosts: readonly { host: string; progress: HostProgress }[]): string | null {
  const reasons = hosts.flatMap(({ host, progress }) => {
    const reason = progress.kind === 'unknown' || progress.kind === 'ended' ? progress.reason : null;
    return reason === null ? [] : [hosts.length === 1 ? reason : `${host}: ${reason}`];
  });
  if (reasons.length === 0) return null;
  const unstarted = hosts.filter(({ progress }) => progress.kind === 'untouched').length;
  const rest = unstarted === 0 || step.batch === undefined ? [] : [`Not started on ${unstarted} more.`];
  return [...reasons.slice(0, REASONS_MAX), ...(reasons.length > REASONS_MAX ? [`And ${reasons.length - REASONS_MAX} more.`] : []), ...rest].join(
    ' ',
  );
}
