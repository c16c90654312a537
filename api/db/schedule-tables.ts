// The tables of schedules as Kysely sees them; for names and kinds of columns see tables.ts.
import type { Generated } from 'kysely';
import type { PreflightProblem } from '../domain/schedule/preflight.ts';
import type { Rule } from '../domain/schedule/rule.ts';
import type { ScheduleException } from '../domain/schedule/schedule.ts';
import type { Scope } from '../domain/schedule/scope.ts';
import type { Fixed, Flag, Json } from './values.ts';

export interface ScheduleTable {
  id: string;
  title: string;
  runbook: string;
  mode: string;
  inputs: Json<Readonly<Record<string, string>>>;
  /** Empty when the rule is another one. */
  cron: string;
  /** Null in schedules that were made before there were others: `cron` is their rule. */
  rule: Json<Rule> | null;
  zone: string;
  starts_on: string | null;
  ends_on: string | null;
  exceptions: Json<readonly ScheduleException[]>;
  is_only_after_pass: Flag;
  jitter_ms: number;
  grace_ms: number;
  window_ms: number;
  lead_ms: number;
  alert_channel: string | null;
  owner: string;
  is_active: Flag;
  created_at: number;
  since_at: number | null;
  ended_at: number | null;
  version: number;
}

export interface OccurrenceTable {
  schedule: string;
  due_at: number;
  state: string;
  drill: string | null;
  cause: string | null;
  reason: string | null;
}

export interface PreflightTable {
  schedule: string;
  due_at: number;
  kind: string;
  begun_at: number;
  ended_at: number | null;
  is_ok: Flag | null;
  problems: Json<readonly PreflightProblem[]>;
}

interface ClosingColumns {
  id: Fixed<string>;
  title: string;
  scope: Json<Scope>;
  zone: string;
  owner: string;
  created_at: Fixed<number>;
  ended_at: number | null;
  version: number;
}

export interface FreezeTable extends ClosingColumns {
  reason: string;
  from_wall: string;
  to_wall: string;
}

export interface BlackoutCalendarTable extends ClosingColumns {
  /** iCalendar. */
  content: string;
}

/** `next_try_at` is null once the channel took it, or when it was given up. */
export interface ScheduleAlertTable {
  number: Generated<number>;
  schedule: Fixed<string>;
  channel: Fixed<string>;
  message: Fixed<string>;
  made_at: Fixed<number>;
  tries: number;
  next_try_at: number | null;
  failure: string | null;
}
