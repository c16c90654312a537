// Schedules, and due times that are handled once.
import { expect, it } from 'vitest';
import type { Occurrence, Schedule } from '../../../api/domain/schedule/schedule.ts';
import { aSchedule, anOccurrence } from '../../support/schedules.ts';
import { onEachDatabase } from '../../support/database.ts';

const weekly: Schedule = aSchedule({
  id: 'weekly-shop',
  runbook: 'restore-shop',
  inputs: { to: 'south' },
  cron: '0 3 * * 6',
  zone: 'Europe/Berlin',
  startsOn: '2026-03-01',
  endsOn: '2027-02-28',
  exceptions: [{ on: '2026-12-26', reason: 'A holiday.' }],
  isOnlyAfterPass: true,
  jitterMs: 60_000,
  windowMs: 7_000,
  leadMs: 8_000,
  alertChannel: 'ops',
  owner: 'ada',
  createdAt: 2_000,
});

function due(dueAt: number, fields: Partial<Occurrence> = {}): Occurrence {
  return anOccurrence({ schedule: weekly.id, dueAt, state: 'due', ...fields });
}

onEachDatabase('schedules', (current) => {
  it('come back as they were put, oldest first', async () => {
    const { schedules } = current().stores;
    const older = { ...weekly, id: 'z-older', createdAt: 1_000 };
    await schedules.create(weekly);
    await schedules.create(older);
    expect(await schedules.list()).toEqual([older, weekly]);
    expect(await schedules.find('weekly-shop')).toEqual(weekly);
    expect(await schedules.find('nothing')).toBeNull();
    const changed: Schedule = { ...weekly, isActive: false, title: 'Paused', inputs: {}, mode: 'dry-run' };
    await schedules.update(changed);
    expect(await schedules.list()).toEqual([older, changed]);
    await expect(schedules.update({ ...weekly, id: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('give each due time to one that claims it', async () => {
    const { schedules } = current().stores;
    await schedules.create(weekly);
    const answers = await Promise.all(Array.from({ length: 5 }, () => schedules.claim(due(5_000))));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await schedules.claim(due(6_000))).toBe(true);
    expect(await schedules.claim(due(6_000, { state: 'missed', reason: 'late' }))).toBe(false);
    expect(await schedules.occurrences(weekly.id, 10)).toEqual([due(6_000), due(5_000)]);
  });

  it('give a due time back when the write that claimed it fails', async () => {
    const { database, stores } = current();
    await stores.schedules.create(weekly);
    const failing = database.write(async (inside) => {
      expect(await inside.schedules.claim(due(5_000))).toBe(true);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await stores.schedules.claim(due(5_000))).toBe(true);
  });

  it('say what became of their due times', async () => {
    const { schedules } = current().stores;
    await schedules.create(weekly);
    expect(await schedules.lastDueAt(weekly.id)).toBeNull();
    for (const dueAt of [5_000, 7_000, 6_000]) await schedules.claim(due(dueAt));
    expect(await schedules.lastDueAt(weekly.id)).toBe(7_000);
    await schedules.settle(weekly.id, 5_000, { state: 'started', drill: 'DR-1', cause: null, reason: null });
    await schedules.settle(weekly.id, 7_000, { state: 'missed', drill: null, cause: 'late', reason: 'Muster was not running' });
    await schedules.settle(weekly.id, 6_000, { state: 'missed', drill: null, cause: 'late', reason: 'overlap' });
    expect(await schedules.occurrences(weekly.id, 2)).toEqual([
      due(7_000, { state: 'missed', cause: 'late', reason: 'Muster was not running' }),
      due(6_000, { state: 'missed', cause: 'late', reason: 'overlap' }),
    ]);
    expect((await schedules.missed()).map((occurrence) => occurrence.dueAt)).toEqual([6_000, 7_000]);
    await expect(schedules.settle(weekly.id, 1, { state: 'missed', drill: null, cause: 'late', reason: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(schedules.claim({ ...due(1), schedule: 'nothing' })).rejects.toThrow(/foreign key/i);
  });
});
