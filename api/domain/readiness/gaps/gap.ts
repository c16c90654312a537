// What a gap is: one reason why points are missing or time is at risk, with what to do about it and what closing it would change.
import type { ComponentCode, Severity } from '../assessment.ts';
import type { LimitCode } from '../limits.ts';
import type { PortfolioView, Scored } from '../view.ts';

/**
 * What is different once the gap is closed. `points`: these components earn at least these shares, and these limits are gone.
 * `release`: what holds the service below its own score no longer does. `nothing`: no score moves.
 */
export type Closing =
  | { readonly kind: 'points'; readonly shares: Readonly<Partial<Record<ComponentCode, number>>>; readonly lifts: readonly LimitCode[] }
  | { readonly kind: 'release' }
  | { readonly kind: 'nothing' };

export interface GapFinding {
  readonly reason: string;
  readonly action: string;
  readonly since: number | null;
  readonly evidence: readonly string[];
  readonly closing: Closing;
}

export interface GapRule {
  /** Stable: people and tickets refer to it. */
  readonly code: string;
  readonly title: string;
  readonly component: ComponentCode | null;
  /** For a gap that matters although it costs no points. */
  readonly leastSeverity?: Severity;
  /** Null when the service does not have this gap. */
  find(scored: Scored, view: PortfolioView): GapFinding | null;
}

/** Closing moves no score. */
export const CLOSES_NOTHING: Closing = { kind: 'nothing' };
