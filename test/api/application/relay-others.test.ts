// What other processes stored, told to the listeners of this one, also when it cannot be read.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { relayOthers } from '../../../api/application/relay-others.ts';
import type { Database, Heard } from '../../../api/application/stores.ts';
import type { DrillEvent } from '../../../api/domain/drill/journal.ts';
import { aDrill, aPlan } from '../db/records.ts';
import { drillApp, type DrillApp } from './drill-app.ts';

let t: DrillApp;

beforeEach(async () => {
  t = await drillApp();
});
afterEach(() => t.end());

describe('what others stored', () => {
  it('is behind when it could not be read once, and is told again from the next message on', async () => {
    const paused: DrillEvent = { type: 'paused' };
    const drill = await t.app.database.write(async ({ drills }) => {
      const { id } = await drills.create(aDrill(), aPlan());
      await drills.append(id, [{ seq: 1, at: 1, by: 'dora', event: paused }], new Map());
      return id;
    });
    const listeners: ((heard: Heard) => void)[] = [];
    const hear = (heard: Heard): void => listeners.forEach((listener) => listener(heard));
    const database: Database = {
      ...t.app.database,
      hear: (onHeard) => {
        listeners.push(onHeard);
        return () => Promise.resolve();
      },
    };
    const errors: unknown[] = [];
    const told: string[] = [];
    t.app.bus.subscribe('behind', () => told.push('behind'));
    t.app.bus.subscribe('drill', ({ entries }) => told.push(...entries.map(({ event }) => event.type)));
    vi.spyOn(t.app.database.stores.drills, 'journal').mockRejectedValueOnce(new Error('away for a moment'));
    relayOthers({ database, bus: t.app.bus, onError: (error) => errors.push(error) });
    hear({ kind: 'entries', drill, from: 1, to: 1 });
    hear({ kind: 'entries', drill, from: 1, to: 1 });
    await vi.waitFor(() => expect(told).toEqual(['behind', 'paused']));
    expect(errors).toEqual([new Error('away for a moment')]);
  });
});
