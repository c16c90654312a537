// Makes the plan of a runbook against a portfolio file, the database, or what the runbook itself names.
import type { Portfolio } from '../../domain/catalogue/portfolio.ts';
import { approvalsNeeded, makePlan } from '../../domain/drill/make-plan.ts';
import type { DrillMode } from '../../domain/drill/plan.ts';
import { planTimeline } from '../../domain/drill/timeline.ts';
import { done, type Result } from '../../domain/errors.ts';
import { databaseOf, type LazyDatabase } from '../lazy-database.ts';
import { loadPortfolio } from '../load-portfolio.ts';
import { loadRunbook } from '../load-runbook.ts';
import type { CliParts } from '../parts.ts';
import { printSentences } from '../print-refused.ts';
import { calledRunbooks } from './called-runbooks.ts';
import type { Planned } from './planned.ts';
import { pinned, standInPortfolio } from './stand-in-portfolio.ts';

export interface PlanWish {
  readonly runbook: string;
  readonly mode: DrillMode;
  readonly inputs: Readonly<Record<string, string>>;
  /** A file; null takes the database's when there is one. */
  readonly portfolio: string | null;
}

export async function makePlanned(parts: CliParts, database: LazyDatabase, wish: PlanWish): Promise<Result<Planned>> {
  const loaded = await loadRunbook(parts, database, wish.runbook);
  if (!loaded.ok) return loaded;
  const { runbook, hash, origin } = loaded.value;
  const known = await portfolioOf(parts, database, wish.portfolio);
  if (!known.ok) return known;
  const stores = wish.portfolio === null || origin.kind === 'stored' ? (databaseOf(await database.open())?.stores ?? null) : null;
  const called = await calledRunbooks(runbook, { reader: parts.runbooks, file: origin.kind === 'disk' ? origin.file : null, stores });
  const given = known.value?.portfolio ?? standInPortfolio([runbook, ...called.runbooks], Object.values(wish.inputs));
  const portfolio = wish.portfolio === null ? given : pinned(given);
  // Whether commands may run on the app's machine is for the installation to say; the plan shows them.
  const made = makePlan({
    revision: { hash, runbook },
    mode: wish.mode,
    inputs: wish.inputs,
    portfolio,
    findRevision: called.find,
    isLocalAllowed: true,
  });
  if (!made.ok) return made;
  const plan = made.value;
  const keyless = new Set(given.hosts.flatMap(({ key, hostKeys }) => (hostKeys.length === 0 ? [key] : [])));
  return done({
    plan,
    timeline: planTimeline(plan),
    approvalsNeeded: approvalsNeeded(plan, portfolio),
    portfolio: known.value?.name ?? null,
    unpinned: plan.hosts.flatMap(({ key }) => (keyless.has(key) ? [key] : [])),
  });
}

interface KnownPortfolio {
  readonly name: string;
  readonly portfolio: Portfolio;
}

/** Null when there is none, which was said where it is not plain to see. */
async function portfolioOf(parts: CliParts, database: LazyDatabase, file: string | null): Promise<Result<KnownPortfolio | null>> {
  if (file !== null) {
    const loaded = await loadPortfolio(parts, file);
    return loaded.ok ? done({ name: `the file ${file}`, portfolio: loaded.value }) : loaded;
  }
  const opened = await database.open();
  if (opened.kind === 'refused') printSentences(parts.terminal, opened.sentences);
  if (opened.kind !== 'open') return done(null);
  const portfolio = await opened.database.stores.portfolio.load();
  // A database that nobody has put anything into knows as little as none.
  return done(portfolio.services.length === 0 ? null : { name: 'the database', portfolio });
}
