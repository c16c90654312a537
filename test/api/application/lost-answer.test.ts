// Commits whose answer is lost on the way, over a real link to a real PostgreSQL that is cut just then.
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { createDrillJournal } from '../../../api/application/drill-journal.ts';
import { createInProcessBus } from '../../../api/application/in-process-bus.ts';
import type { BusMessages, DrillJournal } from '../../../api/application/ports.ts';
import type { Database } from '../../../api/application/stores.ts';
import { openDatabase } from '../../../api/db/open-database.ts';
import { planHash } from '../../../api/domain/drill/plan.ts';
import { blankDrill } from '../../support/blank-drill.ts';
import { confirm, plan } from '../../support/plan-builder.ts';
import { postgresProxy, type PostgresProxy } from '../../support/postgres-proxy.ts';
import { emptyPostgres, type EmptyPostgres } from '../faults/empty-postgres.ts';

let empty: EmptyPostgres;
let link: PostgresProxy;
let database: Database;
let journal: DrillJournal;
let drill: string;
let told: BusMessages['drill'][];

beforeEach(async () => {
  empty = await emptyPostgres(inject('postgresUrl'));
  link = await postgresProxy(empty.postgresUrl);
  database = await openDatabase({ kind: 'postgres', url: link.url });
  await database.migrate();
  const bus = createInProcessBus((error) => {
    throw error;
  });
  told = [];
  bus.subscribe('drill', (message) => told.push(message));
  journal = createDrillJournal({ database, clock: Date.now, bus, isShared: true });
  drill = await request();
});
afterEach(async () => {
  await database.close();
  await link.close();
  await empty.remove();
});

async function request(): Promise<string> {
  const wanted = plan([confirm('hold')]);
  const hash = planHash(wanted);
  const event = { type: 'requested', mode: wanted.mode, planHash: hash, approvalsNeeded: 0 } as const;
  return database.write(async ({ drills }) => {
    const { id } = await drills.create({ ...blankDrill(wanted, Date.now()), planHash: hash, state: 'approved' }, wanted);
    await drills.append(id, [{ seq: 1, at: Date.now(), by: 'r.quester', event }], new Map());
    return id;
  });
}

const storedTypes = async (): Promise<readonly string[]> => (await database.stores.drills.journal(drill, 0, 100)).map(({ event }) => event.type);
const onlyOnce = (): ((commit: number) => boolean) => (commit) => commit === 1;

it('what was committed is found there again: whoever asked gets the answer, and listeners are told once', async () => {
  link.cutAt('answer', onlyOnce());
  const recorded = await journal.record(drill, 'a.one', { type: 'commented', text: 'Here.' });
  expect(link.cuts()).toBe(1);
  expect(recorded).toMatchObject({ ok: true, value: { seq: 2 } });
  expect(await storedTypes()).toEqual(['requested', 'commented']);
  expect(told.map(({ entries }) => entries.map(({ seq }) => seq))).toEqual([[2]]);
});

it('what did not get there is not stored later either, and whoever asked is told', async () => {
  link.cutAt('commit', onlyOnce());
  await expect(journal.record(drill, 'a.one', { type: 'commented', text: 'Here.' })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  expect(link.cuts()).toBe(1);
  expect(await storedTypes()).toEqual(['requested']);
  expect(told).toEqual([]);
  expect(await journal.record(drill, 'a.one', { type: 'commented', text: 'Again.' })).toMatchObject({ ok: true, value: { seq: 2 } });
});

it('as long as nobody can say, people are told so at once, and the engine waits for the truth', async () => {
  const holder = { holder: 'one', heldBy: 'process 1 on app-1', origin: '', leaseMs: 60_000 };
  const fence = await database.write(({ leases }) => leases.take(drill, holder));
  const held = journal.heldBy({ holdOf: () => ({ drill, holder: 'one', fence }), onLost: () => expect.unreachable('nobody else has it') });
  // The first answer is lost, and so is each one after it.
  link.cutAt('answer');
  const started = held.record(drill, null, { type: 'started' });
  await expect.poll(() => link.cuts(), { timeout: 10_000 }).toBeGreaterThan(1);
  await expect(journal.record(drill, 'a.one', { type: 'commented', text: 'Is anybody there?' })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  link.cutAt(null);
  expect(await started).toMatchObject({ ok: true, value: { seq: 2 } });
  expect(await storedTypes()).toEqual(['requested', 'started']);
  expect(told).toHaveLength(1);
});
