// Pinning host keys: over real SSH, by whom it may be done, against what somebody else did meanwhile, and what stays of it.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { App } from '../../../api/application/app.ts';
import { checkOneHost } from '../../../api/application/check-hosts.ts';
import { pinHostKeys } from '../../../api/application/pin-host-keys.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';
import { aHost, aPortfolio } from '../db/records.ts';
import { ADAM, CARLA, COSMO, drillApp, OWEN, refusalOf, valueOf, type DrillApp } from './drill-app.ts';

const OLD_KEY = `SHA256:${'A'.repeat(43)}`;
const OTHER_KEY = `SHA256:${'B'.repeat(43)}`;
let hosts: TestHosts;
let server: TestHost;
let t: DrillApp;
let app: App;

beforeAll(async () => {
  hosts = testHosts();
  server = await hosts.add('anew');
});
afterAll(() => hosts.close());

beforeEach(async () => {
  t = await drillApp();
  app = { ...t.app, remote: createRemoteHosts({ credential: { privateKey: hosts.privateKey } }) };
  await app.database.write((stores) => stores.portfolio.replace(aPortfolio({ hosts: [aHost({ ...server.host, hostKeys: [OLD_KEY] })] })));
});
afterEach(async () => {
  await app.remote.close();
  await t.end();
});

it('a host that was set up anew shows its key in the check, and is let in again once an admin has pinned it', async () => {
  const [offered = ''] = server.host.hostKeys;
  expect(valueOf(await checkOneHost(app, CARLA, 'anew'))).toMatchObject({ isReachable: false, isKeyChanged: true, offeredKey: offered });
  const pinned = valueOf(await pinHostKeys(app, ADAM, { host: 'anew', hostKeys: [offered], was: [OLD_KEY], reason: ' The machine was replaced. ' }));
  expect(pinned).toMatchObject({ hostKeys: [offered], pinned: { [offered]: { at: app.clock(), by: 'adam' } } });
  expect(await app.database.stores.readiness.hostChecks()).toMatchObject([{ host: 'anew', isReachable: true, isKeyChanged: false }]);
  const noted = await app.database.stores.history.about('anew', 100);
  expect(noted[0]).toMatchObject({
    by: 'adam',
    type: 'host.pinned',
    subject: 'anew',
    data: { from: [OLD_KEY], to: [offered], reason: 'The machine was replaced.' },
  });
});

it('without a pinned key the host is not signed in to', async () => {
  expect(valueOf(await pinHostKeys(app, ADAM, { host: 'anew', hostKeys: [], was: [OLD_KEY], reason: 'Taken out.' })).hostKeys).toEqual([]);
  const check = valueOf(await checkOneHost(app, CARLA, 'anew'));
  expect(check).toMatchObject({ isReachable: false, isKeyChanged: false, problem: expect.stringContaining('no pinned host key') });
});

it('what somebody else pinned meanwhile is not overwritten, and asking twice changes nothing', async () => {
  const add = { host: 'anew', hostKeys: [OLD_KEY, OTHER_KEY], was: [OLD_KEY], reason: 'A second kind.' };
  valueOf(await pinHostKeys(app, ADAM, add));
  expect(refusalOf(await pinHostKeys(app, ADAM, { ...add, hostKeys: [] }))).toMatchObject({ code: 'CONFLICT' });
  const noted = (await app.database.stores.history.about('anew', 100)).length;
  expect(valueOf(await pinHostKeys(app, ADAM, add)).hostKeys).toEqual([OLD_KEY, OTHER_KEY]);
  expect(await app.database.stores.history.about('anew', 100)).toHaveLength(noted);
});

it('takes an admin, a reason, fingerprints, and a host that there is', async () => {
  const wish = { host: 'anew', hostKeys: [OTHER_KEY], was: [OLD_KEY], reason: 'x' };
  for (const actor of [CARLA, COSMO, OWEN, null]) expect(refusalOf(await pinHostKeys(app, actor, wish)).code).toMatch(/FORBIDDEN|UNAUTHENTICATED/);
  expect(refusalOf(await pinHostKeys(app, ADAM, { ...wish, reason: ' ' }))).toMatchObject({ field: 'reason' });
  expect(refusalOf(await pinHostKeys(app, ADAM, { ...wish, hostKeys: ['SHA256:short'] }))).toMatchObject({ field: 'hostKeys' });
  expect(refusalOf(await pinHostKeys(app, ADAM, { ...wish, host: 'atlantis' }))).toMatchObject({ code: 'NOT_FOUND', field: 'host' });
  const [host] = await app.database.stores.portfolio.hosts(['anew']);
  expect(host?.hostKeys).toEqual([OLD_KEY]);
});
