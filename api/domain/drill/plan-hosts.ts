// Which hosts a runbook would touch, as far as its targets can be resolved today.
import type { Portfolio } from '../catalogue/portfolio.ts';
import type { Runbook } from '../runbook/runbook.ts';

/** Host keys in the order of the portfolio; names that it does not know are left out. */
export function planHosts(runbook: Runbook, portfolio: Portfolio): readonly string[] {
  const named = new Set(runbook.targets.flatMap((target) => (target.by === 'hosts' ? target.hosts : [])));
  const labels = runbook.targets.flatMap((target) => (target.by === 'labels' ? [Object.entries(target.labels)] : []));
  const isMeant = (host: Portfolio['hosts'][number]): boolean =>
    named.has(host.key) || labels.some((wanted) => wanted.every(([name, value]) => host.labels[name] === value));
  return portfolio.hosts.filter(isMeant).map((host) => host.key);
}
