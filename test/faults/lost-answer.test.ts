// A drill on a PostgreSQL whose link is cut at its commits, with the answer on the way or before they get there. The counter on the hosts is the oracle.
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { StartDrill } from '../../web/graphql/drill-actions.ts';
import { bringToEnd, countedContent, expectOnce } from '../api/faults/counted-drill.ts';
import { emptyPostgres, type EmptyPostgres } from '../api/faults/empty-postgres.ts';
import { askAndApprove } from '../api/graphql/drilling.ts';
import { musterProcess, type MusterProcess } from '../support/muster-process.ts';
import { postgresProxy, type PostgresProxy } from '../support/postgres-proxy.ts';
import { testHosts, type TestHost, type TestHosts } from '../support/sshd.ts';
import { report } from './figures.ts';
import { isLong } from './long.ts';

const LONGEST_MS = 120_000;
/**
 * One of so many commits is cut: each number meets other events of the drill. Not one of two: looking for what became of a commit is a commit too,
 * and the two would take turns.
 */
const STRIDES = isLong ? [3, 4, 5, 6, 7] : [4];

describe('a link to PostgreSQL that is cut at commits', () => {
  let hosts: TestHosts;
  let alpha: TestHost;
  let beta: TestHost;
  let empty: EmptyPostgres;
  let link: PostgresProxy;
  let server: MusterProcess;
  let cuts = 0;

  beforeAll(async () => {
    hosts = testHosts();
    [alpha, beta] = await Promise.all([hosts.add('alpha'), hosts.add('beta')]);
    empty = await emptyPostgres(inject('postgresUrl'));
    link = await postgresProxy(empty.postgresUrl);
    server = await musterProcess({ ...countedContent([alpha, beta]), sshKey: hosts.privateKey, postgresUrl: link.url });
    await server.start();
  }, LONGEST_MS);
  afterAll(async () => {
    await report('a link that is cut at commits', { strides: STRIDES.length, cuts });
    await server.remove();
    await link.close();
    await empty.remove();
    await hosts.close();
  });

  it.each(STRIDES.flatMap((stride) => (['answer', 'commit'] as const).map((place) => ({ stride, place }))))(
    'one of $stride, its $place lost: nothing runs twice, nothing is left behind, and nobody is asked',
    async ({ stride, place }) => {
      const carla = server.as('carla');
      const counted = { alpha, beta, mark: `cut-${place}-${stride}` };
      const asked = await askAndApprove({ carla, cosmo: server.as('cosmo') }, { runbook: 'counted', mark: counted.mark });
      link.cutAt(place, (commit) => commit % stride === 0);
      try {
        // What a person does may be refused then: it is done again, as the page advises.
        await vi.waitFor(() => carla.ask(StartDrill, asked).catch(onlyWhenUnstarted), { timeout: LONGEST_MS / 4, interval: 100 });
        expect(await vi.waitFor(() => bringToEnd(carla, asked, counted), { timeout: LONGEST_MS / 2, interval: 100 })).toEqual([]);
        expect(link.cuts()).toBeGreaterThan(2);
        cuts += link.cuts();
      } finally {
        link.cutAt(null);
      }
      await expectOnce(carla, asked.id, counted);
    },
    LONGEST_MS,
  );
});

/** A start that was stored although its answer was lost is refused the second time. */
function onlyWhenUnstarted(error: unknown): void {
  if (!String(error).includes('running')) throw error;
}
