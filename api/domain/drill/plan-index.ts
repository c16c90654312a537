// A plan's steps by what they are looked up by, gathered once for each plan: looking from the start each time would be quadratic.
import type { Plan, PlanStep } from './plan.ts';
import { scopeOf } from './scope-of.ts';
import { shownOrder } from './shown-order.ts';

export interface PlanIndex {
  /** The plan's own list. */
  readonly steps: Plan['steps'];
  readonly stepOf: ReadonlyMap<string, PlanStep>;
  /** Place in the plan, from 0. */
  readonly positionOf: ReadonlyMap<string, number>;
  /** 1 for the step that people are shown first. */
  readonly numberOf: ReadonlyMap<string, number>;
  /** Steps that need each step directly. */
  readonly needing: ReadonlyMap<string, readonly PlanStep[]>;
  /** Steps that each step reverts: those whose `undoStep` it is. */
  readonly pairsOf: ReadonlyMap<string, readonly PlanStep[]>;
  /** The call that each nested step stands in, the innermost. */
  readonly callOf: ReadonlyMap<string, PlanStep>;
  /** Steps in each call, at any depth. */
  readonly nestedIn: ReadonlyMap<string, readonly PlanStep[]>;
  /** Those from which on nothing is undone. */
  readonly pointsOfNoReturn: readonly PlanStep[];
  /** `always` steps, in plan order. */
  readonly always: readonly PlanStep[];
}

const KNOWN = new WeakMap<Plan['steps'], PlanIndex>();

export function indexOf(plan: Pick<Plan, 'steps'>): PlanIndex {
  const known = KNOWN.get(plan.steps) ?? gather(plan.steps);
  KNOWN.set(plan.steps, known);
  return known;
}

function gather(steps: Plan['steps']): PlanIndex {
  const stepOf = new Map(steps.map((step) => [step.id, step]));
  const needing = new Map<string, PlanStep[]>();
  const pairsOf = new Map<string, PlanStep[]>();
  const callOf = new Map<string, PlanStep>();
  const nestedIn = new Map<string, PlanStep[]>();
  for (const step of steps) {
    for (const need of step.needs) put(needing, need, step);
    if ('undoStep' in step && step.undoStep !== undefined) put(pairsOf, step.undoStep, step);
    for (let scope = scopeOf(step.id); scope !== ''; scope = scopeOf(scope)) {
      const call = stepOf.get(scope);
      if (call === undefined) continue;
      put(nestedIn, scope, step);
      if (!callOf.has(step.id)) callOf.set(step.id, call);
    }
  }
  return {
    steps,
    stepOf,
    positionOf: new Map(steps.map((step, index) => [step.id, index])),
    numberOf: new Map(shownOrder(steps).map((step, index) => [step.id, index + 1])),
    needing,
    pairsOf,
    callOf,
    nestedIn,
    pointsOfNoReturn: steps.filter((step) => 'isPointOfNoReturn' in step && step.isPointOfNoReturn),
    always: steps.filter((step) => step.isAlways === true),
  };
}

function put<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
