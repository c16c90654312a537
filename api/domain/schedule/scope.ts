// What a freeze or a blackout calendar is about, and whether a drill touches it.
import { lensesOf, type Lens } from '../catalogue/lens.ts';
import type { Portfolio } from '../catalogue/portfolio.ts';
import type { ServiceReach } from '../catalogue/reach.ts';

/** Everything, or whatever one of these names: a service, a site, a lens, or a label of hosts (`env=prod`). */
export interface Scope {
  readonly isEverything: boolean;
  readonly services: readonly string[];
  readonly sites: readonly string[];
  readonly lenses: readonly Lens[];
  readonly hostLabels: readonly string[];
}

/** What a drill would touch: services, hosts and named locks, with all that they belong to. */
export interface Footprint {
  readonly services: readonly string[];
  readonly hosts: readonly string[];
  /** Names, without those of services and hosts. */
  readonly locks: readonly string[];
  readonly sites: readonly string[];
  readonly lenses: readonly Lens[];
  readonly hostLabels: readonly string[];
}

export interface Touched {
  readonly services: readonly string[];
  readonly hosts: readonly string[];
  readonly locks: readonly string[];
}

/** A service counts at every site that one of its hosts stands at. */
export function footprintOf(touched: Touched, portfolio: Portfolio, reaches: ReadonlyMap<string, ServiceReach>): Footprint {
  const services = portfolio.services.filter(({ key }) => touched.services.includes(key));
  const keys = new Set([...touched.hosts, ...services.flatMap(({ hosts }) => hosts)]);
  const hosts = portfolio.hosts.filter(({ key }) => keys.has(key));
  const lenses = services.flatMap((service) => lensesOf(service, reaches.get(service.key)?.reach ?? 'internal', portfolio.settings));
  return {
    ...touched,
    sites: [...new Set(hosts.flatMap(({ site }) => site ?? []))],
    lenses: [...new Set(lenses)],
    hostLabels: [...new Set(hosts.flatMap(({ labels }) => Object.entries(labels).map(([name, value]) => `${name}=${value}`)))],
  };
}

export function covers(scope: Scope, footprint: Footprint): boolean {
  return (
    scope.isEverything ||
    share(scope.services, footprint.services) ||
    share(scope.sites, footprint.sites) ||
    share(scope.lenses, footprint.lenses) ||
    share(scope.hostLabels, footprint.hostLabels)
  );
}

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((name) => b.includes(name));
}
