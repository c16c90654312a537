// What an assessment says about each service. Plain data: the same inputs give the same bytes.

export const COMPONENT_CODES = ['runbooks', 'currency', 'drill-proof', 'outcome', 'recovery-time', 'data-loss', 'reachability', 'people'] as const;
export type ComponentCode = (typeof COMPONENT_CODES)[number];

export type ComponentState = 'proven' | 'stale' | 'failed' | 'unproven' | 'not-applicable';

export const BANDS = ['ready', 'nearly', 'at-risk', 'not-ready', 'unproven'] as const;
export type Band = (typeof BANDS)[number];

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** `earned` and `possible` are points with one decimal, scaled so that all applicable components add up to 100. */
export interface ComponentResult {
  readonly code: ComponentCode;
  readonly state: ComponentState;
  readonly earned: number;
  readonly possible: number;
  /** One sentence that says why. */
  readonly reason: string;
  /** Drill ids, runbook keys or host keys that it rests on. */
  readonly evidence: readonly string[];
  /** What to do next; null when nothing is missing. */
  readonly action: string | null;
  /** Points that the effective score rises by when this component alone earns all it can. */
  readonly gain: number;
}

export interface Gap {
  readonly code: string;
  readonly service: string;
  /** Null when the gap is about the graph rather than a component. */
  readonly component: ComponentCode | null;
  readonly severity: Severity;
  readonly title: string;
  /** One sentence that says what is wrong here. */
  readonly reason: string;
  readonly action: string;
  readonly pointsLost: number;
  readonly gain: number;
  readonly portfolioGain: number;
  /** When it began, as far as the evidence says; null when it always was so. */
  readonly since: number | null;
  readonly evidence: readonly string[];
}

export interface ServiceAssessment {
  readonly service: string;
  /** Sum of the components, cut to the limit; 0..100 with one decimal. */
  readonly own: number;
  /** The own score, or the effective score of the hard dependency that is lower. */
  readonly effective: number;
  readonly band: Band;
  readonly limit: { readonly at: number; readonly reason: string } | null;
  /** From this service down to the root cause, when a dependency sets the score; empty otherwise. */
  readonly limitedBy: readonly { readonly service: string; readonly score: number; readonly reason: string }[];
  readonly components: readonly ComponentResult[];
  readonly gaps: readonly Gap[];
  /** Share, 0..1, of the applicable points for which any evidence exists. */
  readonly proofCoverage: number;
  readonly rtoSeconds: number;
  readonly rpoSeconds: number | null;
  readonly provenRecoveryMs: number | null;
  readonly provenDataLossMs: number | null;
  /** Own proven recovery plus the longest among the hard dependencies; null where the chain is unproven. */
  readonly endToEndRecoveryMs: number | null;
  /** The chain that sets it, this service first; `ownMs` null marks where it becomes unknown. */
  readonly recoveryPath: readonly { readonly service: string; readonly ownMs: number | null }[];
  readonly lastDrillAt: number | null;
  readonly nextDueAt: number | null;
}

export interface Assessment {
  readonly modelVersion: string;
  readonly asOf: number;
  readonly services: readonly ServiceAssessment[];
}
