// What the pages of hosts ask for: the keys with day and person, the way and the credential, and at which host of the way a check fails.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CheckHost, HostQuery, HostsQuery, PinHostKeys } from '../../../web/graphql/hosts.ts';
import type { GraphqlClient } from '../../support/graphql-client.ts';
import { startMuster, type TestMuster } from '../../support/muster.ts';
import { companyPortfolio, PEOPLE } from './company.ts';

const GATE_KEY = `SHA256:${'A'.repeat(43)}`;
const INNER_KEY = `SHA256:${'B'.repeat(43)}`;
const NEW_KEY = `SHA256:${'C'.repeat(43)}`;
/** Nothing listens on port 1, so the way ends at the gate. */
const HOSTS = `
hosts:
  - { key: gate, name: The gate, address: 127.0.0.1, port: 1, user: ops, hostKeys: ["${GATE_KEY}"] }
  - { key: inner, name: The inner one, address: 10.0.0.9, port: 22, user: ops, jump: gate, credential: vault, hostKeys: ["${INNER_KEY}"] }
  - { key: beside, name: The one beside, address: 10.0.0.8, port: 22, user: ops, jump: gate, hostKeys: ["${INNER_KEY}"] }
`;

let muster: TestMuster;
let adam: GraphqlClient;

beforeAll(async () => {
  muster = await startMuster({ portfolio: companyPortfolio({ head: HOSTS }), people: PEOPLE });
  adam = await muster.as('adam');
});
afterAll(() => muster.stop());

it('a host tells its jump host, its credential, and its pinned keys', async () => {
  const { host } = await adam.ask(HostQuery, { key: 'inner' });
  expect(host).toMatchObject({ jump: 'gate', credential: 'vault', pins: [{ hostKey: INNER_KEY }], check: null });
  const { hosts } = await adam.ask(HostsQuery, {});
  expect(hosts.map(({ key, jump }) => [key, jump])).toEqual([
    ['beside', 'gate'],
    ['gate', null],
    ['inner', 'gate'],
  ]);
  expect((await adam.ask(HostQuery, { key: 'atlantis' })).host).toBeNull();
});

it('a pin has the day and the person', async () => {
  await adam.ask(PinHostKeys, { input: { host: 'gate', hostKeys: [GATE_KEY, NEW_KEY], was: [GATE_KEY], reason: 'A key of another kind.' } });
  const { host } = await adam.ask(HostQuery, { key: 'gate' });
  expect(host?.pins.map(({ hostKey }) => hostKey)).toEqual([GATE_KEY, NEW_KEY]);
  expect(host?.pins[1]).toMatchObject({ by: 'adam', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
});

it('a check that fails on the way names the host at fault, and is kept', async () => {
  const { checkHost } = await adam.ask(CheckHost, { key: 'beside' });
  expect(checkHost).toMatchObject({
    isReachable: false,
    isKeyChanged: false,
    hop: 'gate',
    offeredKey: null,
    problem: expect.stringContaining('gate'),
  });
  expect((await adam.ask(HostQuery, { key: 'beside' })).host?.check).toMatchObject({ hop: 'gate', problem: checkHost.problem });
});
