// A portfolio with one service and a runbook that recovers it by one manual step, for tests of schedules.
import type { Actor } from '../../../api/application/access.ts';
import { storeRunbooks } from '../../../api/application/store-runbooks.ts';
import type { App } from '../../../api/application/app.ts';
import type { DrillRecord } from '../../../api/application/stores.ts';
import { makePlan } from '../../../api/domain/drill/make-plan.ts';
import { planHash } from '../../../api/domain/drill/plan.ts';
import type { Runbook } from '../../../api/domain/runbook/runbook.ts';
import type { Schedule } from '../../../api/domain/schedule/schedule.ts';
import { portfolio, service } from '../domain/readiness/builders.ts';

export const COORDINATOR: Actor = { name: 'maria', displayName: 'Maria', roles: ['coordinator'] };

export const RUNBOOK: Runbook = {
  key: 'recover-mail',
  title: 'Recover mail',
  summary: null,
  services: ['mail'],
  scenario: 'site-loss',
  level: 'tabletop',
  owner: null,
  review: null,
  inputs: [{ name: 'reason', type: 'choice', isRequired: true, default: 'planned', pattern: null, choices: ['planned', 'audit'], ask: 'Why now' }],
  targets: [],
  clocks: [],
  canary: null,
  locks: [],
  steps: [
    {
      kind: 'confirm',
      id: 'talk',
      title: 'Talk it through',
      phase: null,
      needs: [],
      timeoutMs: 3_600_000,
      retry: { attempts: 1, everyMs: 0, backoff: 1 },
      estimateMs: null,
      onFailure: 'stop',
      note: null,
      tags: [],
      instruction: 'Talk it through.',
      role: null,
      expectedMs: null,
      evidence: null,
    },
  ],
};

export const PORTFOLIO = portfolio([service('mail', { owner: 'owen', deputy: 'dora' })]);

/** Stores portfolio and runbook, and gives the hash of its revision. */
export async function storeScheduled(app: Pick<App, 'database' | 'clock'>): Promise<string> {
  await app.database.write((stores) => stores.portfolio.replace(PORTFOLIO));
  const [revision] = await storeRunbooks(app, 'author', [{ runbook: RUNBOOK, source: 'title: Recover mail' }]);
  return revision?.hash ?? '';
}

/** Stores a drill that the schedule asked for, as the use case that is handed in does. */
export async function addDrill(app: Pick<App, 'database' | 'clock'>, schedule: Schedule, dueAt: number): Promise<DrillRecord> {
  const found = await app.database.stores.runbooks.find(schedule.runbook);
  const hash = found?.latest.hash ?? '';
  const made = makePlan({ revision: { hash, runbook: RUNBOOK }, mode: schedule.mode, inputs: schedule.inputs, portfolio: PORTFOLIO });
  if (!made.ok) throw new Error(made.refusal.message);
  const plan = made.value;
  const record = {
    title: plan.title,
    runbook: plan.runbook,
    revision: hash,
    mode: plan.mode,
    level: plan.level,
    state: 'approved',
    services: plan.services,
    planHash: planHash(plan),
    approvalsNeeded: 0,
    approvedBy: [],
    requestedBy: schedule.owner,
    requestedAt: app.clock(),
    startedBy: null,
    startedAt: null,
    finishedAt: null,
    result: null,
    recoveryMs: null,
    dataLossMs: null,
    humanWaitMs: null,
    hasDeviations: false,
    isUnclean: false,
    schedule: schedule.id,
    dueAt,
  } as const;
  return app.database.write((stores) => stores.drills.create(record, plan));
}
