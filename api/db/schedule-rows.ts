// Schedules and their due times as rows, and rows as these.
import type { Selectable } from 'kysely';
import { DRILL_MODES } from '../domain/drill/plan.ts';
import { MISSED_CAUSES, OCCURRENCE_STATES, type Occurrence, type Schedule } from '../domain/schedule/schedule.ts';
import type { OccurrenceTable, ScheduleTable } from './schedule-tables.ts';
import { flag, oneOf, readJson, writeJson } from './values.ts';

export function scheduleRow(schedule: Schedule): ScheduleTable {
  const { rule } = schedule;
  return {
    id: schedule.id,
    title: schedule.title,
    runbook: schedule.runbook,
    mode: schedule.mode,
    inputs: writeJson(schedule.inputs),
    cron: rule.kind === 'cron' ? rule.cron : '',
    rule: writeJson(rule),
    zone: schedule.zone,
    starts_on: schedule.startsOn,
    ends_on: schedule.endsOn,
    exceptions: writeJson(schedule.exceptions),
    is_only_after_pass: flag(schedule.isOnlyAfterPass),
    jitter_ms: schedule.jitterMs,
    grace_ms: schedule.graceMs,
    window_ms: schedule.windowMs,
    lead_ms: schedule.leadMs,
    alert_channel: schedule.alertChannel,
    owner: schedule.owner,
    is_active: flag(schedule.isActive),
    created_at: schedule.createdAt,
    since_at: schedule.sinceAt,
    ended_at: schedule.endedAt,
    version: schedule.version,
  };
}

export function scheduleOf(row: Selectable<ScheduleTable>): Schedule {
  return {
    id: row.id,
    title: row.title,
    runbook: row.runbook,
    mode: oneOf(DRILL_MODES, row.mode),
    inputs: readJson(row.inputs),
    rule: row.rule === null ? { kind: 'cron', cron: row.cron } : readJson(row.rule),
    zone: row.zone,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    exceptions: readJson(row.exceptions),
    isOnlyAfterPass: row.is_only_after_pass === 1,
    jitterMs: row.jitter_ms,
    graceMs: row.grace_ms,
    windowMs: row.window_ms,
    leadMs: row.lead_ms,
    alertChannel: row.alert_channel,
    owner: row.owner,
    isActive: row.is_active === 1,
    createdAt: row.created_at,
    sinceAt: row.since_at ?? row.created_at,
    endedAt: row.ended_at,
    version: row.version,
  };
}

export function occurrenceRow({ schedule, dueAt, state, drill, cause, reason }: Occurrence): OccurrenceTable {
  return { schedule, due_at: dueAt, state, drill, cause, reason };
}

export function occurrenceOf(row: Selectable<OccurrenceTable>): Occurrence {
  return {
    schedule: row.schedule,
    dueAt: row.due_at,
    state: oneOf(OCCURRENCE_STATES, row.state),
    drill: row.drill,
    cause: row.cause === null ? null : oneOf(MISSED_CAUSES, row.cause),
    reason: row.reason,
  };
}
