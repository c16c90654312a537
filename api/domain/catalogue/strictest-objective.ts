// The objective of a drill that recovers several services: the strictest among them.
import { policyOf } from './default-policies.ts';
import { objectiveOf } from './objective.ts';
import type { Portfolio } from './portfolio.ts';

/** Null RPO when none of them has data to lose; null when the portfolio knows none of the services. */
export function strictestObjective(
  portfolio: Portfolio,
  serviceKeys: readonly string[],
): { readonly rtoSeconds: number; readonly rpoSeconds: number | null } | null {
  const covered = portfolio.services.filter((service) => serviceKeys.includes(service.key));
  if (covered.length === 0) return null;
  const objectives = covered.map((service) => objectiveOf(service, policyOf(portfolio.policies, service.tier)));
  const rpos = objectives.flatMap(({ rpoSeconds }) => rpoSeconds ?? []);
  return { rtoSeconds: Math.min(...objectives.map(({ rtoSeconds }) => rtoSeconds)), rpoSeconds: rpos.length === 0 ? null : Math.min(...rpos) };
}
