// The state of a drill: what the reducer makes of its plan and its journal.
import type { AbortForm, AttemptOutcome, ConfirmOutcome, DrillResult, DrillSummary } from './journal.ts';
import type { Plan } from './plan.ts';
import type { StepTable } from './step-table.ts';

export const RUN_STATES = [
  'awaiting-approval',
  'approved',
  'rejected',
  'expired',
  'running',
  'paused',
  'recovering',
  'needs-decision',
  'aborting',
  'passed',
  'late',
  'failed',
  'aborted',
] as const;
export type RunState = (typeof RUN_STATES)[number];

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

export interface DrillState {
  readonly plan: Plan;
  readonly planHash: string;
  readonly run: RunState;
  readonly requestedBy: string | null;
  readonly approvalsNeeded: number;
  readonly approvedBy: readonly string[];
  /** When the drill was declared: the start of the recovery clock. */
  readonly startedAt: number | null;
  readonly startedBy: string | null;
  readonly finishedAt: number | null;
  readonly result: DrillResult | null;
  readonly summary: DrillSummary | null;
  readonly steps: StepTable;
  /** Values captured so far, by name; in a called runbook, by the call's id, a slash and the name. Secret ones are sealed. */
  readonly captured: Readonly<Record<string, string>>;
  readonly canary: CanaryState;
  readonly abort: { readonly form: AbortForm; readonly by: string | null; readonly reason: string } | null;
  /** Where a run goes on once it is no longer `recovering`; null otherwise. */
  readonly runBeforeRecovery: RunState | null;
  /** Time spent waiting for people (confirmations, pauses, decisions), without the wait going on since `humanWaitSince`. */
  readonly humanWaitMs: number;
  readonly humanWaitSince: number | null;
  /** The waits that `humanWaitMs` is the sum of, oldest first; they do not overlap. */
  readonly humanWaits: readonly { readonly fromAt: number; readonly untilAt: number }[];
  /** Seq of the last event folded in; 0 before the first. */
  readonly seq: number;
  /** Instant of the last event folded in; 0 before the first. */
  readonly lastAt: number;
}

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
  /** A person retried it, skipped it or decided what an unknown attempt came to. */
  readonly isDeviation: boolean;
  /** Bytes of output kept so far, by the place of the row among those of the step; a row without output can be missing. */
  readonly outputBytes: readonly number[];
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

export interface CanaryMarker {
  readonly marker: number;
  readonly writtenAt: number;
}

export interface CanaryState {
  readonly lastAcknowledged: CanaryMarker | null;
  /** All of them, in order: the newest one found on the recovery side is looked up here. */
  readonly acknowledged: readonly CanaryMarker[];
  /** The highest number used, acknowledged or not; 0 before the first. */
  readonly lastMarker: number;
  readonly missed: number;
  readonly read: { readonly newestMarker: number | null; readonly dataLossMs: number | null; readonly reason: string | null } | null;
}
