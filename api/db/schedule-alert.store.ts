// What people are told about schedules: it waits here until its channel took it.
import type { ScheduleAlertStore } from '../application/schedule-stores.ts';
import type { Scope } from './scope.ts';

export function scheduleAlertStore(scope: Scope): ScheduleAlertStore {
  return {
    add: async ({ schedule, channel, message, madeAt }) => {
      await scope.db
        .insertInto('schedule_alert')
        .values({ schedule, channel, message, made_at: madeAt, tries: 0, next_try_at: madeAt, failure: null })
        .execute();
    },
    take: (now, nextTryAt, first) =>
      scope.atomically(async (db) => {
        const due = await db
          .selectFrom('schedule_alert')
          .selectAll()
          .where('next_try_at', '<=', now)
          .orderBy('next_try_at')
          .orderBy('number')
          .limit(first)
          .execute();
        if (due.length === 0) return [];
        const numbers = due.map(({ number }) => number);
        await db
          .updateTable('schedule_alert')
          .set((column) => ({ tries: column('tries', '+', 1), next_try_at: nextTryAt }))
          .where('number', 'in', numbers)
          .execute();
        return due.map(({ number, schedule, channel, message, made_at, tries }) => ({
          number,
          schedule,
          channel,
          message,
          madeAt: made_at,
          tries: tries + 1,
        }));
      }),
    close: async (number, failure) => {
      await scope.db.updateTable('schedule_alert').set({ next_try_at: null, failure }).where('number', '=', number).execute();
    },
  };
}
