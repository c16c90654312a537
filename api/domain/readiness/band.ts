// From a score to the word that people use.
import type { Band } from './assessment.ts';

/** Least effective score of each band. */
const READY_FROM = 85;
const NEARLY_FROM = 70;
const AT_RISK_FROM = 40;

/** `hasQualifyingDrill`: whether one was ever finished, whatever its result. Without one the band is `unproven`, never a number. */
export function bandOf(effective: number, hasQualifyingDrill: boolean): Band {
  if (!hasQualifyingDrill) return 'unproven';
  if (effective >= READY_FROM) return 'ready';
  if (effective >= NEARLY_FROM) return 'nearly';
  return effective >= AT_RISK_FROM ? 'at-risk' : 'not-ready';
}

/** Whether a service in this band counts as ready where services are counted; `unproven` does not. */
export function isReadyEnough(band: Band): boolean {
  return band === 'ready' || band === 'nearly';
}
