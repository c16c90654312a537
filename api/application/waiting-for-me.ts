// What waits for a person: questions of running drills, plans and revisions to approve, drills to start, what was left behind.
import { may, type Actor, type Subject } from './access.ts';
import type { App } from './app.ts';
import type { DrillState, RunState } from '../domain/drill/state.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import type { Service } from '../domain/catalogue/portfolio.ts';
import type { DrillRecord, Page, PageRequest } from './stores.ts';
import { failingPreflights, type FailingPreflight } from './waiting-ahead.ts';
import { mayAnswerIn, waitingAround, waitingInside, type DrillFor } from './waiting-in-drill.ts';
import { byUrgency, type WaitingItem } from './waiting-item.ts';

type StateOf = (drill: string) => Promise<DrillState | null>;

const LIVE: readonly RunState[] = ['running', 'paused', 'needs-decision', 'aborting'];
const OPEN: readonly RunState[] = ['awaiting-approval', 'approved', ...LIVE];

/** Most urgent first. Four queries and one for the services, however much there is; the states of running drills come from `stateOf`. */
export async function waitingFor(app: App, actor: Actor, stateOf: StateOf): Promise<readonly WaitingItem[]> {
  const { drills, runbooks, portfolio } = app.database.stores;
  const [open, unclean, revisions, failing] = await Promise.all([
    drills.inStates(OPEN),
    drills.unclean(),
    runbooks.awaitingApproval(),
    failingPreflights(app.database.stores, app.clock()),
  ]);
  const all = [...open, ...unclean];
  const keys = new Set([...all, ...failing, ...revisions.map(({ runbook }) => runbook)].flatMap(({ services }) => services));
  const services = new Map((await portfolio.services([...keys])).map((service) => [service.key, service]));
  const inDrills = all.map((drill) => waitingIn({ drill, actor, ...concerned(services, drill.services) }, stateOf));
  const toApprove = revisions.flatMap((revision) => waitingRevision(revision, actor, concerned(services, revision.runbook.services)));
  const ahead = failing.flatMap((one) => waitingAhead(one, actor, concerned(services, one.services)));
  return [...(await Promise.all(inDrills)).flat(), ...ahead, ...toApprove].toSorted(byUrgency);
}

/** A slice of it. An item's id is its cursor; one that has been answered since begins the list anew. */
export function pageOfWaiting(items: readonly WaitingItem[], { first, after }: PageRequest): Page<WaitingItem> {
  const start = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1;
  const rows = items.slice(start, start + first);
  return { rows, cursors: rows.map(({ id }) => id), hasNext: start + rows.length < items.length, total: items.length };
}

async function waitingIn(of: DrillFor, stateOf: StateOf): Promise<readonly WaitingItem[]> {
  if (!isLive(of.drill)) return waitingAround(of);
  const state = mayAnswerIn(of) ? await stateOf(of.drill.id) : null;
  return state === null ? [] : waitingInside(of, state);
}

function isLive({ state }: DrillRecord): boolean {
  return LIVE.includes(state);
}

interface Concerned {
  readonly subject: Subject;
  readonly serviceNames: readonly string[];
}

function concerned(services: ReadonlyMap<string, Service>, keys: readonly string[]): Concerned {
  const known = keys.flatMap((key) => services.get(key) ?? []);
  return { subject: { owners: known.flatMap(({ owner, deputy }) => [owner, deputy]) }, serviceNames: known.map(({ name }) => name) };
}

function waitingRevision(revision: Revision, actor: Actor, { subject, serviceNames }: Concerned): readonly WaitingItem[] {
  if (!may(actor, 'runbooks.approve', subject) || revision.createdBy === actor.name) return [];
  const id = `approve-revision ${revision.hash}`;
  const none = { drill: null, step: null, due: null, untilAt: null };
  return [{ id, kind: 'approve-revision', revision, serviceNames, sinceAt: revision.createdAt, ...none }];
}

function waitingAhead({ preflight, schedule }: FailingPreflight, actor: Actor, { subject, serviceNames }: Concerned): readonly WaitingItem[] {
  if (!may(actor, 'schedules.edit', subject)) return [];
  const reason = preflight.problems.find(({ severity }) => severity === 'error')?.message ?? '';
  const due = { schedule, dueAt: preflight.dueAt, reason };
  const id = `preflight ${schedule.id} ${preflight.dueAt}`;
  const sinceAt = preflight.endedAt ?? preflight.begunAt;
  return [{ id, kind: 'preflight', drill: null, step: null, revision: null, due, serviceNames, sinceAt, untilAt: preflight.dueAt }];
}
