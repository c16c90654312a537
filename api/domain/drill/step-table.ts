// Where every step of a drill stands. A value like any other: a change makes a new table, which shares all but the one step with the old one.
import { carryTally } from './row-tally.ts';
import { asCommandStep } from './command-step.ts';
import type { PlanIndex } from './plan-index.ts';
import type { PlanStep } from './plan.ts';
import type { Positions } from './positions.ts';
import type { StepProgress } from './step-progress.ts';
import { retally, tallySteps, type StepList, type StepTally } from './step-tally.ts';

const STEPS = new WeakMap<Positions, readonly PlanStep[]>();

export class StepTable {
  /** In plan order. */
  readonly all: readonly StepProgress[];
  readonly #index: PlanIndex;
  readonly #tally: StepTally;

  private constructor(index: PlanIndex, all: readonly StepProgress[], tally: StepTally) {
    this.#index = index;
    this.all = all;
    this.#tally = tally;
  }

  /** `all` has one for each step of the plan, in its order. */
  static of(index: PlanIndex, all: readonly StepProgress[]): StepTable {
    return new StepTable(index, all, tallySteps(index, all));
  }

  get(id: string): StepProgress | undefined {
    const position = this.#index.positionOf.get(id);
    return position === undefined ? undefined : this.all[position];
  }

  /** With another standing of one step. A record or a map would be copied as a whole, and slowly; a list is copied at once. */
  with(progress: StepProgress): StepTable {
    const position = this.#index.positionOf.get(progress.id);
    const [before, step] = position === undefined ? [] : [this.all[position], this.#index.steps[position]];
    if (position === undefined || before === undefined || step === undefined) return this;
    const command = asCommandStep(step);
    if (command !== null && before.attempts !== progress.attempts) carryTally(command, before.attempts, progress.attempts);
    const after = this.all.with(position, progress);
    return new StepTable(this.#index, after, retally(this.#index, this.#tally, { position, before: this.all, after }));
  }

  /** With every step as `change` leaves it. */
  map(change: (progress: StepProgress) => StepProgress): StepTable {
    return StepTable.of(this.#index, this.all.map(change));
  }

  has(list: StepList): boolean {
    return this.#tally.lists[list].length > 0;
  }

  /** Steps that stand so, in plan order; the same list until one of them stands otherwise. */
  in(list: StepList): readonly PlanStep[] {
    const places = this.#tally.lists[list];
    const steps = STEPS.get(places) ?? places.flatMap((position) => this.#index.steps[position] ?? []);
    STEPS.set(places, steps);
    return steps;
  }

  /** Whether all that the step needs allows it to start. */
  areNeedsMet(id: string): boolean {
    return this.#tally.openNeeds[this.#index.positionOf.get(id) ?? -1] === 0;
  }
}
