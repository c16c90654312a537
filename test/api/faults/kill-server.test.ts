// A server that is killed in the middle of drills and started again. The oracle is a counter on the target hosts, never our own record.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { StartDrill } from '../../../web/graphql/drill-actions.ts';
import { musterProcess, type MusterProcess } from '../../support/muster-process.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';
import { askAndApprove, type Asked } from '../graphql/drilling.ts';
import { bringToEnd, closeGate, countedContent, eventTypes, expectOnce, untilCounted, untilDrill, type Counted } from './counted-drill.ts';
import { emptyPostgres } from './empty-postgres.ts';

const LONGEST_TEST_MS = 60_000;

let hosts: TestHosts;
let alpha: TestHost;
let beta: TestHost;

beforeAll(async () => {
  hosts = testHosts();
  [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
}, LONGEST_TEST_MS);
afterAll(() => hosts.close());

/** What one moment needs: the drill, approved, and the server that is about to be killed. */
interface Scene {
  readonly server: MusterProcess;
  readonly asked: Asked;
  readonly counted: Counted;
}

interface Moment {
  readonly name: string;
  /** Starts the drill and takes it to the moment. Gives what opens the gates again, once the server is gone. */
  readonly reach: (scene: Scene) => Promise<() => void>;
  /** What the drill must ask of a person once the server is back; null when both is right. */
  readonly asks: readonly string[] | null;
  /** Ended by a signal that it answers, rather than killed. */
  readonly isInGoodOrder?: boolean;
}

const nothing = (): void => undefined;

const MOMENTS: readonly Moment[] = [
  {
    name: 'before the start is acknowledged',
    asks: null,
    reach: async (scene) => {
      startUnanswered(scene);
      return nothing;
    },
  },
  {
    name: 'as soon as the first command has begun',
    asks: null,
    reach: async (scene) => {
      startUnanswered(scene);
      await untilCounted(scene.counted, 'first');
      return nothing;
    },
  },
  {
    name: 'while commands run on two hosts',
    asks: [],
    reach: async (scene) => {
      const open = closeGate(scene.counted, 'first');
      await start(scene);
      await untilDrill(scene.server.as('carla'), scene.asked.id, (drill) => attemptsOf(drill, 'first', 'LAUNCHED') === 2);
      await untilCounted(scene.counted, 'first');
      return open;
    },
  },
  {
    name: 'while two steps run side by side',
    asks: [],
    reach: async (scene) => {
      const gates = [closeGate(scene.counted, 'left'), closeGate(scene.counted, 'right')];
      await start(scene);
      await untilDrill(
        scene.server.as('carla'),
        scene.asked.id,
        (drill) => attemptsOf(drill, 'left', 'LAUNCHED') + attemptsOf(drill, 'right', 'LAUNCHED') === 2,
      );
      return () => {
        for (const open of gates) open();
      };
    },
  },
  {
    name: 'right after a command has ended',
    asks: null,
    reach: async (scene) => {
      await start(scene);
      await untilCounted(scene.counted, 'left', 'ended-');
      return nothing;
    },
  },
  {
    name: 'between two steps',
    asks: [],
    reach: async (scene) => {
      await start(scene);
      await untilDrill(scene.server.as('carla'), scene.asked.id, (drill) =>
        drill.steps.some(({ id, state }) => id === 'breath' && state !== 'PENDING'),
      );
      return nothing;
    },
  },
  {
    name: 'while it waits for a confirmation',
    asks: [],
    reach: async (scene) => {
      await start(scene);
      await untilDrill(scene.server.as('carla'), scene.asked.id, (drill) => drill.steps.some(({ state }) => state === 'WAITING'));
      return nothing;
    },
  },
  {
    name: 'in good order while it waits for a confirmation',
    asks: [],
    isInGoodOrder: true,
    reach: async (scene) => {
      await start(scene);
      await untilDrill(scene.server.as('carla'), scene.asked.id, (drill) => drill.steps.some(({ state }) => state === 'WAITING'));
      return nothing;
    },
  },
];

/** One server over one folder; each moment ends with it killed and started again, and the next goes on with that one. */
function killedAt(moments: readonly Moment[], open: () => Promise<{ postgresUrl?: string; remove(): Promise<void> }>): void {
  let database: Awaited<ReturnType<typeof open>>;
  let server: MusterProcess;
  beforeAll(async () => {
    database = await open();
    const { postgresUrl } = database;
    const location = postgresUrl === undefined ? {} : { postgresUrl };
    server = await musterProcess({ ...countedContent([alpha, beta]), ...location, sshKey: hosts.privateKey });
    await server.start();
  }, LONGEST_TEST_MS);
  afterAll(async () => {
    await server.remove();
    await database.remove();
  });

  it.each(moments)(
    '$name: nothing runs twice, and the drill comes to its end',
    async ({ name, reach, asks, isInGoodOrder = false }) => {
      const counted = { alpha, beta, mark: `${database.postgresUrl === undefined ? 'sqlite' : 'postgres'}-${name.replaceAll(' ', '-')}` };
      const asked = await askAndApprove({ carla: server.as('carla'), cosmo: server.as('cosmo') }, { runbook: 'counted', mark: counted.mark });
      const openGates = await reach({ server, asked, counted });
      if (isInGoodOrder) expect(await server.terminate()).toBe(0);
      else await server.kill();
      openGates();
      await server.start();

      const carla = server.as('carla');
      const decisions = await bringToEnd(carla, asked, counted);
      if (asks !== null) expect(decisions.toSorted()).toEqual(asks);
      await expectOnce(carla, asked.id, counted);
      if (asks !== null) expect(await eventTypes(carla, asked.id)).toContain('recovered');
    },
    LONGEST_TEST_MS,
  );
}

const isOfPostgres = ({ name }: Moment): boolean => name === 'while two steps run side by side';

describe('on SQLite, a server ended', () => {
  killedAt(
    MOMENTS.filter((moment) => !isOfPostgres(moment)),
    async () => ({ remove: async () => undefined }),
  );
});

describe('on PostgreSQL, a server ended', () => {
  killedAt(MOMENTS.filter(isOfPostgres), () => emptyPostgres(inject('postgresUrl')));
});

async function start({ server, asked }: Scene): Promise<void> {
  await server.as('carla').ask(StartDrill, asked);
}

/** It is on its way, or done and not told, when the server dies. */
function startUnanswered(scene: Scene): void {
  void start(scene).catch(nothing);
}

function attemptsOf(drill: { readonly steps: readonly { id: string; attempts: readonly { state: string }[] }[] }, id: string, state: string): number {
  return drill.steps.find((step) => step.id === id)?.attempts.filter((attempt) => attempt.state === state).length ?? 0;
}
