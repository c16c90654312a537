// A runbook after validation: every default filled in, every duration in milliseconds, every `needs` explicit.
import type { DrillLevel } from '../catalogue/portfolio.ts';

export const STEP_KINDS = ['run', 'check', 'wait', 'confirm', 'sleep'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export const PHASES = ['prepare', 'stop', 'switch', 'start', 'verify', 'return', 'cleanup'] as const;
export type Phase = (typeof PHASES)[number];

export interface Runbook {
  readonly key: string;
  readonly title: string;
  /** Markdown. */
  readonly summary: string | null;
  readonly services: readonly string[];
  readonly scenario: string;
  readonly level: DrillLevel;
  readonly owner: string | null;
  readonly review: { readonly everyMs: number; readonly lastAt: number | null } | null;
  readonly inputs: readonly RunbookInput[];
  readonly targets: readonly Target[];
  readonly clocks: readonly ClockDefinition[];
  readonly canary: CanaryDefinition | null;
  /** Names beside hosts and services that no two drills may hold at once. */
  readonly locks: readonly string[];
  readonly steps: readonly Step[];
}

export const INPUT_TYPES = ['string', 'number', 'boolean', 'duration', 'host', 'site', 'choice'] as const;

export interface RunbookInput {
  readonly name: string;
  readonly type: (typeof INPUT_TYPES)[number];
  readonly isRequired: boolean;
  readonly default: string | null;
  /** Regular expression that the whole value must match. */
  readonly pattern: string | null;
  readonly choices: readonly string[];
  /** The question a person is asked. */
  readonly ask: string;
}

/** Which hosts a name stands for; labels are matched when the plan is made and then frozen. */
export type Target =
  | { readonly name: string; readonly by: 'hosts'; readonly hosts: readonly string[] }
  | { readonly name: string; readonly by: 'labels'; readonly labels: Readonly<Record<string, string>> };

/** The clock called `recovery` measures the recovery time; `from` null starts it when the drill is declared. */
export interface ClockDefinition {
  readonly name: string;
  readonly from: string | null;
  readonly to: string;
  readonly objectiveMs: number | null;
}

export interface CanaryDefinition {
  readonly write: { readonly on: string; readonly run: string; readonly everyMs: number };
  readonly read: { readonly on: string; readonly run: string };
  /** Markers are written until this step starts. */
  readonly until: string;
  /** Step after which the newest marker is read; null reads when the recovery clock ends. */
  readonly readAfter: string | null;
}

export interface StepCommon {
  readonly id: string;
  readonly title: string;
  readonly phase: Phase | null;
  /** Ids that must have ended well before. */
  readonly needs: readonly string[];
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly estimateMs: number | null;
  readonly onFailure: 'stop' | 'continue' | 'warn';
  readonly note: string | null;
  readonly tags: readonly string[];
}

export interface Retry {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly everyMs: number;
  /** Each pause is this many times the one before. */
  readonly backoff: number;
}

export interface CommandBody {
  /** Target name. */
  readonly on: string;
  /** Constant shell text, a script file already read into it. */
  readonly command: string;
  readonly expect: Expectation;
  readonly captures: readonly Capture[];
  readonly isReadOnly: boolean;
  readonly isIdempotent: boolean;
}

export type Step =
  | (StepCommon & CommandBody & { readonly kind: 'run'; readonly undo: string | null; readonly isPointOfNoReturn: boolean })
  | (StepCommon & CommandBody & { readonly kind: 'check' })
  | (StepCommon & CommandBody & { readonly kind: 'wait'; readonly everyMs: number; readonly stable: number })
  | (StepCommon & {
      readonly kind: 'confirm';
      readonly instruction: string;
      readonly role: string | null;
      readonly expectedMs: number | null;
      readonly evidence: string | null;
    })
  | (StepCommon & { readonly kind: 'sleep'; readonly durationMs: number });

/** What output and exit code must look like; the first part that does not hold is the reason of the failure. */
export interface Expectation {
  readonly exitCodes: readonly number[];
  readonly stdout: TextExpectation | null;
  readonly stderr: TextExpectation | null;
}

export interface TextExpectation {
  readonly matches: string | null;
  readonly equals: string | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** A value taken from the output; with a pattern its first group, or else the whole match. Trimmed. */
export interface Capture {
  readonly name: string;
  readonly from: 'stdout' | 'stderr';
  readonly pattern: string | null;
}
