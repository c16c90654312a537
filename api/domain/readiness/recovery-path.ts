// Recovery time along the graph: a service is back when the slowest of what it needs is back, and then itself.
import { keyOf } from '../catalogue/dependency-graph.ts';
import type { DependencyGraph } from '../catalogue/dependency-graph.ts';
import { compareKeys } from '../catalogue/key-order.ts';
import { at } from './inherit.ts';

export interface Rung {
  readonly service: string;
  /** Null marks where the recovery time becomes unknown. */
  readonly ownMs: number | null;
}

export interface RecoveryTimes {
  /** Proven end-to-end recovery of a service; null when any part of the chain is unproven. */
  endToEndMs(service: number): number | null;
  /** The chain that sets it, the service first; when it is unknown, the chain to where it becomes so. */
  path(service: number): readonly Rung[];
}

/**
 * End-to-end recovery from proven own times, by service number. Services in a circle recover as one group that takes the sum of its
 * members' times. A hard dependency that the catalogue does not know is unproven. Linear; a path costs its length.
 */
export function recoveryTimes(graph: DependencyGraph, ownMs: readonly (number | null)[]): RecoveryTimes {
  const unknown = unknownDependencies(graph);
  const groups: GroupTime[] = [];
  for (const [number, members] of graph.groups.entries()) groups.push(timeOfGroup({ graph, ownMs, unknown, groups }, members, number));
  const groupOf = (service: number): GroupTime => {
    const group = groups[at(graph.groupOf, service)];
    if (group === undefined) throw new Error(`Service number ${service} is in no group.`);
    return group;
  };
  return {
    endToEndMs: (service) => groupOf(service).endToEndMs,
    path(service) {
      const rungs: Rung[] = [];
      for (let current: number | null = service; current !== null;) {
        const group = groupOf(current);
        for (const member of firstOf(group.members, current)) rungs.push({ service: keyOf(graph, member), ownMs: ownMs[member] ?? null });
        if (group.next?.kind === 'unknown') rungs.push({ service: group.next.key, ownMs: null });
        current = group.next?.kind === 'service' ? group.next.number : null;
      }
      return rungs;
    },
  };
}

interface GroupTime {
  readonly members: readonly number[];
  readonly endToEndMs: number | null;
  /** What sets the time below this group; null when nothing does, or when the group itself is unproven. */
  readonly next: { readonly kind: 'service'; readonly number: number } | { readonly kind: 'unknown'; readonly key: string } | null;
}

interface Known {
  readonly graph: DependencyGraph;
  readonly ownMs: readonly (number | null)[];
  readonly unknown: ReadonlyMap<number, string>;
  /** Those that come before. */
  readonly groups: readonly GroupTime[];
}

function timeOfGroup(known: Known, members: readonly number[], number: number): GroupTime {
  const own = sumOrNull(members.map((member) => known.ownMs[member] ?? null));
  if (own === null) return { members, endToEndMs: null, next: null };
  const stray = members.find((member) => known.unknown.has(member));
  if (stray !== undefined) return { members, endToEndMs: null, next: { kind: 'unknown', key: known.unknown.get(stray) ?? '' } };
  let longest: { readonly number: number; readonly ms: number } | null = null;
  for (const member of members) {
    for (const needed of known.graph.hard[member] ?? []) {
      const group = at(known.graph.groupOf, needed);
      if (group === number) continue;
      const ms = known.groups[group]?.endToEndMs ?? null;
      if (ms === null) return { members, endToEndMs: null, next: { kind: 'service', number: needed } };
      if (longest === null || ms > longest.ms) longest = { number: needed, ms };
    }
  }
  if (longest === null) return { members, endToEndMs: own, next: null };
  return { members, endToEndMs: own + longest.ms, next: { kind: 'service', number: longest.number } };
}

/** By service, the first hard dependency that is not in the catalogue. */
function unknownDependencies(graph: DependencyGraph): ReadonlyMap<number, string> {
  const unknown = new Map<number, string>();
  for (const edge of graph.dangling.toSorted((a, b) => compareKeys(a.to, b.to))) {
    const from = graph.numberOf.get(edge.from);
    if (edge.kind === 'hard' && from !== undefined && !unknown.has(from)) unknown.set(from, edge.to);
  }
  return unknown;
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

function firstOf(members: readonly number[], first: number): readonly number[] {
  return [first, ...members.filter((member) => member !== first)];
}
