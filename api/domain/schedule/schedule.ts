// A schedule: when a runbook is drilled again and again, and what became of each due time.
import type { DrillMode } from '../drill/plan.ts';

export interface Schedule {
  readonly id: string;
  readonly title: string;
  readonly runbook: string;
  readonly mode: DrillMode;
  readonly inputs: Readonly<Record<string, string>>;
  /** Five-field cron expression, read in `zone`. */
  readonly cron: string;
  /** IANA time zone name. */
  readonly zone: string;
  /** How long after its due time a drill may still start; beyond it the occurrence is missed. */
  readonly graceMs: number;
  readonly owner: string;
  readonly isActive: boolean;
  readonly createdAt: number;
}

export type OccurrenceState = 'due' | 'started' | 'missed';

export interface Occurrence {
  readonly schedule: string;
  readonly dueAt: number;
  readonly state: OccurrenceState;
  readonly drill: string | null;
  readonly reason: string | null;
}
