// Gain: what the effective scores would rise by if one thing were put right. Found by recomputing, along the dependents only.
import { TIER_WEIGHTS } from './weights.ts';
import type { Tier } from '../catalogue/portfolio.ts';
import { at } from './inherit.ts';
import type { Standing } from './inherit.ts';

/** In points. */
export interface Gain {
  /** Rise of the effective score of the service itself. */
  readonly own: number;
  /** Rises of all services, weighted by tier. */
  readonly portfolio: number;
}

export interface GainInput {
  readonly standing: Standing;
  /** Sum of the tier weights of each group's members. */
  readonly groupWeights: readonly number[];
}

const NO_GAIN: Gain = { own: 0, portfolio: 0 };

/** `tiers` by service number. */
export function gainInput(standing: Standing, tiers: readonly Tier[]): GainInput {
  const weightOf = (member: number): number => TIER_WEIGHTS[tiers[member] ?? 4];
  return { standing, groupWeights: standing.graph.groups.map((members) => members.reduce((sum, member) => sum + weightOf(member), 0)) };
}

/** The own score of one service becomes `ownTenths`; a value that is not above the present one gains nothing. */
export function gainOfOwn(input: GainInput, service: number, ownTenths: number): Gain {
  const { standing } = input;
  const group = at(standing.graph.groupOf, service);
  const present = at(standing.groupEffective, group);
  const isHolding = at(standing.own, service) === present;
  if (!isHolding || at(standing.holders, group) > 1) return NO_GAIN;
  const others = (standing.graph.groups[group] ?? []).filter((member) => member !== service).map((member) => at(standing.own, member));
  const needed = (standing.groupDependencies[group] ?? []).map((other) => at(standing.groupEffective, other));
  return propagate(input, group, lowestOf(ownTenths, others, needed));
}

/** The one thing that holds a service below its own score, a dependency or a member of its circle, no longer does. */
export function gainOfRelease(input: GainInput, service: number): Gain {
  const { standing } = input;
  const group = at(standing.graph.groupOf, service);
  const present = at(standing.groupEffective, group);
  if (at(standing.own, service) === present || at(standing.holders, group) > 1) return NO_GAIN;
  const isAbove = (value: number): boolean => value > present;
  const members = (standing.graph.groups[group] ?? []).map((member) => at(standing.own, member)).filter(isAbove);
  const needed = (standing.groupDependencies[group] ?? []).map((other) => at(standing.groupEffective, other)).filter(isAbove);
  return propagate(input, group, lowestOf(at(standing.own, service), members, needed));
}

/**
 * Carries a rise of one group to its dependents. Only a group that stands at the very same score can be held by the risen one, and it
 * rises once all that hold it have risen; so every value is final when it is reached, and nothing else is visited.
 */
function propagate(input: GainInput, start: number, raised: number): Gain {
  const { standing, groupWeights } = input;
  const present = at(standing.groupEffective, start);
  if (raised <= present) return NO_GAIN;
  const risen = new Map([[start, raised]]);
  const stillHeld = new Map<number, number>();
  let weighted = 0;
  for (const [group, value] of risen) {
    weighted += (value - present) * at(groupWeights, group);
    for (const dependent of standing.groupDependents[group] ?? []) {
      if (at(standing.groupEffective, dependent) !== present) continue;
      const holders = (stillHeld.get(dependent) ?? at(standing.holders, dependent)) - 1;
      stillHeld.set(dependent, holders);
      if (holders > 0) continue;
      const needed = (standing.groupDependencies[dependent] ?? []).map((other) => risen.get(other) ?? at(standing.groupEffective, other));
      risen.set(dependent, lowestOf(at(standing.groupOwn, dependent), needed));
    }
  }
  return { own: (raised - present) / 10, portfolio: weighted / 10 };
}

function lowestOf(first: number, ...lists: readonly (readonly number[])[]): number {
  let least = first;
  for (const list of lists) for (const value of list) least = Math.min(least, value);
  return least;
}
