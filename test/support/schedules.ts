// Schedules as tests need them: all fields, the plain ones left as they are when nobody says otherwise.
import { PLAIN_SCHEDULE, type ScheduleInput } from '../../api/application/schedule-input.ts';
import type { DueRule } from '../../api/domain/schedule/due-times.ts';
import type { CalendarRule } from '../../api/domain/schedule/rule.ts';
import type { Occurrence, Schedule } from '../../api/domain/schedule/schedule.ts';

type Fields<T> = Partial<T> & { readonly cron?: string };

/** Weekly, of nothing in particular, unless the fields say otherwise; `cron` stands for the rule. */
export function aSchedule({ cron = '0 2 * * 0', ...fields }: Fields<Schedule> = {}): Schedule {
  return {
    ...PLAIN_SCHEDULE,
    id: 'SC-1',
    title: 'Weekly',
    runbook: 'recover-mail',
    mode: 'rehearsal',
    rule: { kind: 'cron', cron },
    zone: 'UTC',
    owner: 'carla',
    isActive: true,
    createdAt: 1_000,
    sinceAt: fields.createdAt ?? 1_000,
    endedAt: null,
    version: 1,
    ...fields,
  };
}

export function aScheduleInput({ cron = '0 2 * * 0', ...fields }: Fields<ScheduleInput> = {}): ScheduleInput {
  return { ...PLAIN_SCHEDULE, title: 'Weekly', runbook: 'recover-mail', mode: 'rehearsal', rule: { kind: 'cron', cron }, zone: 'UTC', ...fields };
}

export function anOccurrence(fields: Partial<Occurrence> = {}): Occurrence {
  return { schedule: 'SC-1', dueAt: 5_000, state: 'planned', drill: null, cause: null, reason: null, ...fields };
}

export function cronIn(zone: string, cron: string): DueRule {
  return { rule: { kind: 'cron', cron }, zone, startsOn: null, endsOn: null, exceptions: [] };
}

/** Daily at 02:00 unless the fields say otherwise. */
export function aCalendarRule(fields: Partial<CalendarRule> = {}): CalendarRule {
  const days = { weekdays: [], monthDays: [], nthWeekdays: [] };
  return { kind: 'calendar', unit: 'day', every: 1, ...days, times: ['02:00'], from: '2026-01-01', ...fields };
}
