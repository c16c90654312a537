// The state of a drill: what the reducer makes of its plan and its journal.
import type { AttemptOutcome, ConfirmOutcome, DrillResult, DrillSummary } from './journal.ts';
import type { Plan } from './plan.ts';

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
  readonly steps: Readonly<Record<string, StepProgress>>;
  /** Values captured so far, by name. */
  readonly captured: Readonly<Record<string, string>>;
  readonly canary: CanaryState;
  readonly abort: { readonly form: 'now' | 'finish' | 'undo'; readonly by: string | null; readonly reason: string } | null;
  /** Seq of the last event folded in; 0 before the first. */
  readonly seq: number;
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
  readonly isDeviation: boolean;
}

export interface AttemptProgress {
  readonly host: string;
  readonly attempt: number;
  readonly isUndo: boolean;
  readonly state: 'intent' | 'launched' | AttemptOutcome;
  readonly intendedAt: number;
  readonly endedAt: number | null;
  readonly exitCode: number | null;
  readonly reason: string | null;
}

export interface CanaryState {
  readonly lastAcknowledged: { readonly marker: number; readonly writtenAt: number } | null;
  readonly read: { readonly newestMarker: number | null; readonly dataLossMs: number | null; readonly reason: string | null } | null;
}
