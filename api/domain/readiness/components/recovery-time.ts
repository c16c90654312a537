// Recovery time: did the latest qualifying drill that passed bring the service back within its RTO?
import { formatDuration } from '../../duration.ts';
import type { ServiceFacts } from '../facts.ts';
import type { ComponentRule } from './component.ts';
import { judgeMeasure } from './measured.ts';

export const recoveryTimeComponent: ComponentRule = {
  code: 'recovery-time',
  judge(facts) {
    const objectiveMs = facts.objective.rtoSeconds * 1_000;
    return judgeMeasure(facts, {
      measuredMs: provenRecoveryMs(facts),
      objectiveMs,
      objective: 'RTO',
      measured: (ms) => `Recovered in ${formatDuration(ms)}`,
      noun: 'recovery time',
      whenMissed: `Shorten the recovery to ${formatDuration(objectiveMs)}, starting with its longest step, and drill again.`,
    });
  },
};

/** Declared to verified, human waits included, of the latest qualifying drill that passed; null when unmeasured. */
export function provenRecoveryMs(facts: ServiceFacts): number | null {
  return facts.lastPass?.recoveryMs ?? null;
}
