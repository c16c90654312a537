// The portfolio: read whole with a few statements, replaced whole, host keys pinned one by one.
import { keepingPinnedKeys, pinsFor } from '../domain/catalogue/change-set.ts';
import type { Dependency, Host, Pin, Portfolio, PortfolioSettings, Service, Site, TierPolicy } from '../domain/catalogue/portfolio.ts';
import type { HostAddress, PortfolioStore } from '../application/stores.ts';
import { byChunks, writeChunks } from './chunks.ts';
import { DatabaseError } from './database-error.ts';
import { hostOf, hostRow, policyOf, policyRow, serviceOf, serviceRow } from './portfolio-rows.ts';
import type { Queries, Scope } from './scope.ts';
import { readJson, writeJson } from './values.ts';

export function portfolioStore(scope: Scope): PortfolioStore {
  return {
    load: () => scope.consistently(load),
    replace: (portfolio, pin) => scope.atomically((db) => replace(db, portfolio, pin ?? null)),
    services: (keys) => scope.consistently((db) => byChunks(keys, (chunk) => servicesIn(db, chunk))),
    hosts: (keys) => byChunks(keys, (chunk) => hostsIn(scope.db, chunk)),
    pinHostKeys: (host, hostKeys, pinning) => scope.atomically((db) => pinHostKeys(db, { host, hostKeys, ...pinning })),
  };
}

async function load(db: Queries): Promise<Portfolio> {
  return {
    services: await servicesIn(db, null),
    dependencies: await dependenciesIn(db),
    hosts: await hostsIn(db, null),
    sites: await sitesIn(db),
    policies: await policiesIn(db),
    settings: await settingsIn(db),
  };
}

interface Pinning {
  readonly host: string;
  readonly hostKeys: readonly string[];
  readonly address: HostAddress | null;
  readonly pin: Pin;
}

async function pinHostKeys(db: Queries, { host, hostKeys, address, pin }: Pinning): Promise<void> {
  const [known] = await hostsIn(db, [host]);
  if (known === undefined) throw new DatabaseError('NOT_FOUND', `There is no host ${host} to pin keys of.`);
  const place = address === null ? {} : { address: address.address, port: address.port, login: address.user };
  const changes = { ...place, host_keys: writeJson(hostKeys), pins: writeJson(pinsFor(hostKeys, known, pin)) };
  await db.updateTable('host').set(changes).where('key', '=', host).execute();
}

async function replace(db: Queries, portfolio: Portfolio, pin: Pin | null): Promise<void> {
  const hosts = keepingPinnedKeys(await hostsIn(db, null), portfolio.hosts, pin);
  for (const table of ['service_host', 'service', 'dependency', 'host', 'site', 'tier_policy', 'setting'] as const) {
    await db.deleteFrom(table).execute();
  }
  await writeChunks(portfolio.sites, (sites) => db.insertInto('site').values(sites).execute());
  await writeChunks(hosts, (chunk) => db.insertInto('host').values(chunk.map(hostRow)).execute());
  await writeChunks(portfolio.services, (services) => db.insertInto('service').values(services.map(serviceRow)).execute());
  const places = portfolio.services.flatMap((service) => service.hosts.map((host, position) => ({ service: service.key, position, host })));
  await writeChunks(places, (chunk) => db.insertInto('service_host').values(chunk).execute());
  const links = portfolio.dependencies.map(({ from, to, kind }) => ({ from_service: from, to_service: to, kind }));
  await writeChunks(links, (chunk) => db.insertInto('dependency').values(chunk).execute());
  await writeChunks(portfolio.policies, (policies) => db.insertInto('tier_policy').values(policies.map(policyRow)).execute());
  const settings = Object.entries(portfolio.settings).map(([name, value]) => ({ name, value: writeJson(value) }));
  await writeChunks(settings, (chunk) => db.insertInto('setting').values(chunk).execute());
  await forgetWhatIsGone(db);
}

/** What was found out about services and hosts that are in the portfolio no more; the moves of their scores stay. */
async function forgetWhatIsGone(db: Queries): Promise<void> {
  await db
    .deleteFrom('assessment')
    .where('service', 'not in', (from) => from.selectFrom('service').select('key'))
    .execute();
  await db
    .deleteFrom('host_check')
    .where('host', 'not in', (from) => from.selectFrom('host').select('key'))
    .execute();
}

/** Services in key order; null for all. */
async function servicesIn(db: Queries, keys: readonly string[] | null): Promise<readonly Service[]> {
  let services = db.selectFrom('service').selectAll().orderBy('key');
  let places = db.selectFrom('service_host').select(['service', 'host']).orderBy('service').orderBy('position');
  if (keys !== null) {
    services = services.where('key', 'in', keys);
    places = places.where('service', 'in', keys);
  }
  const hosts = Map.groupBy(await places.execute(), (place) => place.service);
  return (await services.execute()).map((row) =>
    serviceOf(
      row,
      (hosts.get(row.key) ?? []).map((place) => place.host),
    ),
  );
}

/** Hosts in key order; null for all. */
async function hostsIn(db: Queries, keys: readonly string[] | null): Promise<readonly Host[]> {
  let hosts = db.selectFrom('host').selectAll().orderBy('key');
  if (keys !== null) hosts = hosts.where('key', 'in', keys);
  return (await hosts.execute()).map(hostOf);
}

async function dependenciesIn(db: Queries): Promise<readonly Dependency[]> {
  const rows = await db.selectFrom('dependency').selectAll().orderBy('from_service').orderBy('to_service').execute();
  return rows.map((row) => ({ from: row.from_service, to: row.to_service, kind: row.kind }));
}

async function sitesIn(db: Queries): Promise<readonly Site[]> {
  return db.selectFrom('site').select(['key', 'name']).orderBy('key').execute();
}

async function policiesIn(db: Queries): Promise<readonly TierPolicy[]> {
  const rows = await db.selectFrom('tier_policy').selectAll().orderBy('tier').execute();
  return rows.map(policyOf);
}

async function settingsIn(db: Queries): Promise<PortfolioSettings> {
  const rows = await db.selectFrom('setting').selectAll().execute();
  const isOn = (name: keyof PortfolioSettings): boolean => rows.some((row) => row.name === name && readJson(row.value));
  return { esmIsCompanyWide: isOn('esmIsCompanyWide') };
}
