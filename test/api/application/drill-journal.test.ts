// The journal of drills on a real database: one order for everybody, one commit for all that follows, and silence when it fails.
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDrillJournal } from '../../../api/application/drill-journal.ts';
import { createInProcessBus } from '../../../api/application/in-process-bus.ts';
import type { Database } from '../../../api/application/stores.ts';
import { databaseFile } from '../../support/database-file.ts';
import { DrillDesk } from '../../support/drill-desk.ts';
import { confirm, plan } from '../../support/plan-builder.ts';

/** No host knows it: nothing here is dialled. */
const UNUSED_KEY = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

let desk: DrillDesk;
let place: ReturnType<typeof databaseFile>;
let isFull: boolean;

const comment = (text: string) => ({ type: 'commented', text }) as const;

beforeEach(async () => {
  place = databaseFile();
  isFull = false;
  const beneath = (database: Database): Database => ({
    ...database,
    write: (work) => (isFull ? Promise.reject(new Error('disk full')) : database.write(work)),
  });
  desk = await DrillDesk.open({ file: place.file, privateKey: UNUSED_KEY, beneath });
});
afterEach(async () => {
  await desk.close();
  place.remove();
});

describe('recording', () => {
  it('keeps the order in which it was asked, without hole or double, whoever asks at once', async () => {
    const drill = await desk.start(plan([confirm('hold')]));
    await Promise.all(Array.from({ length: 50 }, (_, index) => desk.tell(drill, comment(String(index)))));
    const entries = await desk.entries(drill);
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1));
    const texts = entries.flatMap(({ event }) => (event.type === 'commented' ? [event.text] : []));
    expect(texts).toEqual(Array.from({ length: 50 }, (_, index) => String(index)));
  });

  it('takes one of two people who answer at once, and tells the other who was first', async () => {
    const drill = await desk.start(plan([confirm('hold'), confirm('other')]));
    await desk.until(drill, (state) => state.steps.get('hold')?.state === 'waiting');
    const answer = { type: 'step-confirmed', step: 'hold', outcome: 'done', note: null } as const;
    const both = await Promise.allSettled([desk.tell(drill, answer, 'a.one'), desk.tell(drill, answer, 'b.two')]);
    expect(both[0]).toMatchObject({ status: 'fulfilled' });
    expect(both[1]).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching(/was confirmed by a\.one at/) } });
  });

  it('changes nothing and tells nobody when it cannot be written', async () => {
    const drill = await desk.start(plan([confirm('hold')]));
    await desk.until(drill, (state) => state.steps.get('hold')?.state === 'waiting');
    const before = await desk.state(drill);
    isFull = true;
    await expect(desk.tell(drill, { type: 'paused' })).rejects.toThrow('disk full');
    isFull = false;
    expect(await desk.state(drill)).toEqual(before);
    await desk.tell(drill, { type: 'paused' });
    expect((await desk.state(drill)).run).toBe('paused');
  });

  it('rebuilds the same state from what is on disk', async () => {
    const drill = await desk.start(plan([confirm('hold')]));
    const state = await desk.until(drill, (now) => now.steps.get('hold')?.state === 'waiting');
    const bus = createInProcessBus((error) => {
      throw error;
    });
    const other = createDrillJournal({ database: desk.database, clock: Date.now, bus });
    expect(await other.state(drill)).toEqual(state);
    expect(await other.state('DR-999')).toBeNull();
  });
});
