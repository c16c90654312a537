// The plan: a runbook revision resolved for one drill and frozen. Approvals name its hash.
import { createHash } from 'node:crypto';
import type { DrillLevel } from '../catalogue/portfolio.ts';
import { canonicalJson } from '../history/canonical-json.ts';
import type { Capture, ClockDefinition, Expectation, Phase, Retry } from '../runbook/runbook.ts';

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
  readonly hosts: readonly PlanHost[];
  /** The strictest among the services; null RPO when none of them has data. */
  readonly objective: { readonly rtoSeconds: number; readonly rpoSeconds: number | null };
  readonly clocks: readonly ClockDefinition[];
  readonly canary: PlanCanary | null;
  /** `service:x`, `host:x` and `name:x`, sorted. */
  readonly locks: readonly string[];
  readonly steps: readonly PlanStep[];
}

export interface PlanHost {
  readonly key: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeys: readonly string[];
}

export interface PlanCanary {
  readonly write: { readonly host: string; readonly command: string; readonly everyMs: number };
  readonly read: { readonly host: string; readonly command: string };
  readonly until: string;
  readonly readAfter: string | null;
}

interface PlanStepCommon {
  readonly id: string;
  readonly title: string;
  readonly phase: Phase | null;
  readonly needs: readonly string[];
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly estimateMs: number | null;
  readonly onFailure: 'stop' | 'continue' | 'warn';
  readonly note: string | null;
}

export interface PlanCommand {
  readonly hosts: readonly string[];
  readonly command: string;
  readonly expect: Expectation;
  readonly captures: readonly Capture[];
  readonly isReadOnly: boolean;
  readonly isIdempotent: boolean;
}

/** In a dry run a step that is not read-only stands in the plan as `shown`: it is skipped, with its command on view. */
export type PlanStep = PlanStepCommon & { readonly isShownOnly: boolean } & (
    | (PlanCommand & { readonly kind: 'run'; readonly undo: string | null; readonly isPointOfNoReturn: boolean })
    | (PlanCommand & { readonly kind: 'check' })
    | (PlanCommand & { readonly kind: 'wait'; readonly everyMs: number; readonly stable: number })
    | {
        readonly kind: 'confirm';
        readonly instruction: string;
        readonly role: string | null;
        readonly expectedMs: number | null;
        readonly evidence: string | null;
      }
    | { readonly kind: 'sleep'; readonly durationMs: number }
  );

/** Lower-case hex SHA-256 of the plan's canonical JSON. */
export function planHash(plan: Plan): string {
  return createHash('sha256').update(canonicalJson(plan)).digest('hex');
}
