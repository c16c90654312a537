// Drills in the hands of a process that shares its database with others, while messages get lost and leases run out. No hosts.
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDrillJournal } from '../../../api/application/drill-journal.ts';
import { createInProcessBus } from '../../../api/application/in-process-bus.ts';
import { LeaseLost } from '../../../api/application/leases.ts';
import type { Bus, DrillEngine, DrillJournal } from '../../../api/application/ports.ts';
import type { Database } from '../../../api/application/stores.ts';
import type { DrillEvent } from '../../../api/domain/drill/journal.ts';
import { planHash, type PlanStep } from '../../../api/domain/drill/plan.ts';
import { createDrillEngine, type DrillEngineOptions } from '../../../api/engine/drill-engine.ts';
import type { LeaseSettings } from '../../../api/engine/lease-keeper.ts';
import { blankDrill } from '../../support/blank-drill.ts';
import { aloneLeases, TEST_SEALS } from '../../support/drill-process.ts';
import { confirm, plan, run } from '../../support/plan-builder.ts';
import { drillApp, type DrillApp } from '../application/drill-app.ts';

/** A little more than the pause between two tries of the engine. */
const ONE_PAUSE_MS = 2_600;
const LEASE_MS = 300;
const shared = { ...aloneLeases(), isAlone: false, leaseMs: LEASE_MS };

let t: DrillApp;
let engine: DrillEngine | null = null;

beforeEach(async () => {
  t = await drillApp();
});
afterEach(async () => {
  await engine?.stop();
  engine = null;
  await t.end();
});

function silentBus(): Bus {
  return createInProcessBus((error) => {
    throw error;
  });
}

/** As a process of its own has it: nobody else hears what is recorded through it. */
function ownJournal(bus: Bus, database: Database = t.app.database): DrillJournal {
  return createDrillJournal({ database, clock: Date.now, bus, isShared: true });
}

function engineWith(options: Pick<DrillEngineOptions, 'journal'> & Partial<DrillEngineOptions>): DrillEngine {
  const { database, remote } = t.app;
  const ownMachine = { act: () => Promise.reject(new Error('not here')), run: () => Promise.reject(new Error('not here')) };
  const log = { warn: () => undefined, error: () => undefined };
  const rest = { database, remote, ownMachine, seals: TEST_SEALS, clock: Date.now, bus: silentBus(), log, leases: shared };
  engine = createDrillEngine({ ...rest, ...options });
  return engine;
}

async function startedDrill(journal: DrillJournal, steps: readonly PlanStep[]): Promise<string> {
  const of = plan(steps);
  const at = Date.now();
  const id = await t.app.database.write(async ({ drills }) => {
    const created = await drills.create({ ...blankDrill(of, at), planHash: planHash(of), state: 'approved' }, of);
    const event = { type: 'requested', mode: of.mode, planHash: planHash(of), approvalsNeeded: 0 } as const;
    await drills.append(created.id, [{ seq: 1, at, by: 'owen', event }], new Map());
    return created.id;
  });
  await tell(journal, id, { type: 'started' });
  return id;
}

async function tell(journal: DrillJournal, drill: string, event: DrillEvent): Promise<void> {
  expect(await journal.record(drill, 'owen', event)).toMatchObject({ ok: true });
}

describe('a drill that cannot be taken in hand', () => {
  it('is tried again once after each pause, however often it was asked for', async () => {
    let tries = 0;
    const journal: DrillJournal = {
      ...t.app.journal,
      heldBy: () => journal,
      state: () => {
        tries += 1;
        return Promise.reject(new Error('the server is away'));
      },
    };
    const taken = engineWith({ journal });
    for (let asked = 0; asked < 5; asked += 1) await taken.take('DR-1');
    expect(tries).toBe(5);
    await delay(ONE_PAUSE_MS);
    expect(tries).toBe(6);
  });
});

describe('a command that was running', () => {
  it('is asked about when what is stored of it cannot be read, and the drill is paused', async () => {
    const real = ownJournal(silentBus());
    const drill = await startedDrill(real, [run('switch', { hosts: ['alpha'] })]);
    const ref = { step: 'switch', host: 'alpha', attempt: 1, isUndo: false } as const;
    const intent = {
      type: 'attempt-intended',
      ...ref,
      commandHash: 'c'.repeat(64),
      hostKeys: [],
      deadlineAt: Date.now() + 600_000,
      id: 'a-1',
    } as const;
    for (const event of [intent, { type: 'attempt-launched', ...ref } as const]) {
      expect(await real.record(drill, null, event)).toMatchObject({ ok: true });
    }
    const journal: DrillJournal = {
      ...real,
      heldBy: (holds) => ({ ...real.heldBy(holds), storedOutput: () => Promise.reject(new Error('the row is torn')) }),
    };
    await engineWith({ journal }).recover();
    await vi.waitFor(async () => expect((await real.state(drill))?.steps.get('switch')?.state).toBe('unknown'), { timeout: 10_000 });
    const after = await real.state(drill);
    expect(after?.steps.get('switch')?.attempts[0]?.reason).toContain('Look at its host.');
    expect(after?.pause).toMatchObject({ by: null });
  });
});

