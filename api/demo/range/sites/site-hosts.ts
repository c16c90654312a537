// The hosts of the two sites: which there are, where each stands, and what runs on it.

/** What is set up on a host; `plain` has a shell and nothing else. */
export type SiteService = 'postgres' | 'database-client' | 'restore' | 'redis' | 'web' | 'edge' | 'dns' | 'plain';

export interface SiteHostPlan {
  readonly key: string;
  readonly site: 'hamburg' | 'munich';
  readonly service: SiteService;
}

/** Started in this order: what follows another comes after it. */
export const SITE_HOSTS: readonly SiteHostPlan[] = [
  { key: 'db-ham', site: 'hamburg', service: 'postgres' },
  { key: 'db-muc', site: 'munich', service: 'postgres' },
  { key: 'shop-muc', site: 'munich', service: 'database-client' },
  { key: 'restore-muc', site: 'munich', service: 'restore' },
  { key: 'cache-ham', site: 'hamburg', service: 'redis' },
  { key: 'cache-muc', site: 'munich', service: 'redis' },
  { key: 'web-ham-1', site: 'hamburg', service: 'web' },
  { key: 'web-ham-2', site: 'hamburg', service: 'web' },
  { key: 'web-muc-1', site: 'munich', service: 'web' },
  { key: 'web-muc-2', site: 'munich', service: 'web' },
  { key: 'edge', site: 'munich', service: 'edge' },
  { key: 'ns', site: 'munich', service: 'dns' },
];

/** Where people who drill on the range expect them, because runbooks name them; others are taken when these are in use. */
export const KNOWN_PORTS: ReadonlyMap<string, number> = new Map([
  ['edge/service', 18_080],
  ['ns/service', 15_353],
]);

/** The name that the DNS switch moves, and where it points: addresses from the ranges that are kept for documentation. */
export const ZONE = 'harbour.example';
export const ADDRESSES = { hamburg: '192.0.2.10', munich: '198.51.100.10' } as const;

/** Seconds. A real one is minutes or hours; a drill waits for the rest of it, and on the range that should be soon. */
export const ZONE_TTL = 12;
