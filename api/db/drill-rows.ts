// Drills as rows, rows as drills, and the number behind a drill's id.
import type { Selectable, Updateable } from 'kysely';
import type { DrillRecord } from '../application/stores.ts';
import { LEVELS } from '../domain/catalogue/portfolio.ts';
import { DRILL_MODES } from '../domain/drill/plan.ts';
import { RUN_STATES } from '../domain/drill/state.ts';
import { DatabaseError } from './database-error.ts';
import type { DrillTable } from './tables.ts';
import { flag, oneOf, readJson, writeJson } from './values.ts';

const ID_FORM = /^DR-([1-9]\d{0,14})$/;
const RESULTS = ['passed', 'late', 'failed', 'aborted'] as const;

export function drillId(number: number): string {
  return `DR-${number}`;
}

/** Null when it is no drill's id. */
export function drillNumber(id: string): number | null {
  const digits = ID_FORM.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** For writing, where a wrong id is a mistake of the caller. */
export function knownDrillNumber(id: string): number {
  const number = drillNumber(id);
  if (number === null) throw new DatabaseError('NOT_FOUND', `There is no drill ${id}.`);
  return number;
}

/** The columns that may change, for the fields that are given; the others stay undefined. */
export function drillColumns(drill: Partial<DrillRecord>): Updateable<DrillTable> {
  return {
    title: drill.title,
    mode: drill.mode,
    level: drill.level,
    state: drill.state,
    services: drill.services && writeJson(drill.services),
    approvals_needed: drill.approvalsNeeded,
    approved_by: drill.approvedBy && writeJson(drill.approvedBy),
    requested_by: drill.requestedBy,
    requested_at: drill.requestedAt,
    started_by: drill.startedBy,
    started_at: drill.startedAt,
    finished_at: drill.finishedAt,
    result: drill.result,
    recovery_ms: drill.recoveryMs,
    data_loss_ms: drill.dataLossMs,
    human_wait_ms: drill.humanWaitMs,
    has_deviations: drill.hasDeviations === undefined ? undefined : flag(drill.hasDeviations),
    is_unclean: drill.isUnclean === undefined ? undefined : flag(drill.isUnclean),
    schedule: drill.schedule,
    due_at: drill.dueAt,
  };
}

export function drillOf(row: Selectable<DrillTable>): DrillRecord {
  return {
    id: drillId(row.number),
    title: row.title,
    runbook: row.runbook,
    revision: row.revision,
    mode: oneOf(DRILL_MODES, row.mode),
    level: oneOf(LEVELS, row.level),
    state: oneOf(RUN_STATES, row.state),
    services: readJson(row.services),
    planHash: row.plan_hash,
    approvalsNeeded: row.approvals_needed,
    approvedBy: readJson(row.approved_by),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    startedBy: row.started_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    result: row.result === null ? null : oneOf(RESULTS, row.result),
    recoveryMs: row.recovery_ms,
    dataLossMs: row.data_loss_ms,
    humanWaitMs: row.human_wait_ms,
    hasDeviations: row.has_deviations === 1,
    isUnclean: row.is_unclean === 1,
    schedule: row.schedule,
    dueAt: row.due_at,
  };
}
