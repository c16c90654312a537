// One instant on three clocks: the schedule's, UTC and the reader's. A clock that shows the same is named once.
import { wallIn } from './days.ts';

export interface ClockFace {
  readonly zone: string;
  /** `2026-11-24 10:00` */
  readonly shows: string;
}

export function clockFaces(at: number, schedule: string | null, mine: string): readonly ClockFace[] {
  const zones = [...new Set([schedule ?? mine, 'UTC', mine])];
  return zones.map((zone) => ({ zone, shows: wallIn(zone, at).replace('T', ' ') }));
}
