// From what the stores hold to scores: what counts as evidence, what is kept, and who is told.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assessReadiness, assessWhenDrillsEnd } from '../../../api/application/assess-readiness.ts';
import { gatherEvidence } from '../../../api/application/gather-evidence.ts';
import type { DrillRecord, ScoreChange } from '../../../api/application/stores.ts';
import type { JournalEntry } from '../../../api/domain/drill/journal.ts';
import { aDrill, aPlan } from '../db/records.ts';
import { COMPANY, drillApp, moveRunbook, type DrillApp } from './drill-app.ts';
import { aSchedule, anOccurrence } from '../../support/schedules.ts';

let t: DrillApp;
let hash: string;
const told: (readonly ScoreChange[])[] = [];

beforeEach(async () => {
  t = await drillApp();
  told.length = 0;
  t.app.bus.subscribe('scores', ({ changes }) => told.push(changes));
  hash = await t.addRunbook(moveRunbook('move-mail'), { author: 'folder', approver: 'owen' });
});
afterEach(() => t.end());

const evidence = () => gatherEvidence(t.app.database.stores, COMPANY, t.app.clock());

/** A drill that has ended now, as its row says. */
async function ended(fields: Partial<DrillRecord> = {}): Promise<DrillRecord> {
  const at = t.app.clock();
  const row = {
    runbook: 'move-mail',
    revision: hash,
    services: ['mail'],
    state: 'passed',
    result: 'passed',
    startedAt: at - 60_000,
    finishedAt: at,
  } as const;
  return t.app.database.write((stores) => stores.drills.create(aDrill({ ...row, ...fields }), aPlan()));
}

const finished: JournalEntry = {
  seq: 9,
  at: 1,
  by: null,
  event: {
    type: 'finished',
    result: 'passed',
    summary: { recoveryMs: null, dataLossMs: null, humanWaitMs: 0, hasDeviations: false, isUnclean: false },
  },
};

describe('evidence', () => {
  it('is a drill that ran to an end, with the people of its manual steps by name of the step', async () => {
    const drill = await ended({ recoveryMs: 30_000, dataLossMs: 2_000, hasDeviations: true });
    await ended({ mode: 'check' });
    await ended({ state: 'running', result: null, finishedAt: null });
    await ended({ state: 'expired', result: null, startedAt: null, finishedAt: null });
    const entries = [
      { seq: 1, at: 1, by: 'owen', event: { type: 'step-confirmed', step: 'talk', outcome: 'done', note: null } },
      { seq: 2, at: 1, by: 'dora', event: { type: 'step-confirmed', step: 'gone', outcome: 'done', note: null } },
    ] as const;
    await t.app.database.write((stores) => stores.drills.append(drill.id, entries, new Map()));
    expect((await evidence()).drills).toEqual([
      {
        id: drill.id,
        runbook: 'move-mail',
        revision: hash,
        services: ['mail'],
        level: 'full',
        result: 'passed',
        hasDeviations: true,
        isUnclean: false,
        finishedAt: t.app.clock(),
        recoveryMs: 30_000,
        dataLossMs: 2_000,
        manualSteps: [
          { step: 'talk', title: 'Talk', people: ['owen'] },
          { step: 'gone', title: 'gone', people: ['dora'] },
        ],
      },
    ]);
  });

  it('is the approved revision of a runbook, or that there is none', async () => {
    const draft = moveRunbook('move-mail').replace('level: full', 'level: tabletop');
    await t.addRunbook(draft, { author: 'folder', approver: null });
    await t.addRunbook(moveRunbook('draft'), { author: 'folder', approver: null });
    const [unapproved, approved] = (await evidence()).runbooks;
    expect(approved).toMatchObject({ key: 'move-mail', level: 'full', approvedRevision: hash, approvedAt: t.app.clock(), hosts: ['db1'] });
    expect(unapproved).toMatchObject({ key: 'draft', approvedRevision: null, approvedAt: null });
  });

  it('is what schedules have missed and when they are due, for the services of their runbook', async () => {
    await t.app.database.write(async ({ schedules }) => {
      await schedules.create(aSchedule({ id: 'SC-1', runbook: 'move-mail', createdAt: 1 }));
      await schedules.create(aSchedule({ id: 'SC-2', runbook: 'move-mail', createdAt: 1, isActive: false }));
      for (const dueAt of [2_000, 1_000]) await schedules.claim(anOccurrence({ dueAt, state: 'missed', cause: 'late', reason: 'Late.' }));
      // Wanted so: no gap.
      await schedules.claim(anOccurrence({ dueAt: 3_000, state: 'missed', cause: 'freeze', reason: 'Year end.' }));
    });
    expect((await evidence()).schedules).toEqual([
      { id: 'SC-1', runbook: 'move-mail', services: ['mail'], isActive: true, nextDueAt: Date.UTC(2026, 5, 7, 2), missedAt: [1_000, 2_000] },
      { id: 'SC-2', runbook: 'move-mail', services: ['mail'], isActive: false, nextDueAt: null, missedAt: [] },
    ]);
  });
});

