// What is wrong with the name of a time zone.
import type { Problem } from '../errors.ts';
import { nearest } from '../runbook/nearest.ts';
import { isZone } from './zone-clock.ts';

/** Null when it is one. */
export function zoneProblem(zone: string): Problem | null {
  if (isZone(zone)) return null;
  const known = nearest(zone, Intl.supportedValuesOf('timeZone'));
  const remedy = known === null ? 'Write an IANA zone name such as Europe/Berlin or UTC.' : `Did you mean ${known}?`;
  return { code: 'unknown-zone', severity: 'error', message: `"${zone}" is not a time zone.`, remedy };
}
