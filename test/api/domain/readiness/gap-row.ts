// One line of the tables of gaps, and the short ways to a service that has one.
import type { Service } from '../../../../api/domain/catalogue/portfolio.ts';
import type { Gap, ServiceAssessment } from '../../../../api/domain/readiness/assessment.ts';
import type { DrillEvidence, Evidence } from '../../../../api/domain/readiness/evidence.ts';
import { assessOne, daysAgo, drill } from './builders.ts';

export interface GapRow {
  readonly code: string;
  readonly when: string;
  readonly of: ServiceAssessment;
  /** Null: it has no such gap. */
  readonly gap: Partial<Gap> | null;
}

export function one(evidence: Partial<Evidence>, of: Partial<Service> = {}, scenarios: readonly string[] = ['site-loss']): ServiceAssessment {
  return assessOne(evidence, { service: of, policy: { scenarios } });
}

export function drilled(...changes: readonly Partial<DrillEvidence>[]): ServiceAssessment {
  return one({ drills: changes.map((change, at) => drill('a', { id: `DR-${changes.length - at}`, finishedAt: daysAgo(10 + at), ...change })) });
}
