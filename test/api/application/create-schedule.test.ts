// Creating, pausing and resuming schedules: who may, and what is wrong with an input.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../api/application/access.ts';
import { createSchedule } from '../../../api/application/create-schedule.ts';
import type { ScheduleInput } from '../../../api/application/schedule-input.ts';
import { aCalendarRule, aScheduleInput } from '../../support/schedules.ts';
import { setScheduleActive } from '../../../api/application/set-schedule-active.ts';
import { COORDINATOR, storeScheduled } from './scheduled-runbook.ts';
import { temporaryApp, type TemporaryApp } from './temporary-app.ts';

const INPUT = aScheduleInput({ title: ' Mail every Sunday ', inputs: { reason: 'audit' }, zone: 'Europe/Berlin' });

const withRole = (name: string, role: Actor['roles'][number]): Actor => ({ name, displayName: name, roles: [role] });

describe('schedules', () => {
  let t: TemporaryApp;

  beforeEach(async () => {
    t = await temporaryApp();
    await storeScheduled(t.app);
  });
  afterEach(() => t.end());

  const create = (more: Partial<ScheduleInput> = {}, actor: Actor | null = COORDINATOR) => createSchedule(t.app, actor, { ...INPUT, ...more });

  it('are created active, owned by their creator, numbered and recorded', async () => {
    const first = await create();
    const second = await create({ title: 'Again' });
    if (!first.ok || !second.ok) throw new Error('both can be created');
    expect(first.value).toEqual({
      ...INPUT,
      title: 'Mail every Sunday',
      id: 'SC-1',
      owner: 'maria',
      isActive: true,
      createdAt: t.app.clock(),
      sinceAt: t.app.clock(),
      endedAt: null,
      version: 1,
    });
    expect(second.value.id).toBe('SC-2');
    expect(await t.app.database.stores.schedules.list()).toEqual([first.value, second.value]);
    expect(await t.app.database.stores.history.about('SC-1', 5)).toMatchObject([{ type: 'schedule.created', by: 'maria' }]);
  });

  it.each([
    ['cron', { rule: { kind: 'cron', cron: 'every day' } }],
    ['cron', { rule: { kind: 'cron', cron: '* * * * * *' } }],
    ['cron', { rule: { kind: 'cron', cron: '0 0 30 2 *' } }],
    ['weekdays', { rule: aCalendarRule({ unit: 'week' }) }],
    ['times', { rule: aCalendarRule({ times: ['2am'] }) }],
    ['endsOn', { startsOn: '2026-07-01', endsOn: '2026-06-01' }],
    ['exceptions', { exceptions: [{ on: 'Christmas', reason: 'x' }] }],
    ['exceptions', { exceptions: [{ on: '2026-12-24', reason: ' ' }] }],
    ['jitterMs', { jitterMs: 7 * 86_400_000 }],
    ['jitterMs', { rule: { kind: 'cron', cron: '*/10 * * * *' }, jitterMs: 600_000 }],
    ['windowMs', { windowMs: -1 }],
    ['leadMs', { leadMs: 31 * 86_400_000 }],
    ['alertChannel', { alertChannel: 'nowhere' }],
    ['owner', { owner: 'nobody-here' }],
    ['zone', { zone: 'Europe/Berlim' }],
    ['graceMs', { graceMs: -1 }],
    ['title', { title: '  ' }],
    ['inputs', { inputs: { reason: 'no choice' } }],
    ['inputs', { inputs: { unknown: 'x' } }],
  ] as const)('name the field %s when it is wrong: %j', async (field, more) => {
    expect(await create(more)).toMatchObject({ ok: false, refusal: { code: 'INVALID_INPUT', field } });
    expect(await t.app.database.stores.schedules.list()).toEqual([]);
  });

  it('need a runbook that is there', async () => {
    expect(await create({ runbook: 'nope' })).toMatchObject({ refusal: { code: 'NOT_FOUND', field: 'runbook' } });
  });

  it.each([
    ['a coordinator', withRole('maria', 'coordinator'), null],
    ['the owner of its service', withRole('owen', 'service-owner'), null],
    ['the deputy', withRole('dora', 'service-owner'), null],
    ['the owner of another service', withRole('paul', 'service-owner'), 'FORBIDDEN'],
    ['an auditor', withRole('aud', 'auditor'), 'FORBIDDEN'],
    ['an admin', withRole('root', 'admin'), 'FORBIDDEN'],
    ['nobody', null, 'UNAUTHENTICATED'],
  ] as const)('may be created and paused by %s: %s', async (_who, actor, code) => {
    const made = await create({}, actor);
    expect(made.ok ? null : made.refusal.code).toBe(code);
    if (!made.ok) await create();
    const paused = await setScheduleActive(t.app, actor, { id: 'SC-1', isActive: false });
    expect(paused.ok ? null : paused.refusal.code).toBe(code);
    expect((await t.app.database.stores.schedules.find('SC-1'))?.isActive).toBe(code !== null);
  });

  it('are paused and resumed, each recorded once', async () => {
    await create();
    for (const isActive of [false, false, true, true]) {
      expect(await setScheduleActive(t.app, COORDINATOR, { id: 'SC-1', isActive })).toMatchObject({ ok: true, value: { isActive } });
    }
    const types = (await t.app.database.stores.history.about('SC-1', 9)).map((event) => event.type);
    expect(types).toEqual(['schedule.resumed', 'schedule.paused', 'schedule.created']);
  });

  it('that are not there are not found', async () => {
    expect(await setScheduleActive(t.app, COORDINATOR, { id: 'SC-9', isActive: true })).toMatchObject({
      refusal: { code: 'NOT_FOUND', field: 'id' },
    });
  });
});
