// Leases on both databases: one holder at a time, a fence that only rises, and the clock of the database.
import { expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { putDrill } from './records.ts';

const ONE = { holder: 'one', heldBy: 'process 1 on app-1', origin: 'a 1 1' };
const OTHER = { holder: 'other', heldBy: 'process 2 on app-2', origin: 'b 2 2' };
const LONG_MS = 60_000;

onEachDatabase('leases', (current) => {
  it('a drill that nobody took has none, and is free only while it is under way', async () => {
    const { drills, leases } = current().stores;
    const drill = await putDrill(current().stores);
    expect(await leases.find(drill)).toBeNull();
    expect(await leases.underWay()).toEqual([]);
    await drills.update(drill, { state: 'running' });
    expect(await leases.underWay()).toEqual([{ drill, lease: null }]);
  });

  it('the fence rises with every change of hands, and an older one holds nothing', async () => {
    const { leases } = current().stores;
    const drill = await putDrill(current().stores);
    expect(await leases.take(drill, { ...ONE, leaseMs: LONG_MS })).toBe(1);
    expect(await leases.isHeld({ drill, holder: 'one', fence: 1 })).toBe(true);
    expect(await leases.take(drill, { ...OTHER, leaseMs: LONG_MS })).toBe(2);
    expect(await leases.take(drill, { ...ONE, leaseMs: LONG_MS })).toBe(3);
    expect(await leases.isHeld({ drill, holder: 'one', fence: 1 })).toBe(false);
    expect(await leases.isHeld({ drill, holder: 'other', fence: 2 })).toBe(false);
    expect(await leases.isHeld({ drill, holder: 'one', fence: 3 })).toBe(true);
    expect(await leases.find(drill)).toMatchObject({ fence: 3, holder: 'one', heldBy: 'process 1 on app-1', isLetGo: false, isExpired: false });
  });

  it('a lease runs out by the clock of the database, and can be prolonged as long as nobody else took it', async () => {
    const { leases } = current().stores;
    const [mine, lost] = [await putDrill(current().stores), await putDrill(current().stores)];
    await leases.take(mine, { ...ONE, leaseMs: 0 });
    await leases.take(lost, { ...ONE, leaseMs: 0 });
    expect((await leases.find(mine))?.isExpired).toBe(true);
    await leases.take(lost, { ...OTHER, leaseMs: LONG_MS });
    expect(await leases.renew('one', LONG_MS)).toEqual(new Map([[mine, 1]]));
    expect((await leases.find(mine))?.isExpired).toBe(false);
  });

  it('who lets go says whether something is left to do; who has lost it says nothing', async () => {
    const { leases } = current().stores;
    const drill = await putDrill(current().stores);
    await leases.take(drill, { ...ONE, leaseMs: LONG_MS });
    await leases.letGo({ drill, holder: 'one', fence: 1 }, false);
    expect(await leases.find(drill)).toMatchObject({ holder: 'one', isLetGo: true, isExpired: true });
    await leases.take(drill, { ...OTHER, leaseMs: LONG_MS });
    await leases.letGo({ drill, holder: 'one', fence: 1 }, true);
    expect(await leases.find(drill)).toMatchObject({ holder: 'other', isLetGo: false });
    await leases.letGo({ drill, holder: 'other', fence: 2 }, true);
    expect(await leases.find(drill)).toMatchObject({ holder: null, isLetGo: true, fence: 2 });
  });

  it("a lock tells since when it is held, and whether its drill is in somebody's hands", async () => {
    const { drills, leases } = current().stores;
    const [one, two] = [await putDrill(current().stores), await putDrill(current().stores)];
    await drills.takeLocks(one, ['host:a'], 7);
    expect(await drills.takeLocks(two, ['host:a'], 8)).toEqual({ name: 'host:a', heldBy: one, since: 7, isInHand: false });
    await leases.take(one, { ...ONE, leaseMs: LONG_MS });
    expect(await drills.takeLocks(two, ['host:a'], 8)).toEqual({ name: 'host:a', heldBy: one, since: 7, isInHand: true });
    await leases.letGo({ drill: one, holder: 'one', fence: 1 }, false);
    expect(await drills.takeLocks(two, ['host:a'], 8)).toMatchObject({ heldBy: one, isInHand: false });
  });
});
