// Looks ahead at a drill: hosts, keys, logins, approvals, freezes, locks and clashes. Runs nothing on any host.
import type { Plan } from '../domain/drill/plan.ts';
import type { Refusal } from '../domain/errors.ts';
import { describeClosing } from '../domain/schedule/closing.ts';
import { startOf } from '../domain/schedule/jitter.ts';
import type { PreflightProblem } from '../domain/schedule/preflight.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { readCalendar } from './calendar.ts';
import { checkPlanHosts } from './check-plan-hosts.ts';
import type { App } from './app.ts';
import type { DrillRecord } from './stores.ts';
import { lastNotPassed } from './start-gate.ts';
import type { ScheduleView, What } from './schedule-view.ts';

export interface PreflightQuestion {
  readonly what: What;
  /** Set when a schedule is the reason. */
  readonly scheduled: { readonly schedule: Schedule; readonly dueAt: number } | null;
  /** The drill that is there already: its frozen plan is what would run. */
  readonly drill: DrillRecord | null;
}

/** Clashes are looked for among what begins up to so much earlier. */
const LOOK_BACK_MS = 86_400_000;

/** In the order in which people should mend them; empty when nothing is in the way. */
export async function findPreflightProblems(app: App, view: ScheduleView, question: PreflightQuestion): Promise<readonly PreflightProblem[]> {
  const { what, scheduled, drill } = question;
  const resolved = await view.plan(what);
  const frozen = drill === null ? null : await app.database.stores.drills.plan(drill.id);
  const plan = frozen ?? (resolved.ok ? resolved.value.plan : null);
  return [
    ...(resolved.ok ? [] : refusalProblems(resolved.refusal)),
    ...(drill !== null && resolved.ok ? planProblems(drill, resolved.value.hash) : []),
    ...approvalProblems(drill),
    ...(await closingProblems(app, view, question)),
    ...(scheduled === null ? [] : await lastProblems(app, scheduled.schedule, drill)),
    ...(plan === null ? [] : await lockProblems(app, plan, drill)),
    ...(scheduled === null ? [] : await clashProblems(app, view, scheduled)),
    ...(plan === null ? [] : await checkPlanHosts(app, plan.hosts)),
  ];
}

function refusalProblems({ code, message, problems }: Refusal): readonly PreflightProblem[] {
  if (problems !== undefined && problems.length > 0) return problems;
  const isUnapproved = code === 'NOT_APPROVED';
  return [
    {
      code: isUnapproved ? 'runbook-not-approved' : 'no-plan',
      severity: 'error',
      message,
      remedy: isUnapproved ? 'Approve a revision.' : 'Correct the runbook or the schedule.',
    },
  ];
}

function planProblems(drill: DrillRecord, hash: string): readonly PreflightProblem[] {
  if (drill.planHash === hash) return [];
  const message = `The plan of ${drill.id} was frozen before its runbook, its hosts or its inputs were changed: what would be planned now is another one.`;
  return [{ code: 'plan-changed', severity: 'error', message, remedy: 'Ask for a new drill and approve that, or put back what was changed.' }];
}

function approvalProblems(drill: DrillRecord | null): readonly PreflightProblem[] {
  if (drill?.state !== 'awaiting-approval') return [];
  const missing = drill.approvalsNeeded - drill.approvedBy.length;
  const message = `${drill.id} has ${drill.approvedBy.length} of ${drill.approvalsNeeded} approvals.`;
  const remedy = `Have it approved by ${missing === 1 ? 'one more person' : `${missing} more people`} other than ${drill.requestedBy}.`;
  return [{ code: 'not-approved', severity: 'error', message, remedy }];
}

/** A freeze keeps a schedule from starting; people are only told of it. */
async function closingProblems(app: App, view: ScheduleView, { what, scheduled }: PreflightQuestion): Promise<readonly PreflightProblem[]> {
  const at = scheduled === null ? app.clock() : startOf(scheduled.schedule, scheduled.dueAt);
  const closings = await view.closedBy(await view.footprint(what), at);
  return closings.map((closing) => ({
    code: closing.kind === 'freeze' ? 'in-freeze' : 'in-blackout',
    severity: scheduled === null ? 'warning' : 'error',
    message: describeClosing(closing),
    remedy: scheduled === null ? 'Wait for its end, or start all the same.' : 'Move the due time, or end the freeze earlier.',
  }));
}

async function lastProblems(app: App, schedule: Schedule, drill: DrillRecord | null): Promise<readonly PreflightProblem[]> {
  const hindrance = await lastNotPassed(app.database.stores, { schedule, own: drill?.id ?? null });
  if (hindrance === null) return [];
  return [{ code: hindrance.cause, severity: 'error', message: hindrance.reason, remedy: 'Mend what failed and run it by hand.' }];
}

/** Those who hold a lock now may have let go of it by then. */
async function lockProblems(app: App, plan: Plan, drill: DrillRecord | null): Promise<readonly PreflightProblem[]> {
  const holders = await app.database.stores.drills.lockHolders(plan.locks);
  return [...Map.groupBy(holders, ([, holder]) => holder)]
    .filter(([holder]) => holder !== drill?.id)
    .map(([holder, held]) => ({
      code: 'locked',
      severity: 'warning' as const,
      message: `${holder} is under way and holds ${held.map(([name]) => name.replace(':', ' ')).join(', ')}.`,
      remedy: `Wait until ${holder} has ended, or end it.`,
    }));
}

async function clashProblems(
  app: App,
  view: ScheduleView,
  { schedule, dueAt }: { schedule: Schedule; dueAt: number },
): Promise<readonly PreflightProblem[]> {
  const startAt = startOf(schedule, dueAt);
  const toAt = startAt + Math.min(await view.expectedMs(schedule), LOOK_BACK_MS) + 1;
  const calendar = await readCalendar(app, { fromAt: startAt - LOOK_BACK_MS, toAt }, view);
  if (!calendar.ok) return [];
  const id = `${schedule.id} ${dueAt}`;
  return calendar.value.clashes.flatMap(({ first, second, shared }) => {
    if (first.id !== id && second.id !== id) return [];
    const other = first.id === id ? second : first;
    const what = shared.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    const message = `${other.group} is due at the same time and needs ${what} too.`;
    return [{ code: 'clash', severity: 'warning' as const, message, remedy: 'Move one of the two.' }];
  });
}
