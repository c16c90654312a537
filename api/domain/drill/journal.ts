// The journal of one run: numbered events, 1, 2, 3 … without a hole. The state of a drill is what they add up to.
import type { DrillMode } from './plan.ts';

/** `by` is an account name; null means Muster itself. `at` is milliseconds since the epoch. */
export interface JournalEntry {
  readonly seq: number;
  readonly at: number;
  readonly by: string | null;
  readonly event: DrillEvent;
}

export const ABORT_FORMS = ['now', 'finish', 'undo'] as const;
export type AbortForm = (typeof ABORT_FORMS)[number];

/** For an approval, and for a point of no return, `done` is go and `failed` is no-go; `not-applicable` is refused. */
export const CONFIRM_OUTCOMES = ['done', 'failed', 'not-applicable'] as const;
export type ConfirmOutcome = (typeof CONFIRM_OUTCOMES)[number];

/** What one command on one host came to. `unknown`: nobody can tell whether it ran. `not-started`: it is certain that it did not and never will. */
export type AttemptOutcome = 'succeeded' | 'failed' | 'timed-out' | 'cancelled' | 'unknown' | 'not-started';

/** One start of one command on one host; `isUndo` when it reverts the step. */
export interface AttemptRef {
  readonly step: string;
  /** The row: a host, or a host and the number of an item (`ledger-a#2`). */
  readonly host: string;
  /** 1, 2, 3 … for this step, host and direction. */
  readonly attempt: number;
  readonly isUndo: boolean;
}

/** What stood behind a person's control; absent where it was not said, and for what Muster does. */
export interface Asked {
  /** Made by the client: the same id is the same request, and is taken down once. */
  readonly id: string | null;
  /** Seq of the last entry that the person had seen; null when unknown. */
  readonly basedOn: number | null;
}

export type DrillEvent = AnyEvent & { readonly asked?: Asked };

type AnyEvent =
  | { readonly type: 'requested'; readonly mode: DrillMode; readonly planHash: string; readonly approvalsNeeded: number }
  | { readonly type: 'approved'; readonly planHash: string; readonly note: string | null }
  | { readonly type: 'rejected'; readonly reason: string }
  | { readonly type: 'expired'; readonly reason: string }
  | { readonly type: 'started' }
  | ({
      readonly type: 'attempt-intended';
      readonly commandHash: string;
      readonly hostKeys: readonly string[];
      readonly deadlineAt: number;
      /** What its host knows a durable command by; missing for what may be run again, and for what runs on no host. */
      readonly id?: string;
    } & AttemptRef)
  /** Its host cannot be reached, Muster was started again, or the drill changed hands: how it stands is being found out. `attempt-launched` says that it still runs. */
  | ({ readonly type: 'attempt-reconciling'; readonly reason: string } & AttemptRef)
  | ({ readonly type: 'attempt-launched' } & AttemptRef)
  | ({ readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly offset: number; readonly length: number } & AttemptRef)
  | ({
      readonly type: 'attempt-ended';
      readonly outcome: AttemptOutcome;
      readonly exitCode: number | null;
      readonly signal: string | null;
      /** A sentence; null when it succeeded. */
      readonly reason: string | null;
      readonly captured: Readonly<Record<string, string>>;
    } & AttemptRef)
  | { readonly type: 'step-waiting'; readonly step: string }
  | { readonly type: 'step-confirmed'; readonly step: string; readonly outcome: ConfirmOutcome; readonly note: string | null }
  | { readonly type: 'sleep-started'; readonly step: string; readonly untilAt: number }
  | { readonly type: 'sleep-ended'; readonly step: string }
  /** All steps of the called runbook have ended. */
  | { readonly type: 'call-ended'; readonly step: string }
  | { readonly type: 'step-skipped'; readonly step: string; readonly reason: string }
  /** It could not be begun: its condition, or the time it should sleep, makes no sense. */
  | { readonly type: 'step-failed'; readonly step: string; readonly reason: string }
  /** Where it did not succeed; `isEverywhere` on every row, also where it did. */
  | { readonly type: 'step-retried'; readonly step: string; readonly reason: string | null; readonly isEverywhere?: true }
  | {
      readonly type: 'unknown-decided';
      readonly decision: 'succeeded' | 'failed' | 'new-attempt';
      readonly reason: string;
      readonly step: string;
      readonly host: string;
    }
  /** `stop` when the global stop did it, with its reason. */
  | { readonly type: 'paused'; readonly stop?: { readonly reason: string } }
  | { readonly type: 'resumed' }
  | { readonly type: 'abort-requested'; readonly form: AbortForm; readonly reason: string }
  /** `by` is in charge from here on, in the place of `from`. */
  | { readonly type: 'taken-over'; readonly from: string | null; readonly reason: string }
  /** A drill that ended failed or aborted goes on from where it stopped: paused, until somebody lets it go on. */
  | { readonly type: 'reopened'; readonly reason: string }
  /** What an ended drill left behind is undone after all; its result stays. */
  | { readonly type: 'revert-requested'; readonly reason: string }
  | { readonly type: 'recovering'; readonly reason: string }
  | { readonly type: 'recovered' }
  | { readonly type: 'canary-acknowledged'; readonly marker: number; readonly writtenAt: number }
  | { readonly type: 'canary-missed'; readonly marker: number; readonly reason: string }
  | { readonly type: 'canary-read'; readonly newestMarker: number | null; readonly dataLossMs: number | null; readonly reason: string | null }
  | { readonly type: 'commented'; readonly text: string }
  | { readonly type: 'step-commented'; readonly step: string; readonly text: string }
  | { readonly type: 'undo-accepted'; readonly reason: string }
  | { readonly type: 'finished'; readonly result: DrillResult; readonly summary: DrillSummary };

export type DrillEventType = DrillEvent['type'];

export type DrillResult = 'passed' | 'late' | 'failed' | 'aborted';

export interface DrillSummary {
  readonly recoveryMs: number | null;
  readonly dataLossMs: number | null;
  readonly humanWaitMs: number;
  readonly hasDeviations: boolean;
  readonly isUnclean: boolean;
}
