// What a remote outcome means for an attempt: the rule of at most once is kept here.
import type { RemoteOutcome } from '../application/ports.ts';
import { isRepeatable, type CommandStep } from '../domain/drill/command-step.ts';
import type { AttemptOutcome, AttemptRef, DrillEvent } from '../domain/drill/journal.ts';
import { judge } from '../domain/drill/judge.ts';
import { formatDuration } from '../domain/duration.ts';
import type { Capture, Expectation } from '../domain/runbook/runbook.ts';

export type AttemptEnded = Extract<DrillEvent, { readonly type: 'attempt-ended' }>;

/** An undo is judged by its exit code alone. */
const UNDO_EXPECT: Expectation = { exitCodes: [0], stdout: null, stderr: null };

export interface Concluded {
  readonly ref: AttemptRef;
  readonly step: CommandStep;
  readonly timeoutMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function conclude(outcome: RemoteOutcome, about: Concluded): AttemptEnded {
  switch (outcome.kind) {
    case 'exited':
      return judged(outcome.exitCode, about);
    case 'signalled':
      return ended(about.ref, 'failed', { signal: outcome.signal, reason: `It was ended on the host by ${outcome.signal}.` });
    case 'timed-out':
      return ended(about.ref, 'timed-out', { reason: `It did not end within ${formatDuration(about.timeoutMs)} and was ended.` });
    case 'cancelled':
      return ended(about.ref, 'cancelled', { reason: 'It was ended because the drill was aborted.' });
    case 'not-started':
      return ended(about.ref, 'failed', { reason: `It did not start: ${outcome.message}` });
    case 'lost':
      return lost(about.step, about.ref, outcome.message);
  }
}

/** Nobody can tell whether it ran. What may be repeated is cancelled, and starts anew; for all else a person has to say. */
export function lost(step: CommandStep, ref: AttemptRef, why: string): AttemptEnded {
  return isRepeatable(step, ref.isUndo)
    ? ended(ref, 'cancelled', { reason: why })
    : ended(ref, 'unknown', { reason: `${why} Nobody can tell whether it ran to its end.` });
}

export function ended(
  ref: AttemptRef,
  outcome: AttemptOutcome,
  more: Partial<Pick<AttemptEnded, 'exitCode' | 'signal' | 'reason' | 'captured'>>,
): AttemptEnded {
  return { type: 'attempt-ended', ...ref, outcome, exitCode: null, signal: null, reason: null, captured: {}, ...more };
}

function judged(exitCode: number, { ref, step, stdout, stderr }: Concluded): AttemptEnded {
  const expect = ref.isUndo ? UNDO_EXPECT : step.expect;
  const captures: readonly Capture[] = ref.isUndo ? [] : step.captures;
  const { reason, captured } = judge(expect, captures, { exitCode, stdout, stderr });
  return ended(ref, reason === null ? 'succeeded' : 'failed', { exitCode, reason, captured });
}
