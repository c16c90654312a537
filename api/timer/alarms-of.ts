// When a schedule rings: at its due times, or more often where its rule is no cron expression. A ring only makes the app look.
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { Alarm } from './timer.ts';

export function alarmsOf({ id, rule, zone }: Pick<Schedule, 'id' | 'rule' | 'zone'>): readonly Alarm[] {
  switch (rule.kind) {
    case 'cron':
      return [{ id, cron: rule.cron, zone }];
    case 'calendar':
      return rule.times.map((time) => ({ id, cron: daily(time), zone }));
  }
}

function daily(time: string): string {
  const [hour = '0', minute = '0'] = time.split(':');
  return `${Number(minute)} ${Number(hour)} * * *`;
}
