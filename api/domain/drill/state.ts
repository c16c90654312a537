// The state of a drill: what the reducer makes of its plan and its journal.
import type { AbortForm, DrillResult, DrillSummary, JournalEntry } from './journal.ts';
import type { Plan } from './plan.ts';
import type { ControlMark } from './step-progress.ts';
import type { StepTable } from './step-table.ts';

export { STEP_STATES, type AttemptProgress, type StepProgress, type StepState } from './step-progress.ts';

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

export interface DrillState {
  readonly plan: Plan;
  readonly planHash: string;
  readonly run: RunState;
  readonly requestedBy: string | null;
  readonly approvalsNeeded: number;
  readonly approvedBy: readonly string[];
  readonly lastApprovedAt: number | null;
  /** When the drill was declared: the start of the recovery clock. */
  readonly startedAt: number | null;
  readonly startedBy: string | null;
  /** Whoever started it, until somebody takes over; for a scheduled start the owner of the schedule. Null before the start. */
  readonly inCharge: InCharge | null;
  readonly finishedAt: number | null;
  readonly result: DrillResult | null;
  readonly summary: DrillSummary | null;
  readonly steps: StepTable;
  /** Values captured so far, by name; in a called runbook, by the call's id, a slash and the name. Secret ones are sealed. */
  readonly captured: Readonly<Record<string, string>>;
  readonly canary: CanaryState;
  /** Who paused it, while it is paused; `stop` is the reason of a stop of all drills. */
  readonly pause: { readonly by: string | null; readonly at: number; readonly stop: string | null } | null;
  readonly abort: { readonly form: AbortForm; readonly by: string | null; readonly reason: string; readonly at: number } | null;
  /** The ends that were not the last, oldest first. */
  readonly formerEnds: readonly FormerEnd[];
  /** The last act that steered the run as a whole: whoever saw less than this is told of it. */
  readonly lastControl: ControlMark | null;
  /** The last abort, reopening or undoing afterwards: what was meant for a step before it is meant no more, whatever steers the run later. */
  readonly lastTurn: ControlMark | null;
  /** Requests of people that are in the journal, by the id that their client made. */
  readonly requests: Readonly<Record<string, JournalEntry>>;
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

export interface InCharge {
  readonly name: string;
  readonly sinceAt: number;
  /** Whom they relieved, and why; null for whoever was first. */
  readonly from: string | null;
  readonly reason: string | null;
}

/** An end after which the drill went on, or was reverted. */
export interface FormerEnd {
  readonly result: DrillResult;
  readonly summary: DrillSummary;
  readonly endedAt: number;
  readonly reopenedAt: number;
  readonly reopenedBy: string | null;
  readonly reason: string;
  /** Only what was left behind is undone; the result stays. */
  readonly isRevert: boolean;
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
