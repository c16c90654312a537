// Asks for a drill: resolves the plan, freezes it under its hash, and opens the journal.
import type { DrillMode, Plan } from '../domain/drill/plan.ts';
import { planHash } from '../domain/drill/plan.ts';
import { approvalsNeeded, makePlan, touchedServices } from '../domain/drill/make-plan.ts';
import { apply, initialState } from '../domain/drill/reduce.ts';
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { calledRevisions } from './called-revisions.ts';
import { subjectOf } from './drill-subject.ts';
import type { DrillRecord, Stores } from './stores.ts';

export interface PlanRequest {
  readonly runbook: string;
  readonly mode: DrillMode;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Set when a schedule asks: its id and the due time. */
export interface ScheduledFor {
  readonly schedule: string;
  readonly dueAt: number;
}

export interface ResolvedPlan {
  readonly plan: Plan;
  readonly hash: string;
  readonly revision: Revision;
  readonly approvalsNeeded: number;
}

/** The plan that would be frozen now, from the runbook's newest approved revision. Stores nothing. */
export async function resolvePlan(app: Pick<App, 'database' | 'seals' | 'abilities'>, request: PlanRequest): Promise<Result<ResolvedPlan>> {
  const { stores } = app.database;
  const runbook = await stores.runbooks.find(request.runbook);
  if (runbook === null) return refused('NOT_FOUND', `There is no runbook "${request.runbook}".`, { field: 'runbook' });
  const revision = runbook.approved;
  if (revision === null) {
    return refused(
      'NOT_APPROVED',
      `No revision of ${request.runbook} is approved. Somebody other than its author approves it on the runbook's page.`,
    );
  }
  const portfolio = await stores.portfolio.load();
  const findRevision = await calledRevisions(stores, revision.runbook);
  const { mode, inputs } = request;
  const seal = (value: string): string => app.seals.seal(value);
  const made = makePlan({ revision, mode, inputs, portfolio, findRevision, seal, ...app.abilities });
  if (!made.ok) return made;
  return done({ plan: made.value, hash: planHash(made.value), revision, approvalsNeeded: approvalsNeeded(made.value, portfolio) });
}

/** `actor` null is Muster itself, on behalf of a schedule; the schedule's owner then stands as the requester. */
export async function requestDrill(
  app: App,
  actor: Actor | null,
  request: PlanRequest & { readonly scheduled?: ScheduledFor & { readonly owner: string } },
): Promise<Result<DrillRecord>> {
  const resolved = await resolvePlan(app, request);
  if (!resolved.ok) return resolved;
  const { plan, hash } = resolved.value;
  if (request.scheduled === undefined) {
    const denied = deny(actor, 'drills.request', await subjectOf(app.database.stores, plan.services));
    if (denied !== null) return { ok: false, refusal: denied };
    const foreign = await deniedCall(app.database.stores, actor, plan);
    if (foreign !== null) return { ok: false, refusal: foreign };
  }
  const requestedBy = request.scheduled?.owner ?? actor?.name;
  if (requestedBy === undefined) return refused('UNAUTHENTICATED', 'You are not signed in. Sign in and try again.');
  return openDrill(app, { ...resolved.value, plan, hash, requestedBy, scheduled: request.scheduled ?? null });
}

/** A runbook that is called touches its own services: each of them must be open to the one who asks. */
async function deniedCall(stores: Stores, actor: Actor | null, plan: Plan): Promise<Refusal | null> {
  for (const key of touchedServices(plan)) {
    if (plan.services.includes(key)) continue;
    const denied = deny(actor, 'drills.request', await subjectOf(stores, [key]));
    if (denied !== null) return denied;
  }
  return null;
}

async function openDrill(app: App, wanted: ResolvedPlan & { requestedBy: string; scheduled: ScheduledFor | null }): Promise<Result<DrillRecord>> {
  const { plan, hash, requestedBy } = wanted;
  const at = app.clock();
  const event = { type: 'requested', mode: plan.mode, planHash: hash, approvalsNeeded: wanted.approvalsNeeded } as const;
  const entry = { seq: 1, at, by: requestedBy, event };
  const opened = apply(initialState(plan, hash), entry);
  if (!opened.ok) return opened;
  const record = await app.database.write(async (stores) => {
    const created = await stores.drills.create({ ...blankRecord(wanted, at), state: opened.value.run }, plan);
    await stores.drills.append(created.id, [entry], new Map());
    await stores.history.append({
      at,
      by: requestedBy,
      type: 'drill.requested',
      subject: created.id,
      data: { runbook: plan.runbook, mode: plan.mode, planHash: hash },
    });
    return created;
  });
  app.bus.publish('drill', { drill: record.id, entries: [entry] });
  return done(record);
}

function blankRecord(wanted: ResolvedPlan & { requestedBy: string; scheduled: ScheduledFor | null }, at: number): Omit<DrillRecord, 'id' | 'state'> {
  const { plan } = wanted;
  return {
    title: plan.title,
    runbook: plan.runbook,
    revision: plan.revision,
    mode: plan.mode,
    level: plan.level,
    services: plan.services,
    planHash: wanted.hash,
    approvalsNeeded: wanted.approvalsNeeded,
    approvedBy: [],
    requestedBy: wanted.requestedBy,
    requestedAt: at,
    startedBy: null,
    startedAt: null,
    finishedAt: null,
    result: null,
    recoveryMs: null,
    dataLossMs: null,
    humanWaitMs: null,
    hasDeviations: false,
    isUnclean: false,
    schedule: wanted.scheduled?.schedule ?? null,
    dueAt: wanted.scheduled?.dueAt ?? null,
  };
}
