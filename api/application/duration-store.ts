// What steps took in finished runs, kept beside the journals so that nobody has to read them for a median.
import type { PastDuration } from '../domain/drill/expectation.ts';
import type { DrillMode } from '../domain/drill/plan.ts';
import type { MeasuredStep } from '../domain/drill/step-duration.ts';
import type { ModeFamily } from '../domain/drill/step-work.ts';

export interface PastQuery {
  readonly works: readonly string[];
  readonly family: ModeFamily;
  /** Only runs that finished before this instant: what a drill is measured against does not change under it. */
  readonly beforeAt: number;
  /** The latest so many runs of each work. */
  readonly runs: number;
}

export interface DurationStore {
  /** Takes the place of what is stored for the drill: one that is taken up again ends twice. */
  save(drill: string, finishedAt: number, steps: readonly MeasuredStep[]): Promise<void>;
  /** By work; those that were never measured are not in it. */
  past(query: PastQuery): Promise<ReadonlyMap<string, readonly PastDuration[]>>;
  /** Id of the latest run of the same runbook and comparable modes that was requested before the drill and has ended; null when it is the first. */
  runBefore(drill: { readonly id: string; readonly runbook: string; readonly mode: DrillMode }): Promise<string | null>;
}
