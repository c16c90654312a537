// How fast a service must be back and how much it may lose: its own objective, or its tier's.
import type { Service, TierPolicy } from './portfolio.ts';

export interface Objective {
  readonly rtoSeconds: number;
  /** Null when the service has no data to lose. */
  readonly rpoSeconds: number | null;
  readonly isRtoOwn: boolean;
  readonly isRpoOwn: boolean;
}

/** `policy` is the one of the service's tier. */
export function objectiveOf(service: Service, policy: TierPolicy): Objective {
  return {
    rtoSeconds: service.rtoSeconds ?? policy.rtoSeconds,
    rpoSeconds: service.hasData ? (service.rpoSeconds ?? policy.rpoSeconds) : null,
    isRtoOwn: service.rtoSeconds !== null,
    isRpoOwn: service.hasData && service.rpoSeconds !== null,
  };
}
