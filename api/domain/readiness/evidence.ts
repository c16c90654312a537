// The evidence view: everything the score may look at, gathered from the stores as plain arrays.
import type { DrillLevel } from '../catalogue/portfolio.ts';

/** Instants are milliseconds since 1970-01-01T00:00:00Z throughout. */
export interface Evidence {
  readonly runbooks: readonly RunbookEvidence[];
  readonly drills: readonly DrillEvidence[];
  readonly hostChecks: readonly HostCheck[];
  readonly schedules: readonly ScheduleEvidence[];
}

/** The latest approved revision of a runbook, or the fact that there is none yet. */
export interface RunbookEvidence {
  readonly key: string;
  readonly services: readonly string[];
  readonly scenario: string;
  readonly level: DrillLevel;
  /** SHA-256 of the approved revision; null while no revision is approved. */
  readonly approvedRevision: string | null;
  readonly approvedAt: number | null;
  readonly reviewedAt: number | null;
  /** Keys of the hosts it targets. */
  readonly hosts: readonly string[];
}

/** A finished drill. `late` means that every step passed and an objective was missed. */
export interface DrillEvidence {
  readonly id: string;
  readonly runbook: string;
  readonly revision: string;
  readonly services: readonly string[];
  readonly level: DrillLevel;
  readonly result: 'passed' | 'late' | 'failed' | 'aborted';
  /** A step was retried or skipped by hand. */
  readonly hasDeviations: boolean;
  /** What a paired or undoable step changed was not put back, and nobody accepted that. */
  readonly isUnclean: boolean;
  readonly finishedAt: number;
  /** Declared to verified, human waits included; null when the drill did not measure it. */
  readonly recoveryMs: number | null;
  readonly dataLossMs: number | null;
  /** Who did each manual step, by step id; the title is what people know it by. */
  readonly manualSteps: readonly { readonly step: string; readonly title: string; readonly people: readonly string[] }[];
}

/** The latest connection test of a host. */
export interface HostCheck {
  readonly host: string;
  readonly at: number;
  readonly isReachable: boolean;
  /** True when the host offered a key that is not among its pinned ones. */
  readonly isKeyChanged: boolean;
  readonly problem: string | null;
  /** Key of the jump host on the way that is at fault; absent when it is the host itself. */
  readonly hop?: string;
  /** What a command that does nothing takes on an open connection. */
  readonly roundTripMs?: number;
  /** The key that it showed, where that is not pinned. Told by the test itself and not kept: it is to be compared at once, or seen again. */
  readonly offeredKey?: string;
}

export interface ScheduleEvidence {
  readonly id: string;
  readonly runbook: string;
  readonly services: readonly string[];
  readonly isActive: boolean;
  readonly nextDueAt: number | null;
  /** Due times that passed without a drill, newest last. */
  readonly missedAt: readonly number[];
}
