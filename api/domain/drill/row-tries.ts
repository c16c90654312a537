// The attempts of one row of a step.
import type { CommandStep } from './command-step.ts';
import { countingTries, hostProgress, type HostProgress } from './host-progress.ts';
import type { AttemptRef } from './journal.ts';
import { rowTally, type RowStanding } from './row-tally.ts';
import { placeOfRow } from './rows.ts';
import type { AttemptProgress, StepProgress } from './step-progress.ts';

type Attempts = Pick<StepProgress, 'attempts'>;
type Way = Pick<AttemptRef, 'host' | 'isUndo'>;

/** All attempts of a row and direction, in order. */
export function triesOn(step: CommandStep, { attempts }: Attempts, way: Way): readonly AttemptProgress[] {
  return placesOf(step, { attempts }, way).flatMap((place) => attempts[place] ?? []);
}

/** How far the row has come in this direction; `isLastTry` when no further attempt is made by itself. */
export function progressOn(step: CommandStep, progress: Attempts, way: Way & { readonly isLastTry: boolean }): HostProgress {
  return hostProgress(step, triesOn(step, progress, way), way);
}

/** Where this attempt stands among those of its step; -1 when there is none. */
export function placeOfAttempt(step: CommandStep, progress: Attempts, ref: Omit<AttemptRef, 'step'>): number {
  return placesOf(step, progress, ref).find((place) => progress.attempts[place]?.attempt === ref.attempt) ?? -1;
}

/** When a wait gives up on this row; null before its first look. */
export function waitDeadline(step: CommandStep, progress: Attempts, host: string): number | null {
  const first = countingTries(triesOn(step, progress, { host, isUndo: false }))[0];
  return first === undefined ? null : first.intendedAt + step.timeoutMs;
}

function placesOf(step: CommandStep, { attempts }: Attempts, { host, isUndo }: Way): readonly number[] {
  const position = placeOfRow(step, host);
  const row: RowStanding | undefined = position === null ? undefined : rowTally(step, attempts).rows[position];
  return row?.[isUndo ? 'undo' : 'forward'] ?? [];
}
