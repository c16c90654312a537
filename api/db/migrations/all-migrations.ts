// All migrations, oldest first. Only ever added to.
import { portfolio } from './0001-portfolio.ts';
import { runbooks } from './0002-runbooks.ts';
import { drills } from './0003-drills.ts';
import { schedules } from './0004-schedules.ts';
import { readiness } from './0005-readiness.ts';
import { accounts } from './0006-accounts.ts';
import { history } from './0007-history.ts';
import { drafts } from './0008-drafts.ts';
import { calendars } from './0009-calendars.ts';
import { connections } from './0010-connections.ts';
import { leases } from './0012-leases.ts';
import { stepDurations } from './0013-step-durations.ts';
import { waiting } from './0020-waiting.ts';
import { preflightsAhead } from './0021-preflights-ahead.ts';
import type { SchemaMigration } from './migration.ts';

export const MIGRATIONS: readonly SchemaMigration[] = [
  portfolio,
  runbooks,
  drills,
  schedules,
  readiness,
  accounts,
  history,
  drafts,
  calendars,
  connections,
  leases,
  stepDurations,
  waiting,
  preflightsAhead,
];
