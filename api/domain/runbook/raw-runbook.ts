// runbook.yaml as it was written, once the schema holds: keys may be missing, durations are text.
import type { DrillLevel } from '../catalogue/portfolio.ts';
import type { DNS_TYPES, OnFailure, Phase, RunbookInput, StepKind } from './runbook.ts';

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
  readonly user?: string;
  readonly become?: string;
  readonly onFailure?: Exclude<OnFailure, 'goto'>;
}

export interface RawInput {
  readonly type: RunbookInput['type'];
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  readonly pattern?: string;
  readonly choices?: readonly string[];
  readonly ask?: string;
  readonly secret?: boolean;
}

/** Exactly one of the keys is there. */
export type RawTarget =
  | 'local'
  | {
      readonly host?: string;
      readonly hosts?: readonly string[];
      readonly labels?: Readonly<Record<string, string>>;
      readonly local?: true;
    };

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

/** How an action is reverted; exactly one of `run`, `script` and `step` is there. */
export type RawUndo = string | (RawCommandBody & { readonly step?: string; readonly always?: boolean });

export interface RawHttp {
  readonly url: string;
  readonly method?: HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or anything that JSON can say. */
  readonly body?: unknown;
}

export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** `host:port`, or the two apart. */
export type RawTcp = string | { readonly host: string; readonly port: number };

export interface RawDns {
  readonly name: string;
  readonly type?: (typeof DNS_TYPES)[number];
  readonly server?: string;
}

/** What a check or a wait looks at: exactly one of the keys is there. */
export interface RawLook extends RawCommandBody {
  readonly http?: string | RawHttp;
  readonly tcp?: RawTcp;
  readonly dns?: RawDns;
}

export interface RawWait extends RawLook {
  readonly every?: string;
  readonly stable?: number;
  readonly attempts?: number;
  readonly steady?: string;
  readonly timeout?: string;
}

/** `file` and `to`, or `from`. */
export interface RawCopy {
  readonly file?: string;
  readonly to?: string;
  readonly mode?: string;
  readonly from?: string;
}

export interface RawTextExpectation {
  readonly matches?: string;
  readonly equals?: string | number;
  readonly min?: number;
  readonly max?: number;
  readonly json?: string;
}

export interface RawExpect {
  readonly exit?: number | readonly number[];
  readonly stdout?: RawTextExpectation;
  readonly stderr?: RawTextExpectation;
  readonly status?: number | readonly number[];
  /** Another name for `stdout`, of a request. */
  readonly body?: RawTextExpectation;
}

/** At most one of `from`, `json` and `header` is there. */
export type RawCapture =
  | 'stdout'
  | 'stderr'
  | {
      readonly from?: 'stdout' | 'stderr';
      readonly pattern?: string;
      readonly json?: string;
      readonly header?: string;
      readonly secret?: boolean;
    };

export type RawOnFailure = Exclude<OnFailure, 'goto'> | { readonly goto: string };

/** What a step does: exactly one of the kinds is there, with the keys that go with it. */
export interface RawBody {
  readonly run?: RawCommand;
  readonly check?: string | RawLook;
  readonly wait?: RawWait;
  readonly http?: string | RawHttp;
  readonly copy?: RawCopy;
  readonly confirm?: string | RawConfirm;
  readonly approve?: string | RawApprove;
  readonly sleep?: string | RawRemainder;
  readonly call?: string | RawCall;
  readonly notify?: string | RawNotify;
  readonly needs?: readonly string[];
  readonly estimate?: string;
  readonly onFailure?: RawOnFailure;
  readonly when?: string;
  readonly note?: string;
  readonly on?: string;
  readonly user?: string;
  readonly foreach?: readonly string[] | { readonly input: string };
  /** A count, or a share such as `25%`. */
  readonly batch?: number | string;
  readonly order?: 'given' | 'random' | 'reverse';
  readonly keepGoing?: boolean;
  readonly shell?: string;
  readonly become?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: string;
  readonly retry?: RawRetry;
  readonly expect?: RawExpect;
  readonly capture?: Readonly<Record<string, RawCapture>>;
  readonly undo?: RawUndo;
  readonly expires?: string;
  readonly pointOfNoReturn?: boolean;
  readonly readOnly?: boolean;
  readonly idempotent?: boolean;
}

export interface RawStep extends RawBody {
  readonly id: string;
  readonly title: string;
  readonly phase?: Phase;
  readonly always?: boolean;
  readonly optional?: boolean;
  readonly tags?: readonly string[];
  readonly drill?: 'skip' | RawDrill;
}

/** What a rehearsal does instead. */
export interface RawDrill extends RawBody {
  readonly title?: string;
}

export interface RawConfirm {
  readonly instruction: string;
  readonly role?: string;
  readonly expected?: string;
  readonly evidence?: string;
}

export interface RawApprove {
  readonly role?: string;
  readonly count?: number;
  readonly instruction?: string;
}

export interface RawRemainder {
  /** A duration, or `${name}`. */
  readonly remainderOf: string;
  readonly since: string;
}

export interface RawCall {
  readonly runbook: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

export interface RawNotify {
  readonly channel: string;
  readonly message: string;
}

/** The kind of a body that has exactly one. */
export function kindOf(body: RawBody, kinds: readonly StepKind[]): StepKind {
  const kind = kinds.find((candidate) => body[candidate] !== undefined);
  if (kind === undefined) throw new Error('a step has passed the schema without a kind');
  return kind;
}
