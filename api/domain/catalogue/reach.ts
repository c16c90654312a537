// How far each service reaches: derived from the customer-facing ones over hard dependencies, with the path as the reason.
import { dependencyGraph, keyOf } from './dependency-graph.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import type { Portfolio, Reach } from './portfolio.ts';

export interface ServiceReach {
  /** The override where there is one, otherwise what was derived. */
  readonly reach: Reach;
  readonly derived: Reach;
  /** Why it was set by hand; null when it was not. */
  readonly overrideNote: string | null;
  /** The next service on the shortest way to a customer-facing one that needs this one; null when there is none, or it is one itself. */
  readonly towards: string | null;
}

/**
 * The reach of every service, by key. An override changes the service it stands on and nothing below it: what a service needs is
 * derived from facts alone. Breadth first, so paths are the shortest; among equals the first in key order wins. Linear.
 */
export function reachOf(portfolio: Portfolio, graph: DependencyGraph = dependencyGraph(portfolio)): ReadonlyMap<string, ServiceReach> {
  const towards = waysToCustomers(portfolio, graph);
  const services = new Map(portfolio.services.map((service) => [service.key, service]));
  const reaches = new Map<string, ServiceReach>();
  for (const key of graph.keys) {
    const service = services.get(key);
    const derived = derivedReach(service?.isCustomerFacing ?? false, towards.has(key));
    const override = service?.reachOverride ?? null;
    reaches.set(key, { reach: override?.reach ?? derived, derived, overrideNote: override?.note ?? null, towards: towards.get(key) ?? null });
  }
  return reaches;
}

/** From the service up to the customer-facing one that makes it influence customers; just the service when nothing does. */
export function pathToCustomers(reaches: ReadonlyMap<string, ServiceReach>, key: string): readonly string[] {
  const path = [key];
  for (let next = reaches.get(key)?.towards; next !== null && next !== undefined; next = reaches.get(next)?.towards) path.push(next);
  return path;
}

function derivedReach(isCustomerFacing: boolean, isNeededByCustomers: boolean): Reach {
  if (isCustomerFacing) return 'customer-facing';
  return isNeededByCustomers ? 'influences-customers' : 'internal';
}

function waysToCustomers(portfolio: Portfolio, graph: DependencyGraph): ReadonlyMap<string, string> {
  const facing = new Set(portfolio.services.filter((service) => service.isCustomerFacing).map((service) => service.key));
  const queue = graph.keys.filter((key) => facing.has(key));
  const towards = new Map<string, string>();
  for (const key of queue) {
    const number = graph.numberOf.get(key);
    for (const target of number === undefined ? [] : (graph.hard[number] ?? [])) {
      const dependency = keyOf(graph, target);
      if (facing.has(dependency) || towards.has(dependency)) continue;
      towards.set(dependency, key);
      queue.push(dependency);
    }
  }
  return towards;
}
