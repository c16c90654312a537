// How far one step, and one start of its command, has come.
import type { AttemptOutcome, ConfirmOutcome, DrillEventType } from './journal.ts';

export const STEP_STATES = [
  'pending',
  'intent',
  'launched',
  'waiting',
  'sleeping',
  'succeeded',
  'warned',
  'failed',
  'timed-out',
  'cancelled',
  'skipped',
  'unknown',
  'undone',
] as const;
export type StepState = (typeof STEP_STATES)[number];

export interface StepProgress {
  readonly id: string;
  readonly state: StepState;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly attempts: readonly AttemptProgress[];
  /** Why it failed, was skipped or is unknown. */
  readonly reason: string | null;
  readonly waitingSince: number | null;
  readonly sleepUntil: number | null;
  readonly confirmation: { readonly by: string | null; readonly at: number; readonly outcome: ConfirmOutcome; readonly note: string | null } | null;
  /** Those who said go, in order. */
  readonly approvals: readonly { readonly by: string; readonly at: number; readonly note: string | null }[];
  /** A person let it pass the point of no return. */
  readonly hasGoAhead: boolean;
  /** It started because the drill was ending; such a step runs again at a new end. */
  readonly isClosing: boolean;
  /** The last that a person did about it. */
  readonly lastControl: ControlMark | null;
  /** The last that a person did about all of it. */
  readonly lastOnAll: ControlMark | null;
  /** The last that a person decided about a row, by row. */
  readonly lastOnRow: Readonly<Record<string, ControlMark>>;
  /** A person retried it, skipped it or decided what an unknown attempt came to. */
  readonly isDeviation: boolean;
  /** Bytes of output kept so far, by the place of the row among those of the step; a row without output can be missing. */
  readonly outputBytes: readonly number[];
}

export type ControlType = Extract<
  DrillEventType,
  | ('started' | 'rejected' | 'expired' | 'paused' | 'resumed' | 'abort-requested')
  | ('taken-over' | 'reopened' | 'revert-requested' | 'undo-accepted')
  | ('step-confirmed' | 'step-retried' | 'step-skipped' | 'unknown-decided')
>;

/** An act of a person, for whoever comes too late to be told of. */
export interface ControlMark {
  readonly type: ControlType;
  readonly by: string | null;
  readonly at: number;
  readonly seq: number;
  /** The row that was decided about; null for acts on all of a step or drill. */
  readonly host: string | null;
}

export interface AttemptProgress {
  readonly host: string;
  readonly attempt: number;
  readonly isUndo: boolean;
  readonly state: 'intent' | 'launched' | AttemptOutcome;
  readonly intendedAt: number;
  /** Null while, or when, its command is not known to have started. */
  readonly launchedAt: number | null;
  readonly endedAt: number | null;
  readonly deadlineAt: number;
  /** What its host knows a durable command by; null for all else. */
  readonly id: string | null;
  /** While how it stands is being found out. */
  readonly reconciling: { readonly since: number; readonly reason: string } | null;
  readonly exitCode: number | null;
  readonly reason: string | null;
  /** A person said what it came to; such a failure is not retried by itself. */
  readonly isDecided: boolean;
  /** A person asked for another try: it no longer counts for the state of its step. */
  readonly isSuperseded: boolean;
}
