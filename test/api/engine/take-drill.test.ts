// Taking drills in hand while the database does not answer. Real time, nothing behind the ports.
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInProcessBus } from '../../../api/application/in-process-bus.ts';
import type { DrillEngine, DrillJournal } from '../../../api/application/ports.ts';
import { createDrillEngine } from '../../../api/engine/drill-engine.ts';
import { aloneLeases, TEST_SEALS } from '../../support/drill-process.ts';
import { drillApp, type DrillApp } from '../application/drill-app.ts';

/** A little more than the pause between two tries of the engine. */
const ONE_PAUSE_MS = 2_600;

let t: DrillApp;
let engine: DrillEngine | null = null;

beforeEach(async () => {
  t = await drillApp();
});
afterEach(async () => {
  await engine?.stop();
  await t.end();
});

function engineOn(journal: DrillJournal): DrillEngine {
  const { database, remote, clock } = t.app;
  const ownMachine = { act: () => Promise.reject(new Error('not here')), run: () => Promise.reject(new Error('not here')) };
  const log = { warn: () => undefined, error: () => undefined };
  const bus = createInProcessBus(() => undefined);
  engine = createDrillEngine({ journal, database, remote, ownMachine, seals: TEST_SEALS, clock, bus, log, leases: aloneLeases() });
  return engine;
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
    const taken = engineOn(journal);
    for (let asked = 0; asked < 5; asked += 1) await taken.take('DR-1');
    expect(tries).toBe(5);
    await delay(ONE_PAUSE_MS);
    expect(tries).toBe(6);
  });
});
