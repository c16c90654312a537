// Opens the database of either kind behind the one interface that use cases know.
import { randomUUID } from 'node:crypto';
import { Kysely, type LogEvent } from 'kysely';
import type { Database, Stores } from '../application/stores.ts';
import { accountStore } from './account.store.ts';
import { blackoutStore, freezeStore } from './closing.store.ts';
import { listenToOthers } from './announcements.ts';
import { draftStore } from './draft.store.ts';
import { durationStore } from './duration.store.ts';
import { drillStore } from './drill.store.ts';
import { historyStore } from './history.store.ts';
import { leaseStore } from './lease.store.ts';
import { migrate, refuseNewerSchema } from './migrate.ts';
import { preflightStore } from './preflight.store.ts';
import { portfolioStore } from './portfolio.store.ts';
import { openPostgres } from './postgres.ts';
import { refuseUnsafe } from './postgres-settings.ts';
import { readinessStore } from './readiness.store.ts';
import { runbookStore } from './runbook.store.ts';
import { scheduleAlertStore } from './schedule-alert.store.ts';
import { scheduleStore } from './schedule.store.ts';
import { transactionsOn, type Scope } from './scope.ts';
import { openSqlite } from './sqlite.ts';
import { tryWrite } from './try-write.ts';
import type { Tables } from './tables.ts';

export type DatabaseLocation = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** A statement that was run, for whoever looks for slow ones. */
export interface StatementRun {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly durationMs: number;
}

/**
 * Opens and checks; `migrate` is a step of its own. An SQLite file is made when it is not there, its folder is not.
 * Throws a DatabaseError: IN_USE, UNREACHABLE, UNUSABLE or NEWER_SCHEMA.
 */
export async function openDatabase(location: DatabaseLocation, onStatement?: (run: StatementRun) => void): Promise<Database> {
  const ownName = `muster ${randomUUID().slice(0, 8)}`;
  const dialect = location.kind === 'sqlite' ? openSqlite(location.file) : openPostgres(location.url, ownName);
  const log = onStatement === undefined ? [] : (event: LogEvent): void => onStatement(statementRun(event));
  const kysely = new Kysely<Tables>({ dialect, log });
  const target = { kysely, kind: location.kind, name: nameOf(location) };
  try {
    await refuseNewerSchema(target);
    if (location.kind === 'postgres') await refuseUnsafe(target);
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  const transactions = transactionsOn(kysely, location.kind);
  return {
    stores: storesOn(transactions.outside),
    write: (work) => transactions.write((inside) => work(storesOn(inside))),
    migrate: () => migrate(target),
    tryWrite: () => tryWrite(transactions),
    hear: (onHeard) => {
      if (location.kind === 'sqlite') return () => Promise.resolve();
      const listening = listenToOthers({ url: location.url, ownName, onHeard });
      return () => listening.stop();
    },
    close: () => kysely.destroy(),
  };
}

function storesOn(scope: Scope): Stores {
  return {
    portfolio: portfolioStore(scope),
    runbooks: runbookStore(scope),
    drafts: draftStore(scope),
    drills: drillStore(scope),
    durations: durationStore(scope),
    leases: leaseStore(scope),
    schedules: scheduleStore(scope),
    freezes: freezeStore(scope),
    blackouts: blackoutStore(scope),
    preflights: preflightStore(scope),
    scheduleAlerts: scheduleAlertStore(scope),
    readiness: readinessStore(scope),
    accounts: accountStore(scope),
    history: historyStore(scope),
  };
}

function statementRun(event: LogEvent): StatementRun {
  return { sql: event.query.sql, parameters: event.query.parameters, durationMs: event.queryDurationMillis };
}

function nameOf(location: DatabaseLocation): string {
  return location.kind === 'sqlite' ? location.file : new URL(location.url).pathname.slice(1);
}
