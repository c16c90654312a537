// Which steps may start: what `needs` and failures allow.
import { hasClosingBegun } from './closing.ts';
import { indexOf } from './plan-index.ts';
import type { Plan, PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';

/** In plan order. */
export function failedSteps(state: DrillState): readonly PlanStep[] {
  return state.steps.in('failed');
}

/** A step that stops the drill has failed: nothing new starts until a person retries or skips it, or at all once the end has begun. */
export function isStopped(state: DrillState): boolean {
  return failedSteps(state).some((step) => step.onFailure === 'stop') || hasClosingBegun(state);
}

/** Steps that have not started and whose needs are met, in plan order; none while the drill is stopped or aborted. */
export function readySteps(state: DrillState): readonly PlanStep[] {
  return isHalted(state) ? [] : state.steps.in('ready');
}

export function isReady(state: DrillState, step: PlanStep): boolean {
  return state.steps.get(step.id)?.state === 'pending' && state.steps.areNeedsMet(step.id) && !isHalted(state);
}

function isHalted(state: DrillState): boolean {
  return state.abort !== null || isStopped(state);
}

/** Ids of all steps that need this one, directly or through others. */
function dependentsOf(plan: Pick<Plan, 'steps'>, id: string): ReadonlySet<string> {
  const { needing } = indexOf(plan);
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const step of needing.get(next) ?? []) {
      if (found.has(step.id)) continue;
      found.add(step.id);
      open.push(step.id);
    }
  }
  return found;
}

export interface LeftOut {
  readonly step: PlanStep;
  /** The step that failed and goes on elsewhere. */
  readonly because: PlanStep;
}

/**
 * Steps that a failure passes over on its way to where it goes on: they need the failed step, and are neither the goal nor behind it.
 * What always runs is never passed over.
 */
export function passedOver(state: DrillState): readonly LeftOut[] {
  return leavingOut(state).flatMap((because) =>
    [...between(state.plan, because).values()].flatMap((step) => (state.steps.get(step.id)?.state === 'pending' ? [{ step, because }] : [])),
  );
}

export function isPassedOver(state: DrillState, { id }: PlanStep): boolean {
  return state.steps.get(id)?.state === 'pending' && leavingOut(state).some((because) => between(state.plan, because).has(id));
}

function leavingOut(state: DrillState): readonly PlanStep[] {
  return state.abort === null ? failedSteps(state).filter((step) => step.onFailure === 'goto') : [];
}

const BETWEEN = new WeakMap<PlanStep, ReadonlyMap<string, PlanStep>>();

/** Between a step and where its failure goes on. A step belongs to one plan, so this is found once for each. */
function between(plan: Pick<Plan, 'steps'>, because: PlanStep): ReadonlyMap<string, PlanStep> {
  const known = BETWEEN.get(because) ?? findBetween(plan, because);
  BETWEEN.set(because, known);
  return known;
}

function findBetween(plan: Pick<Plan, 'steps'>, { id, goTo }: PlanStep): ReadonlyMap<string, PlanStep> {
  if (goTo === undefined) return new Map();
  const { stepOf } = indexOf(plan);
  const behind = dependentsOf(plan, goTo);
  const steps = [...dependentsOf(plan, id)].flatMap((one) => (one === goTo || behind.has(one) ? [] : (stepOf.get(one) ?? [])));
  return new Map(steps.filter((step) => step.isAlways !== true).map((step) => [step.id, step]));
}
