// The row of a drill that has been asked for and nothing else.
import type { DrillRecord } from '../../api/application/stores.ts';
import type { Plan } from '../../api/domain/drill/plan.ts';

export function blankDrill(plan: Plan, at: number): Omit<DrillRecord, 'id' | 'state' | 'planHash'> {
  const { title, runbook, revision, mode, level, services } = plan;
  const nothing = { startedBy: null, startedAt: null, finishedAt: null, result: null, recoveryMs: null, dataLossMs: null, humanWaitMs: null };
  const flags = { hasDeviations: false, isUnclean: false, schedule: null, dueAt: null };
  return {
    title,
    runbook,
    revision,
    mode,
    level,
    services,
    approvalsNeeded: 0,
    approvedBy: [],
    requestedBy: 'r.quester',
    requestedAt: at,
    ...nothing,
    ...flags,
  };
}
