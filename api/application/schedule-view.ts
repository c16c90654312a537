// What schedules touch, how long their drills take and what is closed when: read once for one scan or one request.
import type { Portfolio } from '../domain/catalogue/portfolio.ts';
import { reachOf, type ServiceReach } from '../domain/catalogue/reach.ts';
import { touchedServices } from '../domain/drill/make-plan.ts';
import { planHosts } from '../domain/drill/plan-hosts.ts';
import { planTimeline } from '../domain/drill/timeline.ts';
import type { Plan } from '../domain/drill/plan.ts';
import type { Result } from '../domain/errors.ts';
import { closingOfFreeze, closingsAt, type Closing } from '../domain/schedule/closing.ts';
import { readIcal, type IcalCalendar } from '../domain/schedule/ical.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { footprintOf, type Footprint, type Touched } from '../domain/schedule/scope.ts';
import type { BlackoutCalendar } from '../domain/schedule/closing.ts';
import { resolvePlan, type ResolvedPlan } from './request-drill.ts';
import type { App } from './app.ts';
import type { Stores } from './stores.ts';

/** Passes that an expectation is taken from: enough that one slow night does not count. */
const LENGTHS_LOOKED_AT = 9;
/** What a drill takes of which nothing is known. */
const UNKNOWN_LENGTH_MS = 3_600_000;
const LOCK_NAME = 'name:';

export type ViewApp = Pick<App, 'database' | 'seals' | 'abilities'>;
export type What = Pick<Schedule, 'runbook' | 'mode' | 'inputs'>;

export class ScheduleView {
  readonly #app: ViewApp;
  readonly #catalogue: () => Promise<{ readonly portfolio: Portfolio; readonly reaches: ReadonlyMap<string, ServiceReach> }>;
  readonly #sources: () => Promise<{ readonly freezes: readonly Closing[]; readonly calendars: readonly ReadCalendar[] }>;
  readonly #lengths: () => Promise<Awaited<ReturnType<Stores['drills']['lengthsOf']>>>;
  readonly #plans = new Map<string, Promise<Result<ResolvedPlan>>>();

  constructor(app: ViewApp) {
    const { stores } = app.database;
    this.#app = app;
    this.#catalogue = once(async () => {
      const portfolio = await stores.portfolio.load();
      return { portfolio, reaches: reachOf(portfolio) };
    });
    this.#sources = once(async () => ({
      freezes: (await stores.freezes.list()).filter(({ endedAt }) => endedAt === null).map(closingOfFreeze),
      calendars: (await stores.blackouts.list()).filter(({ endedAt }) => endedAt === null).flatMap(readStored),
    }));
    this.#lengths = once(async () => {
      const runbooks = new Set((await stores.schedules.list()).map(({ runbook }) => runbook));
      return stores.drills.lengthsOf([...runbooks], LENGTHS_LOOKED_AT);
    });
  }

  /** The plan that would be frozen now. */
  async plan(what: What): Promise<Result<ResolvedPlan>> {
    const key = JSON.stringify([what.runbook, what.mode, Object.entries(what.inputs).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
    const { portfolio } = await this.#catalogue();
    const known = this.#plans.get(key) ?? resolvePlan(this.#app, { runbook: what.runbook, mode: what.mode, inputs: what.inputs }, portfolio);
    this.#plans.set(key, known);
    return known;
  }

  /** What its drill would touch; as far as the runbook tells where no plan can be made of it. */
  async footprint(what: What): Promise<Footprint> {
    const { portfolio, reaches } = await this.#catalogue();
    const resolved = await this.plan(what);
    return footprintOf(resolved.ok ? touchedBy(resolved.value.plan) : await this.#roughly(what, portfolio), portfolio, reaches);
  }

  async footprintOfPlan(plan: Plan): Promise<Footprint> {
    const { portfolio, reaches } = await this.#catalogue();
    return footprintOf(touchedBy(plan), portfolio, reaches);
  }

  /** What is closed between the two instants, in order of its start. */
  async closings(fromAt: number, toAt: number): Promise<readonly Closing[]> {
    const { freezes, calendars } = await this.#sources();
    return [
      ...freezes.filter((closing) => closing.fromAt < toAt && closing.toAt > fromAt),
      ...calendars.flatMap(({ stored, calendar }) => calendar.spans(fromAt, toAt).map((span) => closingOf(stored, span))),
    ].toSorted((a, b) => a.fromAt - b.fromAt);
  }

  /** What keeps a drill of this footprint from starting then. */
  async closedBy(footprint: Footprint, at: number): Promise<readonly Closing[]> {
    return closingsAt(await this.closings(at, at + 1), at, footprint);
  }

  /** How long a drill is expected to take: the median of its latest passes, or else what its steps say. */
  async expectedMs(what: What): Promise<number> {
    const passes = (await this.#lengths()).get(what.runbook)?.filter(({ mode }) => mode === what.mode) ?? [];
    const median = passes.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(passes.length / 2)];
    if (median !== undefined) return median;
    const resolved = await this.plan(what);
    return resolved.ok ? planTimeline(resolved.value.plan).totalMs : UNKNOWN_LENGTH_MS;
  }

  async #roughly({ runbook }: What, portfolio: Portfolio): Promise<Touched> {
    const found = await this.#app.database.stores.runbooks.find(runbook);
    if (found === null) return { services: [], hosts: [], locks: [] };
    const known = (found.approved ?? found.latest).runbook;
    return { services: known.services, hosts: planHosts(known, portfolio), locks: known.locks };
  }
}

interface ReadCalendar {
  readonly stored: BlackoutCalendar;
  readonly calendar: IcalCalendar;
}

/** One that is stored was sound when it came; what a newer version no longer reads rules out nothing. */
function readStored(stored: BlackoutCalendar): readonly ReadCalendar[] {
  const read = readIcal(stored.text, stored.zone);
  return read.ok ? [{ stored, calendar: read.calendar }] : [];
}

function closingOf({ id, title, scope }: BlackoutCalendar, span: { title: string; fromAt: number; toAt: number }): Closing {
  return { kind: 'blackout', id, title, reason: span.title, fromAt: span.fromAt, toAt: span.toAt, scope };
}

function touchedBy(plan: Plan): Touched {
  return {
    services: touchedServices(plan),
    hosts: plan.hosts.map(({ key }) => key),
    locks: plan.locks.flatMap((lock) => (lock.startsWith(LOCK_NAME) ? [lock.slice(LOCK_NAME.length)] : [])),
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => (loading ??= load());
}
