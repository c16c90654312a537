// Portfolio, derived reach and latest assessments side by side: what the overview and the lists are cut from.
import type { Portfolio, Reach, Service } from '../domain/catalogue/portfolio.ts';
import { lensesOf, type Lens } from '../domain/catalogue/lens.ts';
import { pathToCustomers, reachOf } from '../domain/catalogue/reach.ts';
import type { Band, ServiceAssessment } from '../domain/readiness/assessment.ts';
import type { Stores } from './stores.ts';

export interface ServiceRow {
  readonly service: Service;
  readonly reach: Reach;
  /** From the service up to the customer-facing one that makes it influence customers. */
  readonly reachPath: readonly string[];
  readonly lenses: readonly Lens[];
  /** Null only between an import and the assessment that follows it. */
  readonly assessment: ServiceAssessment | null;
  readonly assessedAt: number | null;
  readonly band: Band;
}

export interface CatalogueView {
  readonly portfolio: Portfolio;
  readonly rows: readonly ServiceRow[];
  readonly byKey: ReadonlyMap<string, ServiceRow>;
}

/** In a fixed number of queries. */
export async function loadCatalogueView(stores: Stores): Promise<CatalogueView> {
  const portfolio = await stores.portfolio.load();
  const assessments = new Map((await stores.readiness.latest()).map((stored) => [stored.assessment.service, stored]));
  const reaches = reachOf(portfolio);
  const rows = portfolio.services.map((service): ServiceRow => {
    const reach = reaches.get(service.key)?.reach ?? 'internal';
    const stored = assessments.get(service.key);
    return {
      service,
      reach,
      reachPath: reach === 'influences-customers' ? pathToCustomers(reaches, service.key) : [],
      lenses: lensesOf(service, reach, portfolio.settings),
      assessment: stored?.assessment ?? null,
      assessedAt: stored?.at ?? null,
      band: stored?.assessment.band ?? 'unproven',
    };
  });
  return { portfolio, rows, byKey: new Map(rows.map((row) => [row.service.key, row])) };
}
