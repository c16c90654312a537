// Data loss: did the latest qualifying drill that passed lose no more than the RPO allows?
import { formatDuration } from '../../duration.ts';
import type { ServiceFacts } from '../facts.ts';
import { notApplicable } from './component.ts';
import type { ComponentRule } from './component.ts';
import { judgeMeasure } from './measured.ts';

export const dataLossComponent: ComponentRule = {
  code: 'data-loss',
  judge(facts) {
    const { rpoSeconds } = facts.objective;
    if (rpoSeconds === null) return notApplicable('This service has no data to lose.');
    const objectiveMs = rpoSeconds * 1_000;
    return judgeMeasure(facts, {
      measuredMs: provenDataLossMs(facts),
      objectiveMs,
      objective: 'RPO',
      measured: (ms) => (ms === 0 ? 'Lost no writes' : `Lost the last ${formatDuration(ms)} of writes`),
      noun: 'data loss',
      whenMissed: `Bring the copy at the recovery side to within ${formatDuration(objectiveMs)} of the primary, and drill again.`,
    });
  },
};

/** Between the last write at the primary and the last one found at the recovery side; null when unmeasured or without data. */
export function provenDataLossMs(facts: ServiceFacts): number | null {
  return facts.service.hasData ? (facts.lastPass?.dataLossMs ?? null) : null;
}
