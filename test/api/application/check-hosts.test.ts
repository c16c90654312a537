// Looking at the hosts of a runbook: over real SSH, with a key that is pinned, one that is not, and a host that is away.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { App } from '../../../api/application/app.ts';
import { checkHosts } from '../../../api/application/check-hosts.ts';
import type { HostCheck } from '../../../api/domain/readiness/evidence.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';
import { aHost, aPortfolio, aService } from '../db/records.ts';
import { ADAM, AUDREY, CARLA, drillApp, moveRunbook, OWEN, refusalOf, valueOf, type DrillApp } from './drill-app.ts';

let hosts: TestHosts;
let good: TestHost;
let away: TestHost;
let t: DrillApp;
let app: App;

beforeAll(async () => {
  hosts = testHosts();
  [good, away] = await Promise.all([hosts.add('good'), hosts.add('away')]);
  await away.stop();
});
afterAll(() => hosts.close());

beforeEach(async () => {
  t = await drillApp();
  app = { ...t.app, remote: createRemoteHosts({ credential: { privateKey: hosts.privateKey } }) };
  const { address, port, user } = good.host;
  const portfolio = aPortfolio({
    services: [aService({ key: 'mail', owner: 'owen' })],
    hosts: [
      aHost(good.host),
      aHost({ key: 'changed', address, port, user, hostKeys: [`SHA256:${'A'.repeat(43)}`] }),
      aHost({ key: 'unpinned', address, port, user }),
      aHost(away.host),
    ],
  });
  await app.database.write((stores) => stores.portfolio.replace(portfolio));
  const text = moveRunbook('move-mail').replace('host: db1', 'hosts: [good, changed, unpinned, away]');
  await t.addRunbook(text, { author: 'folder', approver: 'owen' });
});
afterEach(async () => {
  await app.remote.close();
  await t.end();
});

it('tells for each host whether it answers with the key that is pinned, and keeps that as evidence', async () => {
  const checks = valueOf(await checkHosts(app, CARLA, 'move-mail'));
  const byHost = new Map(checks.map((check): [string, HostCheck] => [check.host, check]));
  expect(byHost.get('good')).toEqual({
    host: 'good',
    at: app.clock(),
    isReachable: true,
    isKeyChanged: false,
    problem: null,
    roundTripMs: expect.any(Number),
  });
  expect(byHost.get('changed')).toMatchObject({
    isReachable: false,
    isKeyChanged: true,
    problem: expect.stringContaining('differs from the one pinned'),
  });
  expect(byHost.get('unpinned')).toMatchObject({ isReachable: false, isKeyChanged: false, problem: expect.stringContaining('no pinned host key') });
  expect(byHost.get('away')).toMatchObject({ isReachable: false, isKeyChanged: false, problem: expect.stringContaining('away') });
  for (const key of ['changed', 'unpinned']) expect(byHost.get(key)?.offeredKey).toBe(good.host.hostKeys[0]);
  const kept = checks.map(({ offeredKey: _shown, ...check }) => check);
  expect((await app.database.stores.readiness.hostChecks()).toSorted(byKey)).toEqual(kept.toSorted(byKey));
  const [stored] = await app.database.stores.readiness.latestOf(['mail']);
  expect(stored?.assessment.gaps.map(({ code }) => code)).toEqual(expect.arrayContaining(['host-key-changed', 'host-unreachable']));
});

it('is for coordinators and admins, and for a runbook that there is', async () => {
  for (const actor of [OWEN, AUDREY, null]) expect(refusalOf(await checkHosts(app, actor, 'move-mail')).code).not.toBe('NOT_FOUND');
  expect(refusalOf(await checkHosts(app, ADAM, 'atlantis'))).toMatchObject({ code: 'NOT_FOUND', field: 'runbook' });
});

function byKey(a: HostCheck, b: HostCheck): number {
  return a.host < b.host ? -1 : 1;
}
