// Asking for a drill, approving it and turning it down: who may, what is frozen, and what is written down.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveDrill } from '../../../api/application/approve-drill.ts';
import { rejectDrill } from '../../../api/application/reject-drill.ts';
import { requestDrill, resolvePlan } from '../../../api/application/request-drill.ts';
import { startDrill } from '../../../api/application/start-drill.ts';
import type { DrillRecord } from '../../../api/application/stores.ts';
import type { DrillMode } from '../../../api/domain/drill/plan.ts';
import { planHash } from '../../../api/domain/drill/plan.ts';
import { DEFAULT_POLICIES } from '../../../api/domain/catalogue/default-policies.ts';
import { AUDREY, CARLA, COMPANY, COSMO, DORA, drillApp, moveRunbook, OWEN, refusalOf, STRANGER, valueOf, type DrillApp } from './drill-app.ts';

let t: DrillApp;

beforeEach(async () => {
  t = await drillApp();
  await t.addRunbook(moveRunbook('move-mail'), { author: 'folder', approver: 'owen' });
});
afterEach(() => t.end());

const request = (actor = OWEN, mode: DrillMode = 'rehearsal') => requestDrill(t.app, actor, { runbook: 'move-mail', mode, inputs: {} });
const asked = async (mode: DrillMode = 'rehearsal'): Promise<DrillRecord> => valueOf(await request(OWEN, mode));
const history = async (subject: string) => (await t.app.database.stores.history.about(subject, 20)).map(({ type, by }) => [type, by]);

const approve = async (drill: DrillRecord, actor = DORA, hash = drill.planHash) =>
  approveDrill(t.app, actor, { drill: drill.id, planHash: hash, note: 'Looks right.' });

describe('asking for a drill', () => {
  it('freezes the plan under its hash, opens the journal, and tells of it', async () => {
    const drill = await asked();
    const plan = await t.app.database.stores.drills.plan(drill.id);
    expect(drill).toMatchObject({ id: 'DR-1', state: 'awaiting-approval', requestedBy: 'owen', requestedAt: t.app.clock(), approvalsNeeded: 1 });
    expect(plan === null ? null : planHash(plan)).toBe(drill.planHash);
    expect(plan?.locks).toEqual(['host:db1', 'service:mail']);
    const journal = await t.app.database.stores.drills.journal('DR-1', 0, 10);
    expect(journal).toMatchObject([{ seq: 1, by: 'owen', event: { type: 'requested', planHash: drill.planHash } }]);
    expect(t.published).toEqual([{ drill: 'DR-1', entries: journal }]);
    expect(await history('DR-1')).toEqual([['drill.requested', 'owen']]);
  });

  it.each(['check', 'dry-run'] as const)('needs no approval as a %s, which changes nothing', async (mode) => {
    expect(await asked(mode)).toMatchObject({ state: 'approved', approvalsNeeded: 0 });
  });

  it('is for coordinators and the owners of what it covers', async () => {
    for (const actor of [CARLA, OWEN, DORA]) expect((await request(actor)).ok).toBe(true);
    for (const actor of [STRANGER, AUDREY]) expect(refusalOf(await request(actor)).code).toBe('FORBIDDEN');
    expect(refusalOf(await requestDrill(t.app, null, { runbook: 'move-mail', mode: 'check', inputs: {} })).code).toBe('UNAUTHENTICATED');
  });

  it('takes the newest approved revision, not the newest', async () => {
    const draft = await t.addRunbook(moveRunbook('move-mail').replace('Talk about it.', 'Talk some more.'), { author: 'folder', approver: null });
    const first = await asked();
    expect(first.revision).not.toBe(draft);
    await t.app.database.write((stores) => stores.runbooks.approve(draft, t.app.clock(), 'owen'));
    expect((await asked()).revision).toBe(draft);
  });

  it('is refused without an approved revision, a known runbook, a pinned key', async () => {
    await t.addRunbook(moveRunbook('draft'), { author: 'folder', approver: null });
    await t.addRunbook(moveRunbook('unpinned', { host: 'db2' }), { author: 'folder', approver: 'owen' });
    const why = async (runbook: string) => refusalOf(await resolvePlan(t.app, { runbook, mode: 'rehearsal', inputs: {} }));
    expect((await why('draft')).code).toBe('NOT_APPROVED');
    expect(await why('atlantis')).toMatchObject({ code: 'NOT_FOUND', field: 'runbook' });
    expect(await why('unpinned')).toMatchObject({ code: 'INVALID_INPUT', problems: [{ code: 'unpinned-host' }] });
  });
});

describe('approving a drill', () => {
  it('is done by one who did not ask, for the very plan, and once', async () => {
    const drill = await asked();
    expect(refusalOf(await approve(drill, OWEN))).toMatchObject({ code: 'FORBIDDEN', message: 'You asked for DR-1, so somebody else approves it.' });
    expect(refusalOf(await approve(drill, DORA, 'f'.repeat(64))).code).toBe('PLAN_CHANGED');
    expect(valueOf(await approve(drill))).toMatchObject({ state: 'approved', approvedBy: ['dora'] });
    expect(refusalOf(await approve(drill, COSMO))).toMatchObject({ code: 'CONFLICT', message: 'The drill was approved by dora at 09:00 UTC.' });
    expect(await history('DR-1')).toEqual([
      ['drill.approved', 'dora'],
      ['drill.requested', 'owen'],
    ]);
  });

  it('takes as many people as the tier asks for, each of them once', async () => {
    const twoPairs = { ...DEFAULT_POLICIES[1], approvals: { rehearsal: 2, failover: 2 } };
    await t.app.database.write((stores) => stores.portfolio.replace({ ...COMPANY, policies: [twoPairs] }));
    const drill = await asked();
    expect(valueOf(await approve(drill, DORA)).state).toBe('awaiting-approval');
    expect(refusalOf(await approve(drill, DORA)).message).toBe('dora has approved this drill already. Another person has to.');
    expect(refusalOf(await startDrill(t.app, CARLA, { drill: drill.id, planHash: drill.planHash })).message).toContain('1 of 2 approvals');
    expect(valueOf(await approve(drill, CARLA))).toMatchObject({ state: 'approved', approvedBy: ['dora', 'carla'] });
  });

  it('does not tell other owners whether there is such a drill', async () => {
    const drill = await asked();
    const unknown = { drill: 'DR-99', planHash: drill.planHash, note: null };
    expect(refusalOf(await approve(drill, STRANGER))).toEqual(refusalOf(await approveDrill(t.app, STRANGER, unknown)));
    expect(refusalOf(await approveDrill(t.app, CARLA, unknown))).toMatchObject({ code: 'NOT_FOUND', field: 'id' });
  });
});

describe('turning a drill down', () => {
  it('takes a reason, and nothing can be started after it', async () => {
    const drill = await asked();
    expect(refusalOf(await rejectDrill(t.app, DORA, { drill: 'DR-1', reason: '  ' }))).toMatchObject({ code: 'INVALID_INPUT', field: 'reason' });
    expect(valueOf(await rejectDrill(t.app, DORA, { drill: 'DR-1', reason: ' Month end. ' })).state).toBe('rejected');
    expect(refusalOf(await startDrill(t.app, CARLA, { drill: 'DR-1', planHash: drill.planHash })).code).toBe('BAD_STATE');
    const [event] = await t.app.database.stores.history.about('DR-1', 1);
    expect(event).toMatchObject({ type: 'drill.rejected', by: 'dora', data: { reason: 'Month end.' } });
  });
});
