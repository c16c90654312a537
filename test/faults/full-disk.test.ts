// The disk of the database is full in the middle of a drill: nothing starts, nothing is lost, everybody is told, and it goes on by itself.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CommentDrill, StartDrill } from '../../web/graphql/drill-actions.ts';
import { StorageQuery } from '../../web/graphql/storage.ts';
import { musterProcess, type MusterProcess } from '../support/muster-process.ts';
import { testHosts, type TestHost, type TestHosts } from '../support/sshd.ts';
import { bringToEnd, closeGate, countedContent, countOf, eventTypes, expectOnce, untilCounted, untilDrill } from '../api/faults/counted-drill.ts';
import { askAndApprove } from '../api/graphql/drilling.ts';
import { smallDisk, whyNoSmallDisk, type SmallDisk } from './small-disk.ts';

const LONGEST_MS = 90_000;
const DISK_MEGABYTES = 8;
const missing = whyNoSmallDisk();

describe.skipIf(missing !== null)(`a full disk${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let hosts: TestHosts;
  let alpha: TestHost;
  let beta: TestHost;
  let disk: SmallDisk;
  let server: MusterProcess;

  beforeAll(async () => {
    hosts = testHosts();
    [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
    disk = smallDisk(DISK_MEGABYTES);
    server = await musterProcess({ ...countedContent([alpha, beta]), sshKey: hosts.privateKey, databaseFolder: disk.folder });
    await server.start();
  }, LONGEST_MS);
  afterAll(async () => {
    await server.remove();
    disk.remove();
    await hosts.close();
  });

  it(
    'in the middle of a drill: no step starts, no acknowledged event is lost, and with room it goes on without a person',
    async () => {
      const carla = server.as('carla');
      const counted = { alpha, beta, mark: 'full-disk' };
      const asked = await askAndApprove({ carla, cosmo: server.as('cosmo') }, { runbook: 'counted', mark: counted.mark });
      const openGate = closeGate(counted, 'first');
      await carla.ask(StartDrill, asked);
      await untilCounted(counted, 'first');
      await untilDrill(carla, asked.id, ({ steps }) => steps[0]?.attempts.filter(({ state }) => state === 'LAUNCHED').length === 2);
      const acknowledged = await eventTypes(carla, asked.id);

      disk.fill(0);
      openGate();
      await untilCounted(counted, 'first', 'ended-');
      await vi.waitFor(
        async () => {
          const { storage } = await carla.ask(StorageQuery, {});
          expect(storage).toEqual({ isWritable: false, since: expect.any(String), reason: 'DISK_FULL' });
        },
        { timeout: LONGEST_MS },
      );
      const refusal = await carla.refusal(CommentDrill, { id: asked.id, text: 'Is anybody there?' });
      expect(refusal).toMatchObject({ message: expect.stringContaining('disk of the database is full'), extensions: { code: 'UNAVAILABLE' } });
      const probe = await fetch(`http://127.0.0.1:${server.port}/readyz`);
      expect([probe.status, await probe.json()]).toEqual([503, { status: 'unavailable', reason: expect.stringContaining('is full') }]);
      expect([countOf(counted, 'left'), countOf(counted, 'right')]).toEqual([
        [0, 0],
        [0, 0],
      ]);

      disk.makeRoom();
      await untilDrill(carla, asked.id, ({ steps }) => steps.some(({ state }) => state === 'WAITING'));
      await vi.waitFor(async () => expect((await carla.ask(StorageQuery, {})).storage.isWritable).toBe(true), { timeout: LONGEST_MS });
      expect(await bringToEnd(carla, asked, counted)).toEqual([]);
      await expectOnce(carla, asked.id, counted);
      const events = await eventTypes(carla, asked.id);
      expect(events.slice(0, acknowledged.length)).toEqual(acknowledged);
      expect(events).not.toContain('paused');
    },
    LONGEST_MS,
  );
});
