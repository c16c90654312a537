// Filters, sorts and pages the services.
import type { OperatedBy, Reach } from '../domain/catalogue/portfolio.ts';
import type { Lens } from '../domain/catalogue/lens.ts';
import type { Band } from '../domain/readiness/assessment.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { CatalogueView, ServiceRow } from './catalogue-view.ts';
import type { Page, PageRequest } from './stores.ts';

export interface ServiceFilter {
  readonly lens?: Lens | null;
  readonly operatedBy?: OperatedBy | null;
  readonly reach?: Reach | null;
  readonly tier?: number | null | undefined;
  readonly band?: Band | null;
  /** Owner or deputy. */
  readonly owner?: string | null | undefined;
  readonly department?: string | null;
  /** Part of the key or the name, in any case. */
  readonly text?: string | null;
}

/** Keys of the services that an active schedule drills. */
export function scheduledServices(
  schedules: readonly Pick<Schedule, 'runbook' | 'isActive'>[],
  runbooks: ReadonlyMap<string, Listed>,
): ReadonlySet<string> {
  const active = schedules.filter(({ isActive }) => isActive);
  return new Set(active.flatMap(({ runbook }) => runbooks.get(runbook)?.latest.runbook.services ?? []));
}

interface Listed {
  readonly latest: { readonly runbook: Pick<Runbook, 'services'> };
}

export const SERVICE_SORTS = ['fix-first', 'score', 'name', 'tier', 'last-drill'] as const;
export type ServiceSort = (typeof SERVICE_SORTS)[number];

/** A service's key is its cursor; one that has left the list since begins the list anew. */
export function listServices(view: CatalogueView, filter: ServiceFilter, page: PageRequest & { readonly sort: ServiceSort }): Page<ServiceRow> {
  const rows = view.rows.filter((row) => isWanted(row, filter)).toSorted((a, b) => COMPARE[page.sort](a, b) || compare(a.service.key, b.service.key));
  const start = page.after === null ? 0 : rows.findIndex((row) => row.service.key === page.after) + 1;
  const slice = rows.slice(start, start + page.first);
  return { rows: slice, cursors: slice.map((row) => row.service.key), hasNext: start + slice.length < rows.length, total: rows.length };
}

export function isWanted({ service, reach, lenses, band }: ServiceRow, filter: ServiceFilter): boolean {
  const text = filter.text?.trim().toLowerCase() ?? '';
  return (
    (filter.lens == null || lenses.includes(filter.lens)) &&
    (filter.operatedBy == null || service.operatedBy === filter.operatedBy) &&
    (filter.reach == null || reach === filter.reach) &&
    (filter.tier == null || service.tier === filter.tier) &&
    (filter.band == null || band === filter.band) &&
    (filter.owner == null || service.owner === filter.owner || service.deputy === filter.owner) &&
    (filter.department == null || service.department === filter.department) &&
    (text === '' || service.key.includes(text) || service.name.toLowerCase().includes(text))
  );
}

const COMPARE: Readonly<Record<ServiceSort, (a: ServiceRow, b: ServiceRow) => number>> = {
  'fix-first': (a, b) => bestGain(b) - bestGain(a),
  score: (a, b) => scoreOf(a) - scoreOf(b),
  name: (a, b) => compare(a.service.name.toLowerCase(), b.service.name.toLowerCase()),
  tier: (a, b) => a.service.tier - b.service.tier,
  'last-drill': (a, b) => (a.assessment?.lastDrillAt ?? 0) - (b.assessment?.lastDrillAt ?? 0),
};

/** What the best single fix of this service is worth to the whole portfolio. */
function bestGain(row: ServiceRow): number {
  return Math.max(0, ...(row.assessment?.gaps ?? []).map((gap) => gap.portfolioGain));
}

/** Unproven comes first among the lowest: nothing speaks for it. */
export function scoreOf(row: ServiceRow): number {
  return row.band === 'unproven' ? -1 : (row.assessment?.effective ?? -1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
