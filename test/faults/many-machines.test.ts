// Several processes over one PostgreSQL: workers that are killed, stand still and lose their database. The oracle is a counter on the hosts.
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest';
import { StartDrill } from '../../web/graphql/drill-actions.ts';
import { openDatabase } from '../../api/db/open-database.ts';
import { askAndApprove, type Asked } from '../api/graphql/drilling.ts';
import {
  bringToEnd,
  closeGate,
  countedContent,
  countOf,
  eventTypes,
  expectOnce,
  untilCounted,
  untilDrill,
  type Counted,
} from '../api/faults/counted-drill.ts';
import { emptyPostgres, type EmptyPostgres } from '../api/faults/empty-postgres.ts';
import { fromOneTo } from '../support/graphql-client.ts';
import { musterFleet, type FleetMember, type MusterFleet } from '../support/muster-fleet.ts';
import { aSchedule } from '../support/schedules.ts';
import { testHosts, type TestHost, type TestHosts } from '../support/sshd.ts';
import { watchFleet, type FleetWatch } from './fleet-watch.ts';
import { isLong } from './long.ts';

/** Processes are started, and leases run out. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const LEASE_SECONDS = 4;

let hosts: TestHosts;
let alpha: TestHost;
let beta: TestHost;
let database: EmptyPostgres;
let fleet: MusterFleet;
let watch: FleetWatch;

beforeAll(async () => {
  hosts = testHosts();
  [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
});
afterAll(() => hosts.close());

beforeEach(async () => {
  database = await emptyPostgres(inject('postgresUrl'));
  const { postgresUrl } = database;
  fleet = await musterFleet({ ...countedContent([alpha, beta]), postgresUrl, sshKey: hosts.privateKey, leaseSeconds: LEASE_SECONDS });
  watch = await watchFleet(postgresUrl);
});
afterEach(async () => {
  await fleet.remove();
  await watch.close();
  await database.remove();
});

interface Scene {
  readonly api: FleetMember;
  readonly asked: Asked;
  readonly counted: Counted;
}

async function approved(mark: string): Promise<Scene> {
  const api = await fleet.start('api');
  const counted = { alpha, beta, mark };
  const asked = await askAndApprove({ carla: api.as('carla'), cosmo: api.as('cosmo') }, { runbook: 'counted', mark });
  return { api, asked, counted };
}

function memberWith(pid: number, members: readonly FleetMember[]): FleetMember {
  const found = members.find((member) => member.pid === pid);
  if (found === undefined) throw new Error(`no member of the fleet is process ${pid}`);
  return found;
}

it('a worker that is killed is followed by another one, which finds its commands again and starts none twice', async () => {
  const { api, asked, counted } = await approved('killed-worker');
  const workers = [await fleet.start('worker'), await fleet.start('worker')];
  const open = closeGate(counted, 'first');
  const carla = api.as('carla');
  await carla.ask(StartDrill, asked);
  await untilCounted(counted, 'first');
  const { pid, fence } = await watch.untilHeld(asked.id, () => true);
  expect(fence).toBe(1);
  await memberWith(pid, workers).kill();
  const next = await watch.untilHeld(asked.id, (now) => now.fence === 2);
  expect(next.pid).not.toBe(pid);
  open();
  expect(await bringToEnd(carla, asked, counted)).toEqual([]);
  await expectOnce(carla, asked.id, counted);
  expect(await eventTypes(carla, asked.id)).toEqual(expect.arrayContaining(['recovering', 'recovered']));
});

it('a worker that stands still loses its drills when the lease is over; when it wakes it stores nothing more and starts nothing', async () => {
  const { api, asked, counted } = await approved('paused-worker');
  const workers = [await fleet.start('worker'), await fleet.start('worker')];
  const open = closeGate(counted, 'first');
  const carla = api.as('carla');
  await carla.ask(StartDrill, asked);
  await untilCounted(counted, 'first');
  const { pid } = await watch.untilHeld(asked.id, () => true);
  const sleeper = memberWith(pid, workers);
  sleeper.pause();
  await watch.untilHeld(asked.id, (now) => now.fence === 2);
  open();
  // What it would have taken down lies ready for it while the other one goes on.
  await untilDrill(carla, asked.id, (drill) => drill.steps.some(({ id, state }) => id === 'judge' && state === 'WAITING'));
  const before = await watch.lastSeq(asked.id);
  sleeper.goOn();
  await vi.waitFor(() => expect(sleeper.said()).toContain('Another process has the drill in hand now'), { timeout: 30_000 });
  expect(await watch.lastSeq(asked.id)).toBe(before);
  expect(await bringToEnd(carla, asked, counted)).toEqual([]);
  await expectOnce(carla, asked.id, counted);
  expect((await watch.holding(asked.id))?.fence ?? 2).toBe(2);
});

it.runIf(isLong)('a process that serves people starts no command; the first worker that comes does', async () => {
  const { api, asked, counted } = await approved('no-worker');
  const carla = api.as('carla');
  await carla.ask(StartDrill, asked);
  await untilDrill(carla, asked.id, ({ state }) => state === 'RUNNING');
  // Long enough for a second look at drills that nobody has.
  await new Promise((resolve) => setTimeout(resolve, LEASE_SECONDS * 1_000));
  expect(countOf(counted, 'first')).toEqual([0, 0]);
  expect(await watch.holding(asked.id)).toBeNull();
  await fleet.start('worker');
  expect(await bringToEnd(carla, asked, counted)).toEqual([]);
  await expectOnce(carla, asked.id, counted);
});

it('events that a worker stores are followed at another process without gap or double, also when the database breaks every connection', async () => {
  const { api, asked, counted } = await approved('followed');
  await fleet.start('worker');
  const carla = api.as('carla');
  const feed = carla.followText<{ drillEvents: { seq: number } }>(`subscription { drillEvents(drill: "${asked.id}") { seq } }`);
  const open = closeGate(counted, 'first');
  await carla.ask(StartDrill, asked);
  await untilCounted(counted, 'first');
  const seqOf = async (): Promise<number> => watch.lastSeq(asked.id);
  const reached = await seqOf();
  await feed.until(({ drillEvents }) => drillEvents.seq >= reached);
  expect(await watch.cutConnections()).toBeGreaterThan(0);
  open();
  await vi.waitFor(() => bringToEnd(carla, asked, counted), { timeout: 60_000 });
  const last = await seqOf();
  await feed.until(({ drillEvents }) => drillEvents.seq === last);
  expect(feed.seen.map(({ drillEvents }) => drillEvents.seq)).toEqual(fromOneTo(last));
  feed.stop();
  await expectOnce(carla, asked.id, counted);
});

it.runIf(isLong)('three processes that look at the same schedules make one drill of each due time', async () => {
  const members = await Promise.all([fleet.start('all'), fleet.start('all'), fleet.start('worker')]);
  const stored = await openDatabase({ kind: 'postgres', url: database.postgresUrl });
  try {
    const at = Date.now();
    const fields = {
      runbook: 'counted',
      inputs: { mark: 'scheduled' },
      mode: 'check',
      cron: '* * * * *',
      graceMs: 120_000,
      createdAt: at - 60_000,
    } as const;
    const schedules = ['SC-1', 'SC-2', 'SC-3'].map((id) => aSchedule({ ...fields, id }));
    for (const schedule of schedules) await stored.write((stores) => stores.schedules.create(schedule));
    const query = { services: null, runbook: 'counted', states: null, first: 50, after: null };
    const made = await vi.waitFor(
      async () => {
        const { rows } = await stored.stores.drills.page(query);
        for (const { id } of schedules) if (!rows.some(({ schedule }) => schedule === id)) throw new Error(`no drill of ${id} yet`);
        return rows;
      },
      { timeout: 60_000, interval: 200 },
    );
    const names = made.map(({ schedule, dueAt }) => `${schedule} ${dueAt}`);
    expect(names).toEqual([...new Set(names)]);
    expect(members.map((member) => member.said()).join('')).not.toContain('could not be handled');
  } finally {
    await stored.close();
  }
});
