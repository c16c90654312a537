// The plan: a runbook revision resolved for one drill and frozen. Approvals name its hash.
import { createHash } from 'node:crypto';
import type { DrillLevel, Pins } from '../catalogue/portfolio.ts';
import { canonicalJson } from '../history/canonical-json.ts';
import type { Action, Capture, ClockDefinition, CopyAction, Expectation, OnFailure, Phase, Repeated, Retry, Revert } from '../runbook/runbook.ts';

export const DRILL_MODES = ['check', 'dry-run', 'rehearsal', 'failover'] as const;
export type DrillMode = (typeof DRILL_MODES)[number];

export interface Plan {
  readonly version: 1;
  readonly runbook: string;
  readonly revision: string;
  readonly title: string;
  readonly services: readonly string[];
  readonly scenario: string;
  /** What a pass proves: the runbook's level, or `dry-run` for that mode. */
  readonly level: DrillLevel;
  readonly mode: DrillMode;
  /** Values as text; they reach commands as shell variables. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Of the inputs that conditions see as numbers or truth values. */
  readonly inputTypes?: InputTypes;
  readonly hosts: readonly PlanHost[];
  /** The strictest among the services; null RPO when none of them has data. */
  readonly objective: { readonly rtoSeconds: number; readonly rpoSeconds: number | null };
  readonly clocks: readonly ClockDefinition[];
  readonly canary: PlanCanary | null;
  /** `service:x`, `host:x` and `name:x`, sorted. */
  readonly locks: readonly string[];
  readonly steps: readonly PlanStep[];
  /** By the id of the call, such as `move-db` or `move-site/move-db`. */
  readonly scopes?: Readonly<Record<string, PlanScope>>;
  /** Names of inputs whose values are sealed. */
  readonly secrets?: readonly string[];
}

/** A machine that is signed in to: a host of the drill, or one on the way to it. */
export interface PlanHop {
  readonly key: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeys: readonly string[];
  /** Who pinned which of the keys, and when, as far as that is known. */
  readonly pinned?: Pins;
  /** Id of the credential that it is signed in to with; absent for Muster's own key. */
  readonly credential?: string;
}

export interface PlanHost extends PlanHop {
  /** The jump hosts on the way to it, the first one to be dialled first; absent when there are none. */
  readonly via?: readonly PlanHop[];
  /** Keeps a host of the portfolio from being taken for one of a plan: its way would be left out. */
  readonly jump?: never;
}

export interface PlanCanary {
  readonly write: { readonly host: string; readonly command: string; readonly everyMs: number };
  readonly read: { readonly host: string; readonly command: string };
  readonly until: string;
  readonly readAfter: string | null;
}

/** The machine that runs the drill, where a host is named; no host of a portfolio can have this key. */
export const LOCAL = '@local';

interface PlanStepCommon {
  /** Steps of a called runbook have the id of the call and a slash before their own: `move-db/promote`. */
  readonly id: string;
  readonly title: string;
  readonly phase: Phase | null;
  readonly needs: readonly string[];
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly estimateMs: number | null;
  readonly onFailure: OnFailure;
  readonly goTo?: string;
  readonly when?: string;
  readonly isAlways?: true;
  readonly isOptional?: true;
  readonly note: string | null;
  /** A rehearsal leaves it out: the runbook says `drill: skip`. */
  readonly isLeftOut?: true;
}

/** What is done on each row; a row is a host, or a host and an item. */
export interface PlanCommand {
  /** Host keys; `LOCAL` for what the app's machine does. */
  readonly hosts: readonly string[];
  /** Shell text; for an action, a line that says what it does. */
  readonly command: string;
  /** Absent for shell text. */
  readonly action?: Action | CopyAction;
  readonly expect: Expectation;
  readonly captures: readonly Capture[];
  readonly isReadOnly: boolean;
  readonly isIdempotent: boolean;
  readonly shell?: string;
  readonly user?: string;
  readonly become?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly items?: readonly string[];
  /** Row keys in the order in which they start, where that is not the order of `hosts`: `host`, or `host#2` for the second item. */
  readonly rows?: readonly string[];
  /** Rows at once. */
  readonly batch?: number;
  readonly keepGoing?: true;
}

/** In a dry run a step that is not read-only stands in the plan as `shown`: it is skipped, with its command on view. */
export type PlanStep = PlanStepCommon & { readonly isShownOnly: boolean } & (
    | (PlanCommand & Revert & { readonly kind: 'run' })
    | (PlanCommand & Revert & { readonly kind: 'http' })
    | (PlanCommand & Revert & { readonly kind: 'copy' })
    | (PlanCommand & { readonly kind: 'check' })
    | (PlanCommand & { readonly kind: 'notify' })
    | (PlanCommand & Repeated & { readonly kind: 'wait' })
    | {
        readonly kind: 'confirm';
        readonly instruction: string;
        readonly role: string | null;
        readonly expectedMs: number | null;
        readonly evidence: string | null;
      }
    | { readonly kind: 'approve'; readonly role: string | null; readonly count: number; readonly instruction: string | null }
    | { readonly kind: 'sleep'; readonly durationMs: number; readonly since?: string; readonly remainder?: string }
    /** Ends when the steps of the called runbook have: they stand before it in the plan. */
    | { readonly kind: 'call'; readonly runbook: string; readonly revision: string }
  );

/** The variables of a called runbook's steps: inputs as texts that may hold `${name}` of the caller. */
export interface PlanScope {
  readonly runbook: string;
  readonly revision: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly inputTypes?: InputTypes;
}

export type InputTypes = Readonly<Record<string, 'number' | 'boolean'>>;

/**
 * Lower-case hex SHA-256 of the plan's canonical JSON. Sealed values do not count: sealing gives a new text each time, and the
 * approval is of what runs, not of a password.
 */
export function planHash(plan: Plan): string {
  const secrets = new Set(plan.secrets);
  const inputs = Object.fromEntries(Object.entries(plan.inputs).map(([name, value]) => [name, secrets.has(name) ? '' : value]));
  return createHash('sha256')
    .update(canonicalJson({ ...plan, inputs }))
    .digest('hex');
}