describe('a drill in hand', () => {
  it('goes on after the next renewal when nobody told of what another process stored', async () => {
    const others = ownJournal(silentBus());
    const drill = await startedDrill(others, [confirm('hold')]);
    const bus = silentBus();
    await engineWith({ journal: ownJournal(bus), bus }).recover();
    await vi.waitFor(async () => expect((await others.state(drill))?.steps.get('hold')?.state).toBe('waiting'), { timeout: 10_000 });
    await delay(LEASE_MS); // whatever woke it so far is over
    await tell(others, drill, { type: 'step-confirmed', step: 'hold', outcome: 'done', note: null });
    await vi.waitFor(async () => expect((await others.state(drill))?.finishedAt).not.toBeNull(), { timeout: 10_000 });
  });

  it('that turns out to be lost is left in the middle of the turn, and nothing of that hold is recorded once it is taken again', async () => {
    const others = ownJournal(silentBus());
    const drill = await startedDrill(others, [confirm('hold')]);
    const { leases } = t.app.database.stores;
    const renew = leases.renew.bind(leases);
    let isStolen = false;
    const renewing = vi.spyOn(leases, 'renew').mockImplementation(async (...call) => {
      if (!isStolen) await leases.take(drill, { ...shared.holder, holder: 'another process', leaseMs: 0 });
      isStolen = true;
      return renew(...call);
    });
    const journals: DrillJournal[] = [];
    let readsAfterLoss = 0;
    const bus = silentBus();
    const real = ownJournal(bus);
    const journal: DrillJournal = {
      ...real,
      heldBy: (holds) => {
        const held = real.heldBy(holds);
        journals.push(held);
        const state = (asked: string) => {
          if (isStolen) readsAfterLoss += 1;
          return held.state(asked);
        };
        return { ...held, state };
      },
    };
    // So short that no turn is sure without asking.
    const taken = engineWith({ journal, bus, leases: { ...shared, leaseMs: 1 } });
    await taken.take(drill);
    await vi.waitFor(() => expect(renewing).toHaveBeenCalled());
    await delay(100);
    expect(readsAfterLoss).toBe(0);
    await taken.take(drill);
    await vi.waitFor(async () => expect((await others.state(drill))?.steps.get('hold')?.state).toBe('waiting'), { timeout: 10_000 });
    await expect(journals[0]?.record(drill, null, { type: 'paused' })).rejects.toThrow(LeaseLost);
  });
});

describe('a drill taken over', () => {
  const before = { holder: 'the one before', heldBy: 'process 812 on app-1', origin: 'elsewhere 812 1' };
  const now = `Now ${shared.holder.heldBy} has the drill in hand.`;

  async function reasonOf(lease: 'kept' | 'let go', leases: LeaseSettings): Promise<string | undefined> {
    const others = ownJournal(silentBus());
    const drill = await startedDrill(others, [confirm('hold')]);
    const { stores } = t.app.database;
    const fence = await stores.leases.take(drill, { ...before, leaseMs: 0 });
    if (lease === 'let go') await stores.leases.letGo({ drill, holder: before.holder, fence }, false);
    await engineWith({ journal: ownJournal(silentBus()), leases }).take(drill);
    const entries = await stores.drills.journal(drill, 0, 100);
    return entries.flatMap(({ event }) => (event.type === 'recovering' ? [event.reason] : []))[0];
  }

  it('from a process that is silent says that it may have stood still', async () => {
    const silent = 'nothing was heard of process 812 on app-1 for too long: it has ended, stood still, or could not reach the database.';
    expect(await reasonOf('kept', shared)).toBe(`While the drill was under way, ${silent} ${now}`);
  });

  it('from a process that has ended for certain says so', async () => {
    const reason = `The drill was under way when process 812 on app-1 ended. ${now}`;
    expect(await reasonOf('kept', { ...shared, isGone: () => true })).toBe(reason);
  });

  it('from a process that was stopped says so', async () => {
    expect(await reasonOf('let go', shared)).toBe(`The drill was under way when process 812 on app-1 was stopped. ${now}`);
  });

  it('where there can be no other process says that Muster was started again', async () => {
    expect(await reasonOf('kept', aloneLeases())).toBe('Muster was started again while the drill was under way.');
  });
});
