// PostgreSQL goes away in the middle of a drill and comes back, or its disk is full: nothing starts, nothing is lost, and it goes on by itself.
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommentDrill, StartDrill } from '../../web/graphql/drill-actions.ts';
import { StorageQuery } from '../../web/graphql/storage.ts';
import { bringToEnd, closeGate, countedContent, countOf, eventTypes, expectOnce, untilCounted, untilDrill } from '../api/faults/counted-drill.ts';
import { askAndApprove } from '../api/graphql/drilling.ts';
import { musterProcess, type MusterProcess } from '../support/muster-process.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { testHosts, type TestHost, type TestHosts } from '../support/sshd.ts';
import { isLong } from './long.ts';
import { smallDisk, whyNoSmallDisk, type SmallDisk } from './small-disk.ts';

const LONGEST_MS = 150_000;
/** The longest is more than the time of a lease. */
const AWAY_SECONDS = isLong ? [20, 45] : [5];
/** An empty cluster takes half of it. */
const DISK_MEGABYTES = 96;
const missing = whyNoSmallDisk();

let hosts: TestHosts;
let alpha: TestHost;
let beta: TestHost;
let postgres: PostgresServer;
let server: MusterProcess;

beforeAll(async () => {
  hosts = testHosts();
  [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
});
afterAll(() => hosts.close());

async function startServer(): Promise<void> {
  server = await musterProcess({ ...countedContent([alpha, beta]), sshKey: hosts.privateKey, postgresUrl: postgres.url });
  await server.start();
}

/** What is left in the files that are there is used up too. The connection is made before: on a full disk none may come about. */
async function fillUp(disk: SmallDisk): Promise<void> {
  const client = new Client({ connectionString: postgres.url });
  // The server may end, and its connections with it.
  client.on('error', () => undefined);
  await client.connect();
  disk.fill(0);
  const write = async (): Promise<boolean> =>
    client.query(`select pg_logical_emit_message(true, 'ballast', repeat('x', 500000))`).then(
      () => true,
      () => false,
    );
  while (await write());
  await client.end().catch(() => undefined); // it is gone already when the server is
}

interface Fault {
  readonly mark: string;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** What the probe says meanwhile. */
  readonly says: RegExp;
}

async function drillThrough({ mark, begin, end, says }: Fault): Promise<void> {
  const carla = server.as('carla');
  const counted = { alpha, beta, mark };
  const asked = await askAndApprove({ carla, cosmo: server.as('cosmo') }, { runbook: 'counted', mark });
  const openGate = closeGate(counted, 'first');
  await carla.ask(StartDrill, asked);
  await untilCounted(counted, 'first');
  await untilDrill(carla, asked.id, ({ steps }) => steps[0]?.attempts.filter(({ state }) => state === 'LAUNCHED').length === 2);
  const acknowledged = await eventTypes(carla, asked.id);

  await begin();
  openGate();
  await untilCounted(counted, 'first', 'ended-');
  const probe = await vi.waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`);
      expect([answer.status, await answer.text()]).toEqual([503, expect.stringMatching(says)]);
      return answer.status;
    },
    { timeout: LONGEST_MS / 3, interval: 200 },
  );
  expect(probe).toBe(503);
  const refusal = await carla.refusal(CommentDrill, { id: asked.id, text: 'Is anybody there?' });
  expect(refusal).toMatchObject({ message: expect.stringContaining('Nothing can be stored at the moment'), extensions: { code: 'UNAVAILABLE' } });
  expect([countOf(counted, 'left'), countOf(counted, 'right')]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  await end();
  expect(await vi.waitFor(() => bringToEnd(carla, asked, counted), { timeout: LONGEST_MS / 2, interval: 200 })).toEqual([]);
  await vi.waitFor(async () => expect((await carla.ask(StorageQuery, {})).storage.isWritable).toBe(true), { timeout: LONGEST_MS / 3 });
  await expectOnce(carla, asked.id, counted);
  const events = await eventTypes(carla, asked.id);
  expect(events.slice(0, acknowledged.length)).toEqual(acknowledged);
  expect(events).not.toContain('paused');
}

describe('a PostgreSQL server that goes away in the middle of a drill', () => {
  beforeEach(async () => {
    postgres = await startPostgres();
    await startServer();
  }, LONGEST_MS);
  afterEach(async () => {
    await server.remove();
    await postgres.stop();
  });

  it.each(AWAY_SECONDS)(
    'for %i seconds: no step starts, no acknowledged event is lost, everybody is told, and it goes on without a person',
    async (seconds) => {
      const end = async (): Promise<void> => {
        // This is what is looked at: how long it is away.
        await delay(seconds * 1_000);
        await postgres.goOn();
      };
      await drillThrough({ mark: `away-${seconds}`, begin: () => postgres.halt(), end, says: /does not answer/ });
    },
    LONGEST_MS,
  );
});

describe.skipIf(missing !== null)(`a PostgreSQL whose disk is full${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let disk: SmallDisk;

  beforeAll(async () => {
    disk = smallDisk(DISK_MEGABYTES);
    postgres = await startPostgres({ folder: disk.folder, isSmall: true });
    await startServer();
  }, LONGEST_MS);
  afterAll(async () => {
    await server.remove();
    await postgres.stop();
    disk.remove();
  });

  /** A server that finds no room for its log ends itself; an operator starts it when there is room. */
  async function makeRoom(): Promise<void> {
    disk.makeRoom();
    await vi.waitFor(() => postgres.goOn(), { timeout: LONGEST_MS / 3, interval: 200 });
  }

  it(
    'in the middle of a drill: no step starts, no acknowledged event is lost, and with room it goes on',
    async () => {
      await drillThrough({ mark: 'full', begin: () => fillUp(disk), end: makeRoom, says: /is full|does not answer/ });
    },
    LONGEST_MS,
  );
});
