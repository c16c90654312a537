// What every resolver gets: the app, the person, and loaders that live for one operation.
import DataLoader from 'dataloader';
import type { Actor, Subject } from '../application/access.ts';
import type { App } from '../application/app.ts';
import { expectedTimes, type ExpectedTimes } from '../application/expect-steps.ts';
import { loadCatalogueView, type CatalogueView } from '../application/catalogue-view.ts';
import type { FirstRunToken } from '../application/first-run.ts';
import type { ProcedureReader } from '../application/runbook-import.ts';
import { ScheduleView } from '../application/schedule-view.ts';
import type { SignInLimits } from '../application/sign-in.ts';
import type { Account, DrillRecord, Stores } from '../application/stores.ts';
import type { HostCheck } from '../domain/readiness/evidence.ts';
import type { DrillState } from '../domain/drill/state.ts';
import type { Preflight } from '../domain/schedule/preflight.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';

export type ListedRunbook = Awaited<ReturnType<Stores['runbooks']['list']>>[number];

export interface Loaders {
  readonly view: () => Promise<CatalogueView>;
  readonly runbooks: () => Promise<ReadonlyMap<string, ListedRunbook>>;
  readonly schedules: () => Promise<readonly Schedule[]>;
  readonly scheduleView: () => ScheduleView;
  /** By schedule and due time, `SC-1 1767232800000`. */
  readonly preflightsAhead: () => Promise<ReadonlyMap<string, readonly Preflight[]>>;
  readonly hostChecks: () => Promise<ReadonlyMap<string, HostCheck>>;
  readonly account: DataLoader<string, Account | null>;
  readonly drill: DataLoader<string, DrillRecord | null>;
  readonly drillState: DataLoader<string, DrillState | null>;
  /** What the steps of a drill's plan were expected to take when it started. */
  readonly drillTimes: DataLoader<string, ExpectedTimes | null>;
  readonly lastDrillOf: DataLoader<string, DrillRecord | null>;
  readonly lockHolder: DataLoader<string, string | null>;
}

export interface AboutApp {
  readonly version: string;
  readonly isDemo: boolean;
  readonly isTls: boolean;
}

/** How sign-in and the session cookie reach the resolvers; HTTP stands behind it. */
export interface SessionGate {
  /** Null in a subscription: a socket cannot set a cookie. */
  readonly set: ((secret: string | null) => void) | null;
  readonly secret: string | null;
  /** Address of the client, for the limit on sign-ins. */
  readonly address: string;
}

export interface GraphContext {
  readonly app: App;
  readonly about: AboutApp;
  readonly firstRun: FirstRunToken;
  readonly signInLimits: SignInLimits;
  readonly readProcedure: ProcedureReader;
  readonly session: SessionGate;
  actor: Actor | null;
  loaders: Loaders;
}

export function makeLoaders(app: App): Loaders {
  const { stores } = app.database;
  // A state is replayed from its journal, or already in memory: there is no query that brings several at once.
  const drillState = new DataLoader<string, DrillState | null>((ids) => Promise.all(ids.map((id) => app.journal.state(id))));
  return {
    view: once(() => loadCatalogueView(stores)),
    runbooks: once(async () => new Map((await stores.runbooks.list()).map((row) => [row.latest.runbook.key, row]))),
    schedules: once(() => stores.schedules.list()),
    scheduleView: once(() => new ScheduleView(app)),
    preflightsAhead: once(async () => Map.groupBy(await stores.preflights.ahead(app.clock()), ({ schedule, dueAt }) => `${schedule} ${dueAt}`)),
    hostChecks: once(async () => new Map((await stores.readiness.hostChecks()).map((check) => [check.host, check]))),
    account: loaderOf(
      (names) => stores.accounts.findMany(names),
      (account) => account.name,
    ),
    drill: loaderOf(
      (ids) => stores.drills.findMany(ids),
      (drill) => drill.id,
    ),
    drillState,
    drillTimes: new DataLoader((ids) =>
      Promise.all(
        ids.map(async (id) => {
          const state = await drillState.load(id);
          return state === null ? null : expectedTimes(stores, state.plan, state.startedAt ?? app.clock());
        }),
      ),
    ),
    lastDrillOf: mapLoader((keys) => stores.drills.latestOfServices(keys)),
    lockHolder: mapLoader((names) => stores.drills.lockHolders(names)),
  };
}

/** The owners of these services, from the view that the operation has loaded anyway. */
export async function subjectIn(context: GraphContext, serviceKeys: readonly string[]): Promise<Subject> {
  const { byKey } = await context.loaders.view();
  const services = serviceKeys.flatMap((key) => byKey.get(key)?.service ?? []);
  return { owners: services.flatMap((service) => [service.owner, service.deputy]) };
}

function once<T extends object>(load: () => T): () => T {
  let loading: T | null = null;
  return () => (loading ??= load());
}

function loaderOf<T>(load: (keys: readonly string[]) => Promise<readonly T[]>, keyOf: (row: T) => string): DataLoader<string, T | null> {
  return mapLoader(async (keys) => new Map((await load(keys)).map((row) => [keyOf(row), row])));
}

function mapLoader<T>(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>): DataLoader<string, T | null> {
  return new DataLoader(async (keys: readonly string[]) => {
    const rows = await load(keys);
    return keys.map((key) => rows.get(key) ?? null);
  });
}
