// runbook.yaml as it was written, once the schema holds: keys may be missing, durations are text.
import type { DrillLevel } from '../catalogue/portfolio.ts';
import type { Phase, RunbookInput, StepKind } from './runbook.ts';

export interface RawRunbook {
  readonly runbook: string;
  readonly title: string;
  readonly summary?: string;
  readonly services: readonly string[];
  readonly scenario: string;
  readonly level: DrillLevel;
  readonly owner?: string;
  readonly review?: { readonly every: string; readonly last?: string };
  readonly inputs?: Readonly<Record<string, RawInput>>;
  readonly targets?: Readonly<Record<string, RawTarget>>;
  readonly defaults?: RawDefaults;
  readonly clocks?: Readonly<Record<string, RawClock>>;
  readonly canary?: RawCanary;
  readonly lock?: readonly string[];
  readonly steps: readonly RawStep[];
}

export interface RawDefaults {
  readonly timeout?: string;
  readonly retry?: RawRetry;
  readonly onFailure?: OnFailure;
}

export interface RawInput {
  readonly type: RunbookInput['type'];
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  readonly pattern?: string;
  readonly choices?: readonly string[];
  readonly ask?: string;
}

export interface RawTarget {
  readonly host?: string;
  readonly hosts?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

export interface RawClock {
  readonly from?: string;
  readonly to: string;
  readonly objective?: string;
}

export interface RawCanary {
  readonly write: RawCommandBody & { readonly on: string; readonly every: string };
  readonly read: RawCommandBody & { readonly on: string };
  readonly until: string;
  readonly readAfter?: string;
}

export interface RawRetry {
  readonly attempts: number;
  readonly every?: string;
  readonly backoff?: number;
}

/** Shell text, or the name of a file that holds it. */
export type RawCommand = string | { readonly script: string };

/** Exactly one of the two is there. */
export interface RawCommandBody {
  readonly run?: string;
  readonly script?: string;
}

export interface RawTextExpectation {
  readonly matches?: string;
  readonly equals?: string | number;
  readonly min?: number;
  readonly max?: number;
}

export type RawCapture = 'stdout' | 'stderr' | { readonly from?: 'stdout' | 'stderr'; readonly pattern?: string };

export type OnFailure = 'stop' | 'continue' | 'warn';

/** Exactly one of the kinds is there, with the keys that go with it. */
export interface RawStep {
  readonly id: string;
  readonly title: string;
  readonly run?: RawCommand;
  readonly check?: string | RawCommandBody;
  readonly wait?: RawCommandBody & { readonly every?: string; readonly stable?: number; readonly timeout?: string };
  readonly confirm?: string | RawConfirm;
  readonly sleep?: string;
  readonly needs?: readonly string[];
  readonly phase?: Phase;
  readonly on?: string;
  readonly timeout?: string;
  readonly retry?: RawRetry;
  readonly expect?: { readonly exit?: number | readonly number[]; readonly stdout?: RawTextExpectation; readonly stderr?: RawTextExpectation };
  readonly capture?: Readonly<Record<string, RawCapture>>;
  readonly estimate?: string;
  readonly undo?: RawCommand;
  readonly readOnly?: boolean;
  readonly idempotent?: boolean;
  readonly onFailure?: OnFailure;
  readonly pointOfNoReturn?: boolean;
  readonly note?: string;
  readonly tags?: readonly string[];
}

export interface RawConfirm {
  readonly instruction: string;
  readonly role?: string;
  readonly expected?: string;
  readonly evidence?: string;
}

/** The kind of a step that has exactly one. */
export function kindOf(step: RawStep, kinds: readonly StepKind[]): StepKind {
  const kind = kinds.find((candidate) => step[candidate] !== undefined);
  if (kind === undefined) throw new Error(`step ${step.id} has passed the schema without a kind`);
  return kind;
}
