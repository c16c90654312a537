// A runbook after validation: every default filled in, every duration in milliseconds, every `needs` explicit.
import type { DrillLevel } from '../catalogue/portfolio.ts';

export const STEP_KINDS = ['run', 'check', 'wait', 'http', 'copy', 'confirm', 'approve', 'sleep', 'call', 'notify'] as const;
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
  /** Masked wherever it would show, and kept encrypted. */
  readonly isSecret?: true;
}

/** Which hosts a name stands for; labels are matched when the plan is made and then frozen. A host may be `${input}`. */
export type Target =
  | { readonly name: string; readonly by: 'hosts'; readonly hosts: readonly string[] }
  | { readonly name: string; readonly by: 'labels'; readonly labels: Readonly<Record<string, string>> }
  /** The machine that runs the drill. */
  | { readonly name: string; readonly by: 'local' };

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

export const ON_FAILURE = ['stop', 'continue', 'warn', 'ask', 'undo', 'goto'] as const;
/**
 * `ask`: a person chooses retry, skip or abort. `undo`: the drill is aborted with undo. `goto`: steps between this one and
 * `goTo` are skipped, and the run ends failed.
 */
export type OnFailure = (typeof ON_FAILURE)[number];

/** Optional members are absent unless written: adding one changes no hash of a revision that does not use it. */
export interface StepCommon {
  readonly id: string;
  readonly title: string;
  readonly phase: Phase | null;
  /** Ids that must have ended well before. */
  readonly needs: readonly string[];
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly estimateMs: number | null;
  readonly onFailure: OnFailure;
  /** Where a failure goes on, with `onFailure: goto`. */
  readonly goTo?: string;
  /** A CEL expression; false means that the step is skipped. */
  readonly when?: string;
  /** It runs at the end however the drill ends, if it has not run by then and the step that it reverts has. */
  readonly isAlways?: true;
  /** A person may skip it, and that is no deviation. */
  readonly isOptional?: true;
  /** What a rehearsal does instead. */
  readonly drill?: 'skip' | Step;
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

/** On which rows a step works: the hosts of its target, for each item of a list. */
export interface Spread {
  /** Target name. */
  readonly on: string;
  /** The step runs once for each item, which it sees as `$item`; an input's value is split at commas and white space. */
  readonly foreach?: readonly string[] | { readonly input: string };
  /** Rows at once; all of them unless given. */
  readonly batch?: { readonly count: number } | { readonly percent: number };
  /** The order of rows; as given unless written. Random is drawn when the plan is made, and then frozen. */
  readonly order?: 'random' | 'reverse';
  /** Further rows start although one has failed. */
  readonly keepGoing?: true;
  /** Signs in as this user instead of the host's. */
  readonly user?: string;
}

export interface Judged {
  readonly expect: Expectation;
  readonly captures: readonly Capture[];
  readonly isReadOnly: boolean;
  readonly isIdempotent: boolean;
}

export interface CommandBody extends Spread, Judged {
  /** Constant shell text, a script file already read into it. */
  readonly command: string;
  /** The program that is fed the text; `sh` unless given. */
  readonly shell?: string;
  /** The user whom `sudo -n` makes it run as. */
  readonly become?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the app's own machine does over the network, without a shell. Texts may hold `${name}`. */
export interface ActionBody<A extends Action = Action> extends Judged {
  readonly action: A;
  readonly foreach?: Spread['foreach'];
}

export type Action = HttpAction | TcpAction | DnsAction | NotifyAction;
export type Probe = HttpAction | TcpAction | DnsAction;

export interface HttpAction {
  readonly type: 'http';
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** How a value is encoded in the body. */
  readonly bodyType: 'text' | 'json' | 'form';
}

export interface TcpAction {
  readonly type: 'tcp';
  readonly host: string;
  readonly port: number;
}

export const DNS_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;

/** The answers are its output, a line each, sorted. */
export interface DnsAction {
  readonly type: 'dns';
  readonly name: string;
  readonly recordType: (typeof DNS_TYPES)[number];
  /** `address` or `address:port`; null asks the machine's own resolver. */
  readonly server: string | null;
}

export interface NotifyAction {
  readonly type: 'notify';
  readonly channel: string;
  readonly message: string;
}

/** A file beside the runbook onto hosts, or a file of a host into the drill's evidence. Paths may hold `${name}`. */
export type CopyAction =
  | { readonly type: 'copy-to'; readonly file: string; readonly content: string; readonly to: string; readonly fileMode: string | null }
  | { readonly type: 'copy-from'; readonly from: string };

/** How an action is reverted: by shell text on the same rows, or by another step. */
export interface Revert {
  readonly undo: string | null;
  readonly undoStep?: string;
  /** The undo runs at the end however the drill ends. */
  readonly isUndoAlways?: true;
  /** After this long the remote side reverts by itself; the command sees it as `$expires` in seconds. */
  readonly expiresMs?: number;
  readonly isPointOfNoReturn: boolean;
}

export interface Repeated {
  readonly everyMs: number;
  readonly stable: number;
  /** Looks in all; as many as the timeout allows unless given. */
  readonly attempts?: number;
  /** It holds when two looks in a row took the same time, give or take this many percent. */
  readonly steadyPercent?: number;
}

export type Step =
  | (StepCommon & CommandBody & Revert & { readonly kind: 'run' })
  | (StepCommon & (CommandBody | ActionBody<Probe>) & { readonly kind: 'check' })
  | (StepCommon & (CommandBody | ActionBody<Probe>) & Repeated & { readonly kind: 'wait' })
  | (StepCommon & ActionBody<HttpAction> & Revert & { readonly kind: 'http' })
  | (StepCommon & Spread & Judged & Revert & { readonly kind: 'copy'; readonly copy: CopyAction })
  | (StepCommon & {
      readonly kind: 'confirm';
      readonly instruction: string;
      readonly role: string | null;
      readonly expectedMs: number | null;
      readonly evidence: string | null;
    })
  | (StepCommon & { readonly kind: 'approve'; readonly role: string | null; readonly count: number; readonly instruction: string | null })
  /** With `since`, the rest of the time after that step's end. `remainder` names a value in seconds that takes the place of `durationMs`. */
  | (StepCommon & { readonly kind: 'sleep'; readonly durationMs: number; readonly since?: string; readonly remainder?: string })
  /** `with` gives the inputs of the called runbook; texts may hold `${name}`. */
  | (StepCommon & { readonly kind: 'call'; readonly runbook: string; readonly with: Readonly<Record<string, string>> })
  | (StepCommon & ActionBody<NotifyAction> & { readonly kind: 'notify' });

/** What output and exit code must look like; the first part that does not hold is the reason of the failure. */
export interface Expectation {
  readonly exitCodes: readonly number[];
  readonly stdout: TextExpectation | null;
  readonly stderr: TextExpectation | null;
  /** HTTP status codes; 200 to 299 unless given. */
  readonly statuses?: readonly number[];
}

export interface TextExpectation {
  readonly matches: string | null;
  readonly equals: string | null;
  readonly min: number | null;
  readonly max: number | null;
  /** JSONPath (RFC 9535): the other members are held against the first value found, not against the whole output. */
  readonly json?: string;
}

/** A value taken from the output; with a pattern its first group, or else the whole match. Trimmed. */
export interface Capture {
  readonly name: string;
  /** `json` reads stdout. An HTTP body is stdout. */
  readonly from: 'stdout' | 'stderr' | 'json' | 'header';
  readonly pattern: string | null;
  /** JSONPath, from json. */
  readonly path?: string;
  /** Lower-case name, from header. */
  readonly header?: string;
  readonly isSecret?: true;
}
