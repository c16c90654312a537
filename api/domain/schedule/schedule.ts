// A schedule: when a runbook is drilled again and again, and what became of each due time.
import type { DrillMode } from '../drill/plan.ts';
import type { Rule } from './rule.ts';

export interface Schedule {
  readonly id: string;
  readonly title: string;
  readonly runbook: string;
  readonly mode: DrillMode;
  readonly inputs: Readonly<Record<string, string>>;
  /** Read in `zone`. */
  readonly rule: Rule;
  /** IANA time zone name. */
  readonly zone: string;
  /** First and last local day on which it may fall due, `2026-03-01`; null for no bound. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly exceptions: readonly ScheduleException[];
  /** A due time is missed while the schedule's last drill did not pass. */
  readonly isOnlyAfterPass: boolean;
  /** A start is put off by up to so much, by the same time whenever it is asked. */
  readonly jitterMs: number;
  /** How long after its start a drill may still be started when the app was late; beyond it the due time is missed. */
  readonly graceMs: number;
  /** How long after its start a drill waits for people to approve it; then it expires. */
  readonly windowMs: number;
  /** How long before it is due a drill that needs approval is asked for. */
  readonly leadMs: number;
  /** Name of the channel that is told what goes wrong; null for none. */
  readonly alertChannel: string | null;
  readonly owner: string;
  readonly isActive: boolean;
  readonly createdAt: number;
  /** Due times up to here are not its business: it was made, resumed or changed then. */
  readonly sinceAt: number;
  /** Null while it goes on. What has ended stays for its history, and is not begun again. */
  readonly endedAt: number | null;
  /** 1, 2, 3 … at each change: whoever changes it names the one that they have seen. */
  readonly version: number;
}

/** A day (`2026-12-24`) or one due time (`2026-12-24T02:00`, as the rule says it) that is left out. */
export interface ScheduleException {
  readonly on: string;
  readonly reason: string;
}

/** `due` is of older versions: claimed, and nobody wrote down what came of it. `planned`: its drill is there and has not started. */
export const OCCURRENCE_STATES = ['due', 'planned', 'started', 'missed'] as const;
export type OccurrenceState = (typeof OCCURRENCE_STATES)[number];

/** Why a due time was missed. */
export const MISSED_CAUSES = [
  'late',
  'superseded',
  'freeze',
  'blackout',
  'overlap',
  'last-not-passed',
  'refused',
  'locked',
  'not-approved',
  'rejected',
  'plan-changed',
  'changed',
  'interrupted',
] as const;
export type MissedCause = (typeof MISSED_CAUSES)[number];

/** Somebody wanted it so: no gap, and nobody is alarmed. */
export const WANTED_CAUSES: readonly MissedCause[] = ['freeze', 'blackout', 'changed'];

export interface Occurrence {
  readonly schedule: string;
  readonly dueAt: number;
  readonly state: OccurrenceState;
  readonly drill: string | null;
  /** Set with `missed`, except in what older versions wrote. */
  readonly cause: MissedCause | null;
  readonly reason: string | null;
}
