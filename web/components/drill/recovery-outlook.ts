// How a running drill stands against its plan and its RTO.
import type { DrillDetail } from './drill-type.ts';

type Timed = Pick<
  DrillDetail,
  'startedAt' | 'finishedAt' | 'expectedEndAt' | 'expectedRecoveryAt' | 'plannedTotalMs' | 'recoveryMs' | 'rtoSeconds' | 'clocks'
>;

export interface Outlook {
  readonly elapsedMs: number;
  /** By the remaining path; null when nobody can say, and 0 at the end. */
  readonly remainingMs: number | null;
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
  const endAt = finished ?? notBefore(now, drill.expectedEndAt);
  const clock = recoveryClock(drill);
  const measured = drill.recoveryMs ?? (clock?.endedAt ? clock.elapsedMs : null);
  const recoveryMs = measured ?? expectedRecoveryMs(drill, now, endAt);
  return {
    elapsedMs: Math.max(0, (finished ?? now) - started),
    remainingMs: endAt === null ? null : Math.max(0, endAt - Math.max(now, started)),
    endAt,
    lateMs: endAt === null ? null : endAt - started - drill.plannedTotalMs,
    spareMs: recoveryMs === null ? null : drill.rtoSeconds * 1_000 - recoveryMs,
    isRecovered: measured !== null,
  };
}

/** A drill without a recovery clock recovers at its end; one that is over without having recovered never did. */
function expectedRecoveryMs(drill: Timed, now: number, endAt: number | null): number | null {
  const clock = recoveryClock(drill);
  const recoveryAt = drill.finishedAt ? null : notBefore(now, drill.expectedRecoveryAt);
  const until = clock === undefined ? endAt : recoveryAt;
  const since = clock?.startedAt ?? drill.startedAt;
  return until === null || !since ? null : Math.max(0, until - Date.parse(since));
}

/** Nothing is promised for the past. */
function notBefore(now: number, at: string | null): number | null {
  return at === null ? null : Math.max(now, Date.parse(at));
}

/** The recovery clock is the one measured against the RTO. */
function recoveryClock({ clocks, rtoSeconds }: Timed): Timed['clocks'][number] | undefined {
  return clocks.find(({ name }) => name === 'recovery') ?? clocks.find(({ objectiveMs }) => objectiveMs === rtoSeconds * 1_000);
}
