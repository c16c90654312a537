// When each step of a plan is expected to start and end, and which steps decide how long recovery takes.
import { inOrder, needsByIndex } from '../runbook/step-order.ts';
import type { StepKind } from '../runbook/runbook.ts';
import type { Plan, PlanStep } from './plan.ts';

export interface StepTime {
  readonly id: string;
  /** Milliseconds after the start of the drill. */
  readonly startMs: number;
  readonly endMs: number;
  /** Any delay here delays the recovery, or the end where no recovery is timed. */
  readonly isCritical: boolean;
}

export interface Timeline {
  /** In the order of the plan. */
  readonly steps: readonly StepTime[];
  readonly totalMs: number;
  /** Expected reading of the recovery clock; null when there is none. */
  readonly recoveryMs: number | null;
}

/** What a step is expected to take, in milliseconds. */
export type LengthOf = (step: PlanStep) => number;

/** What a step takes that names no estimate: rough on purpose, so that a plan without estimates still has a shape. */
export const DEFAULT_ESTIMATE_MS: Readonly<Record<Exclude<StepKind, 'sleep' | 'call'>, number>> = {
  run: 30_000,
  check: 5_000,
  wait: 30_000,
  http: 5_000,
  copy: 10_000,
  confirm: 5 * 60_000,
  approve: 5 * 60_000,
  notify: 2_000,
};

/**
 * Every step starts as soon as all that it needs has ended. The critical path is the longest one to the step that ends the recovery
 * clock, or to the end of the drill when there is no such clock. Steps that are only shown take no time. By the estimates unless other
 * lengths are given. Linear in steps and needs.
 */
export function planTimeline(plan: Pick<Plan, 'steps' | 'clocks'>, lengthOf: LengthOf = estimateOf): Timeline {
  const needs = needsByIndex(plan.steps);
  const times = schedule(plan.steps, needs, lengthOf);
  const totalMs = times.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
  const recovery = plan.clocks.find(({ name }) => name === 'recovery');
  const indexOf = new Map(plan.steps.map(({ id }, index) => [id, index]));
  const goal = recovery === undefined ? undefined : indexOf.get(recovery.to);
  const goals = goal === undefined ? times.flatMap(({ endMs }, index) => (endMs === totalMs ? [index] : [])) : [goal];
  const critical = criticalSteps(goals, needs, times);
  const endsAt = goal === undefined ? undefined : times[goal]?.endMs;
  const from = recovery?.from ?? null;
  const startsAt = from === null ? 0 : (times[indexOf.get(from) ?? -1]?.startMs ?? 0);
  return {
    steps: plan.steps.map(({ id }, index) => ({ id, startMs: 0, endMs: 0, ...times[index], isCritical: critical.has(index) })),
    totalMs,
    recoveryMs: endsAt === undefined ? null : Math.max(0, endsAt - startsAt),
  };
}

/** Expected duration of one step in milliseconds: its estimate, or the default of its kind. */
export function estimateOf(step: PlanStep): number {
  // A call only ends what it called.
  if (step.isShownOnly || step.isLeftOut === true || step.kind === 'call') return 0;
  if (step.kind === 'sleep') return step.durationMs;
  const expectedMs = step.kind === 'confirm' ? step.expectedMs : null;
  return step.estimateMs ?? expectedMs ?? DEFAULT_ESTIMATE_MS[step.kind];
}

interface Times {
  readonly startMs: number;
  readonly endMs: number;
}

type Needs = readonly (readonly number[])[];

function schedule(steps: readonly PlanStep[], needs: Needs, lengthOf: LengthOf): readonly Times[] {
  const times: Times[] = steps.map(() => ({ startMs: 0, endMs: 0 }));
  const indexOf = new Map(steps.map(({ id }, index) => [id, index]));
  const sinceOf = (step: PlanStep): number | null =>
    step.kind === 'sleep' && step.since !== undefined ? (times[indexOf.get(step.since) ?? -1]?.endMs ?? null) : null;
  for (const index of inOrder(needs)) {
    const step = steps[index];
    if (step === undefined) continue;
    const startMs = (needs[index] ?? []).reduce((latest, need) => Math.max(latest, times[need]?.endMs ?? 0), 0);
    const lengthMs = lengthOf(step);
    const sinceMs = sinceOf(step);
    // The rest of a time that began earlier may be over already.
    times[index] = { startMs, endMs: sinceMs === null ? startMs + lengthMs : Math.max(startMs, sinceMs + lengthMs) };
  }
  return times;
}

/** Backwards from the goals over those needs that end just when the step starts; paths of equal length are all critical. */
function criticalSteps(goals: readonly number[], needs: Needs, times: readonly Times[]): ReadonlySet<number> {
  const critical = new Set(goals);
  // The set grows while it is walked: it is the queue as well.
  for (const index of critical) {
    for (const need of needs[index] ?? []) if (times[need]?.endMs === times[index]?.startMs) critical.add(need);
  }
  return critical;
}
