// What a component is: one question about one service, answered from its facts with a share of the points.
import type { ComponentCode, ComponentState } from '../assessment.ts';
import type { ServiceFacts } from '../facts.ts';

export interface ComponentFinding {
  /** 0..1 of the component's points; without meaning when it does not apply. */
  readonly share: number;
  readonly state: ComponentState;
  readonly reason: string;
  /** Empty means that nothing is known at all; counted by the proof coverage. */
  readonly evidence: readonly string[];
  readonly action: string | null;
}

export interface ComponentRule {
  readonly code: ComponentCode;
  judge(facts: ServiceFacts): ComponentFinding;
}

/** For a component that leaves the sum. */
export function notApplicable(reason: string): ComponentFinding {
  return { share: 0, state: 'not-applicable', reason, evidence: [], action: null };
}

/** 1 while `value` is within `allowed`, then falling linearly to 0 at twice that. */
export function shareWithin(value: number, allowed: number): number {
  if (value <= allowed) return 1;
  return value >= 2 * allowed ? 0 : (2 * allowed - value) / allowed;
}
