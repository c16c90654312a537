// Whose services a drill or a runbook concerns: what the policy function is asked about.
import type { Subject } from './access.ts';
import type { Stores } from './stores.ts';

/** The owners and deputies of these services; an unknown key adds nobody. */
export async function subjectOf(stores: Stores, serviceKeys: readonly string[]): Promise<Subject> {
  const services = await stores.portfolio.services(serviceKeys);
  return { owners: services.flatMap((service) => [service.owner, service.deputy]) };
}
