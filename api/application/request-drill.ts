// Asks for a drill: resolves the plan, freezes it under its hash, and opens the journal.
import type { Portfolio } from '../domain/catalogue/portfolio.ts';
import type { DrillMode, Plan } from '../domain/drill/plan.ts';
import { planHash } from '../domain/drill/plan.ts';
import { approvalsNeeded, makePlan, touchedServices } from '../domain/drill/make-plan.ts';
import type { JournalEntry } from '../domain/drill/journal.ts';
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

/**
 * The plan that would be frozen now, from the runbook's newest approved revision. Stores nothing. Whoever asks for many hands in the portfolio.
 */
export async function resolvePlan(
  app: Pick<App, 'database' | 'seals' | 'abilities'>,
  request: PlanRequest,
  known?: Portfolio,
): Promise<Result<ResolvedPlan>> {
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
  const portfolio = known ?? (await stores.portfolio.load());
  const findRevision = await calledRevisions(stores, revision.runbook);
  const { mode, inputs } = request;
  const seal = (value: string): string => app.seals.seal(value);
  const made = makePlan({ revision, mode, inputs, portfolio, findRevision, seal, ...app.abilities });
  if (!made.ok) return made;
  return done({ plan: made.value, hash: planHash(made.value), revision, approvalsNeeded: approvalsNeeded(made.value, portfolio) });
}

/** A drill that can be stored: its plan is resolved, and it is known who stands as its requester. */
export type PreparedDrill = ResolvedPlan & { readonly requestedBy: string; readonly scheduled: ScheduledFor | null };

export async function requestDrill(app: App, actor: Actor | null, request: PlanRequest): Promise<Result<DrillRecord>> {
  const resolved = await resolvePlan(app, request);
  if (!resolved.ok) return resolved;
  const { stores } = app.database;
  const { plan } = resolved.value;
  const refusal = deny(actor, 'drills.request', await subjectOf(stores, plan.services)) ?? (await deniedCall(stores, actor, plan));
  if (refusal !== null) return { ok: false, refusal };
  if (actor === null) return refused('UNAUTHENTICATED', 'You are not signed in. Sign in and try again.');
  const stored = await app.database.write((writing) =>
    storeDrill(writing, { ...resolved.value, requestedBy: actor.name, scheduled: null }, app.clock()),
  );
  announceDrill(app, stored);
  return done(stored.drill);
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

export interface StoredDrill {
  readonly drill: DrillRecord;
  readonly entry: JournalEntry;
}

/** Freezes the plan and opens the journal, in the transaction of whoever asks. Tell of it once that is committed: `announceDrill`. */
export async function storeDrill(stores: Stores, prepared: PreparedDrill, at: number): Promise<StoredDrill> {
  const { plan, hash, requestedBy } = prepared;
  const event = { type: 'requested', mode: plan.mode, planHash: hash, approvalsNeeded: prepared.approvalsNeeded } as const;
  const entry = { seq: 1, at, by: requestedBy, event };
  const opened = apply(initialState(plan, hash), entry);
  if (!opened.ok) throw new Error(`A drill of ${plan.runbook} could not be opened: ${opened.refusal.message}`);
  const drill = await stores.drills.create({ ...blankRecord(prepared, at), state: opened.value.run }, plan);
  await stores.drills.append(drill.id, [entry], new Map());
  const data = { runbook: plan.runbook, mode: plan.mode, planHash: hash };
  await stores.history.append({ at, by: requestedBy, type: 'drill.requested', subject: drill.id, data });
  return { drill, entry };
}

export function announceDrill({ bus }: Pick<App, 'bus'>, { drill, entry }: StoredDrill): void {
  bus.publish('drill', { drill: drill.id, entries: [entry] });
}

function blankRecord(wanted: PreparedDrill, at: number): Omit<DrillRecord, 'id' | 'state'> {
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
