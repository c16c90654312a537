// A plan with its timeline and where its hosts and objectives come from, for the formats that show it.
import type { Plan, PlanStep } from '../../domain/drill/plan.ts';
import type { StepTime, Timeline } from '../../domain/drill/timeline.ts';

export interface Planned {
  readonly plan: Plan;
  readonly timeline: Timeline;
  readonly approvalsNeeded: number;
  /** In words, such as `the file portfolio.yaml`; null when hosts and objectives are not known. */
  readonly portfolio: string | null;
  /** Hosts of the plan that have no pinned key yet. */
  readonly unpinned: readonly string[];
}

export interface TimedStep {
  readonly step: PlanStep;
  readonly time: StepTime;
}

/** By start, and in the order of the plan among those that start together. */
export function stepsByStart({ plan, timeline }: Planned): readonly TimedStep[] {
  const timed = plan.steps.flatMap((step, index) => {
    const time = timeline.steps[index];
    return time === undefined ? [] : [{ step, time }];
  });
  return timed.toSorted((a, b) => a.time.startMs - b.time.startMs);
}

/** Ids of the critical path in the order in which its steps run; steps that only end what they call take no time. */
export function criticalPath(planned: Planned): readonly string[] {
  return stepsByStart(planned).flatMap(({ step, time }) => (time.isCritical && time.endMs > time.startMs ? [step.id] : []));
}

/** Milliseconds that are left until the objective; negative when it is missed, null when either is not known. */
export function spareMs({ plan, timeline, portfolio }: Planned): number | null {
  if (portfolio === null || timeline.recoveryMs === null) return null;
  return plan.objective.rtoSeconds * 1000 - timeline.recoveryMs;
}

/** Steps that are counted with the default of their kind. */
export function withoutEstimate({ plan }: Planned): readonly string[] {
  return plan.steps.flatMap((step) => {
    const isCounted = !step.isShownOnly && step.isLeftOut !== true && step.kind !== 'call' && step.kind !== 'sleep';
    const has = step.estimateMs !== null || (step.kind === 'confirm' && step.expectedMs !== null);
    return isCounted && !has ? [step.id] : [];
  });
}
