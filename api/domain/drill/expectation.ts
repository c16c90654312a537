// What each step of a plan is expected to take, and how that is known: measured in earlier runs before anybody's estimate.
import type { Plan, PlanStep } from './plan.ts';
import { workOf } from './step-work.ts';
import { estimateOf } from './timeline.ts';

/** `median`: of earlier runs; `author`: the runbook says so; `rough`: usual for steps of this kind; `none`: it is not run, or ends by itself. */
export const EXPECTATION_BASES = ['median', 'author', 'rough', 'none'] as const;
export type ExpectationBasis = (typeof EXPECTATION_BASES)[number];

/** So many runs count: what a step took years ago, on other machines, says little. */
export const RUNS_COUNTED = 10;

/** What one earlier run measured. */
export interface PastDuration {
  readonly workMs: number;
  readonly humanMs: number;
}

export interface Expectation {
  readonly ms: number;
  /** Of that, waiting for people. */
  readonly humanMs: number;
  readonly basis: ExpectationBasis;
  /** How many runs were measured, and the shortest and longest of them; 0 and null without any. */
  readonly runs: number;
  readonly minMs: number | null;
  readonly maxMs: number | null;
}

export type Expectations = ReadonlyMap<string, Expectation>;

/** By step id. `past` holds the latest runs of each work, of comparable modes. */
export function expectSteps(plan: Pick<Plan, 'steps' | 'runbook' | 'scopes'>, past: ReadonlyMap<string, readonly PastDuration[]>): Expectations {
  const works = workOf(plan);
  return new Map(plan.steps.map((step) => [step.id, expectStep(step, past.get(works.get(step.id) ?? '') ?? [])]));
}

/** Half of the values lie below it, half above; of an even number the mean of the two in the middle. Null without values. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function expectStep(step: PlanStep, past: readonly PastDuration[]): Expectation {
  const totals = past.map(({ workMs, humanMs }) => workMs + humanMs);
  const typical = median(totals);
  const isFixed = step.isShownOnly || step.isLeftOut === true || step.kind === 'call' || step.kind === 'sleep';
  if (typical === null || isFixed) return estimated(step);
  const humanMs = median(past.map((one) => one.humanMs)) ?? 0;
  return {
    ms: Math.round(typical),
    humanMs: Math.round(Math.min(typical, humanMs)),
    basis: 'median',
    runs: past.length,
    minMs: Math.min(...totals),
    maxMs: Math.max(...totals),
  };
}

/** Without any earlier run. */
export function estimated(step: PlanStep): Expectation {
  const ms = estimateOf(step);
  const isHuman = step.kind === 'confirm' || step.kind === 'approve';
  return { ms, humanMs: isHuman ? ms : 0, basis: basisOf(step), runs: 0, minMs: null, maxMs: null };
}

function basisOf(step: PlanStep): ExpectationBasis {
  if (step.isShownOnly || step.isLeftOut === true || step.kind === 'call') return 'none';
  if (step.kind === 'sleep' || step.estimateMs !== null) return 'author';
  return step.kind === 'confirm' && step.expectedMs !== null ? 'author' : 'rough';
}