describe('assessing', () => {
  it('keeps a score for every service, and tells of those that moved', async () => {
    const first = await assessReadiness(t.app);
    expect(first.map(({ service, before }) => [service, before])).toEqual([
      ['mail', null],
      ['shop', null],
    ]);
    expect(await assessReadiness(t.app)).toEqual([]);
    expect(told).toEqual([first]);
    await ended();
    const [moved, ...others] = await assessReadiness(t.app);
    expect(others).toEqual([]);
    expect(moved).toMatchObject({ service: 'mail', before: first[0]?.after });
    expect(moved?.after.effective).toBeGreaterThan(first[0]?.after.effective ?? 100);
    const history = await t.app.database.stores.readiness.scoreHistory('mail', 0);
    expect(history.map(({ effective }) => effective)).toEqual([first[0]?.after.effective, moved?.after.effective]);
  });

  it('is done again whenever a drill ends, however many end at once', async () => {
    const stop = assessWhenDrillsEnd(t.app, (error) => {
      throw error;
    });
    const tell = (entry: JournalEntry): void => t.app.bus.publish('drill', { drill: 'DR-1', entries: [entry] });
    tell({ ...finished, event: { type: 'paused' } });
    for (let count = 0; count < 5; count += 1) tell(finished);
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 15_000 });
    await ended();
    tell(finished);
    await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 15_000 });
    stop();
    await ended({ services: ['shop'] });
    tell(finished);
    expect(await assessReadiness(t.app)).not.toEqual([]);
  });

  it.each(['reopened', 'revert-requested'] as const)('is done again when a drill is %s and so counts no longer', async (type) => {
    const drill = await ended();
    await assessReadiness(t.app);
    const stop = assessWhenDrillsEnd(t.app, (error) => {
      throw error;
    });
    await t.app.database.write((stores) => stores.drills.update(drill.id, { state: 'paused', result: null, finishedAt: null }));
    t.app.bus.publish('drill', { drill: drill.id, entries: [{ ...finished, by: 'owen', event: { type, reason: 'Not done yet.' } }] });
    await vi.waitFor(() => expect(told.flat().map(({ service }) => service)).toEqual(['mail', 'shop', 'mail']), { timeout: 15_000 });
    stop();
  });

  it('that fails is reported, and the next end is assessed again', async () => {
    const errors: unknown[] = [];
    const stop = assessWhenDrillsEnd(t.app, (error) => errors.push(error));
    const load = vi.spyOn(t.app.database.stores.portfolio, 'load').mockRejectedValueOnce(new Error('the disk is full'));
    t.app.bus.publish('drill', { drill: 'DR-1', entries: [finished] });
    await vi.waitFor(() => expect(errors).toEqual([new Error('the disk is full')]));
    await vi.waitFor(() => {
      t.app.bus.publish('drill', { drill: 'DR-1', entries: [finished] });
      expect(told).toHaveLength(1);
    });
    stop();
    load.mockRestore();
  });
});
