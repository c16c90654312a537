// A plan as JSON for programs: the plan itself, its timeline and what it adds up to. Secret inputs have no value in it.
import { criticalPath, spareMs, type Planned } from '../plan/planned.ts';

export function planJson(planned: Planned): string {
  const { plan, timeline, approvalsNeeded, portfolio, unpinned } = planned;
  const isKnown = portfolio !== null;
  const shown = {
    plan: { ...plan, ...(isKnown ? {} : { objective: null, hosts: plan.hosts.map(({ key }) => ({ key })) }) },
    timeline,
    criticalPath: criticalPath(planned),
    rtoSeconds: isKnown ? plan.objective.rtoSeconds : null,
    spareMs: spareMs(planned),
    approvalsNeeded: isKnown ? approvalsNeeded : null,
    portfolio,
    unpinned,
  };
  return JSON.stringify(shown, null, 2);
}
