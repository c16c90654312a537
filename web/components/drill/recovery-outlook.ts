// How a running drill stands against its plan and its RTO.
import type { DrillDetail } from './drill-type.ts';

type Timed = Pick<
  DrillDetail,
  'startedAt' | 'finishedAt' | 'expectedEndAt' | 'plannedTotalMs' | 'plannedRecoveryMs' | 'recoveryMs' | 'rtoSeconds' | 'clocks'
>;

export interface Outlook {
  readonly elapsedMs: number;
  readonly endAt: number | null;
  /** Expected end against the plan's; positive is late. */
  readonly lateMs: number | null;
  /** What will be left of the RTO when recovery is verified, as things stand; negative when it is missed. */
  readonly spareMs: number | null;
  /** True when recovery itself has been verified: the spare is then a fact. */
  readonly isRecovered: boolean;
}

/** All in milliseconds; null before the start. What follows the recovery (putting things back) does not count against the RTO. */
export function outlook(drill: Timed, now: number): Outlook | null {
  if (!drill.startedAt) return null;
  const started = Date.parse(drill.startedAt);
  const finished = drill.finishedAt ? Date.parse(drill.finishedAt) : null;
  const expected = drill.expectedEndAt ? Math.max(Date.parse(drill.expectedEndAt), now) : null;
  const endAt = finished ?? expected;
  const rtoMs = drill.rtoSeconds * 1_000;
  const measured = drill.recoveryMs ?? recoveredMs(drill);
  const afterRecoveryMs = drill.plannedTotalMs - (drill.plannedRecoveryMs ?? drill.plannedTotalMs);
  // What is not recovered yet takes at least as long as has passed.
  const recoveryMs = measured ?? (endAt === null ? null : Math.max(endAt - started - afterRecoveryMs, finished === null ? now - started : 0));
  return {
    elapsedMs: Math.max(0, (finished ?? now) - started),
    endAt,
    lateMs: endAt === null ? null : endAt - started - drill.plannedTotalMs,
    spareMs: recoveryMs === null ? null : rtoMs - recoveryMs,
    isRecovered: measured !== null,
  };
}

/** The recovery clock is the one measured against the RTO. */
function recoveredMs({ clocks, rtoSeconds }: Timed): number | null {
  const clock = clocks.find(({ name }) => name === 'recovery') ?? clocks.find(({ objectiveMs }) => objectiveMs === rtoSeconds * 1_000);
  return clock?.endedAt ? clock.elapsedMs : null;
}
