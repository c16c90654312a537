// What recovery time and data loss have in common: one measured value of the latest passed drill against one objective.
import { formatDuration } from '../../duration.ts';
import type { ServiceFacts } from '../facts.ts';
import { shareWithin } from './component.ts';
import type { ComponentFinding } from './component.ts';

export interface Measure {
  /** Null when the drill did not measure it, or none passed. */
  readonly measuredMs: number | null;
  readonly objectiveMs: number;
  /** `RTO` or `RPO`. */
  readonly objective: string;
  /** What was measured, as the start of a sentence: `Recovered in 42 min`. */
  readonly measured: (ms: number) => string;
  /** As it stands in "measures ...". */
  readonly noun: string;
  readonly whenMissed: string;
}

/** 1 within the objective, linear to 0 at twice it; unmeasured earns 0. */
export function judgeMeasure(facts: ServiceFacts, measure: Measure): ComponentFinding {
  const { measuredMs, objective } = measure;
  const drill = facts.lastPass;
  const action = `Run a drill at level ${facts.policy.level} that measures the ${measure.noun}.`;
  if (drill === null) {
    const reason = `No drill at level ${facts.policy.level} or above ever passed, so the ${measure.noun} is unmeasured.`;
    return { share: 0, state: 'unproven', reason, evidence: [], action };
  }
  if (measuredMs === null)
    return { share: 0, state: 'unproven', reason: `${drill.id} passed without measuring the ${measure.noun}.`, evidence: [], action };
  const share = shareWithin(measuredMs, measure.objectiveMs);
  return {
    share,
    state: share === 1 ? 'proven' : 'failed',
    reason: `${measure.measured(measuredMs)} against an ${objective} of ${formatDuration(measure.objectiveMs)} in ${drill.id}.`,
    evidence: [drill.id],
    action: share === 1 ? null : measure.whenMissed,
  };
}
