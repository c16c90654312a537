// The band of a score that comes without one (the links of a limiting chain). The API's own band is used wherever there is one.
import type { Band } from '../state/states.ts';

/** Bands of the readiness model: 85, 70 and 40 are the lower bounds. */
export function bandOf(score: number): Band {
  if (score >= 85) return 'READY';
  if (score >= 70) return 'NEARLY';
  return score >= 40 ? 'AT_RISK' : 'NOT_READY';
}
