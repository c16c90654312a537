// The disk becomes full at one write after another of a drill; at every second of them the server is killed while it is full.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StartDrill } from '../../web/graphql/drill-actions.ts';
import { StorageQuery } from '../../web/graphql/storage.ts';
import { bringToEnd, countedContent, expectOnce } from '../api/faults/counted-drill.ts';
import { askAndApprove, drillNow } from '../api/graphql/drilling.ts';
import { musterProcess, type MusterProcess } from '../support/muster-process.ts';
import { testHosts, type TestHost, type TestHosts } from '../support/sshd.ts';
import { report } from './figures.ts';
import { isLong } from './long.ts';
import { smallDisk, whyNoSmallDisk, type SmallDisk } from './small-disk.ts';

const LONGEST_MS = 90_000;
const DISK_MEGABYTES = 16;
const KILOBYTE = 1_024;
/** A commit of a drill takes a few pages of 4 KiB: so each level ends at another of its writes. */
const LEVELS = isLong ? Array.from({ length: 60 }, (_, index) => index * 4) : [12, 40, 72];
const missing = whyNoSmallDisk();

describe.skipIf(missing !== null)(`writes that fail${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let hosts: TestHosts;
  let alpha: TestHost;
  let beta: TestHost;
  let disk: SmallDisk;
  let server: MusterProcess;
  let failed = 0;

  beforeAll(async () => {
    hosts = testHosts();
    [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
    disk = smallDisk(DISK_MEGABYTES);
    server = await musterProcess({ ...countedContent([alpha, beta]), sshKey: hosts.privateKey, databaseFolder: disk.folder });
  }, LONGEST_MS);
  afterAll(async () => {
    await report('writes that fail', { levels: LEVELS.length, 'reached in a drill': failed });
    await server.remove();
    disk.remove();
    await hosts.close();
  });

  it.each(LEVELS.map((kilobytes, index) => ({ kilobytes, isKilled: index % 2 === 1 })))(
    'with $kilobytes KiB left: nothing runs twice, nothing is lost, and the drill comes to its end',
    async ({ kilobytes, isKilled }) => {
      // A new process begins a new write-ahead log: what is left is all that it gets.
      await server.start();
      const counted = { alpha, beta, mark: `level-${kilobytes}` };
      const asked = await askAndApprove({ carla: server.as('carla'), cosmo: server.as('cosmo') }, { runbook: 'counted', mark: counted.mark });
      disk.fill(kilobytes * KILOBYTE);
      await server.as('carla').send(`mutation { startDrill(id: "${asked.id}", planHash: "${asked.planHash}") { id } }`);
      const isFull = await untilFullOrWaiting(server, asked.id);
      if (isFull) failed += 1;
      if (isKilled) await server.kill();
      disk.makeRoom();
      if (isKilled) await server.start();
      const carla = server.as('carla');
      await vi.waitFor(async () => expect((await carla.ask(StorageQuery, {})).storage.isWritable).toBe(true), { timeout: LONGEST_MS });
      if ((await drillNow(carla, asked.id)).state === 'APPROVED') await carla.ask(StartDrill, asked);
      expect(await bringToEnd(carla, asked, counted)).toEqual([]);
      await expectOnce(carla, asked.id, counted);
      expect(await server.terminate()).toBe(0);
      // The least of them stops the very first write.
      if (kilobytes <= (LEVELS[0] ?? 0)) expect(isFull).toBe(true);
    },
    LONGEST_MS,
  );
});

/** True when it is full; false when the drill got as far as it goes without a person. */
async function untilFullOrWaiting(server: MusterProcess, id: string): Promise<boolean> {
  return vi.waitFor(
    async () => {
      const carla = server.as('carla');
      if (!(await carla.ask(StorageQuery, {})).storage.isWritable) return true;
      const { steps } = await drillNow(carla, id);
      if (!steps.some(({ state }) => state === 'WAITING')) throw new Error('It is under way.');
      return false;
    },
    { timeout: LONGEST_MS },
  );
}
