// The portfolio comes back as it was put, is replaced whole, and keeps pinned host keys.
import { expect, it } from 'vitest';
import { TIERS, type Portfolio } from '../../../api/domain/catalogue/portfolio.ts';
import { DEFAULT_POLICIES } from '../../../api/domain/catalogue/default-policies.ts';
import { onEachDatabase } from '../../support/database.ts';
import { aHost, anAssessment, aPortfolio, aService } from './records.ts';

const KEY = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const OTHER_KEY = 'SHA256:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB';

/** In the order in which it is loaded. */
const whole: Portfolio = {
  services: [
    aService({
      key: 'Payroll',
      tier: 4,
      operatedBy: 'outside',
      supplier: 'ACME',
      department: 'Finance',
      description: 'Löhne – "quoted", \'too\'',
      reachOverride: { reach: 'customer-facing', note: 'by contract' },
      owner: 'ada',
      deputy: 'bob',
      rtoSeconds: 60,
      rpoSeconds: 0,
      hasData: false,
    }),
    aService({ key: 'shop', isCustomerFacing: true, hosts: ['web2', 'db1', 'web1', 'not-registered'] }),
    aService({ key: 'shop-api' }),
    aService({ key: 'shop_api' }),
  ],
  dependencies: [
    { from: 'shop', to: 'Payroll', kind: 'soft' },
    { from: 'shop', to: 'unknown', kind: 'hard' },
    { from: 'vanished', to: 'shop', kind: 'hard' },
  ],
  hosts: [
    aHost({ key: 'db1', site: 'north', labels: { role: 'db', 'a b': 'ü' }, hostKeys: [OTHER_KEY, KEY] }),
    aHost({ key: 'web1', port: 2222, site: 'nowhere' }),
    aHost({ key: 'web2' }),
  ],
  sites: [
    { key: 'north', name: 'North' },
    { key: 'south', name: 'South' },
  ],
  policies: TIERS.map((tier) => DEFAULT_POLICIES[tier]),
  settings: { esmIsCompanyWide: true },
};

onEachDatabase('the portfolio', (current) => {
  it('is empty at first', async () => {
    expect(await current().stores.portfolio.load()).toEqual(aPortfolio());
  });

  it('comes back as it was put, sorted by key', async () => {
    const { portfolio } = current().stores;
    await portfolio.replace({ ...whole, services: whole.services.toReversed(), hosts: whole.hosts.toReversed(), sites: whole.sites.toReversed() });
    expect(await portfolio.load()).toEqual(whole);
    await portfolio.replace(aPortfolio({ services: [aService({ key: 'only' })] }));
    expect(await portfolio.load()).toEqual(aPortfolio({ services: [aService({ key: 'only' })] }));
  });

  it('gives single services and hosts, and leaves out what is not there', async () => {
    const { portfolio } = current().stores;
    await portfolio.replace(whole);
    expect(await portfolio.services(['shop', 'nothing', 'Payroll', 'shop'])).toEqual(whole.services.slice(0, 2));
    expect(await portfolio.hosts(['web2', 'nothing', 'db1'])).toEqual([whole.hosts[0], whole.hosts[2]]);
    expect(await portfolio.services([])).toEqual([]);
    expect(await portfolio.hosts([])).toEqual([]);
  });

  it('keeps the pinned keys of a host that stays, with the address that was imported', async () => {
    const { portfolio } = current().stores;
    await portfolio.replace(aPortfolio({ hosts: [aHost({ key: 'db1' }), aHost({ key: 'web1' }), aHost({ key: 'web2' })] }));
    const byAnn = { at: 1_000, by: 'ann' };
    const byBob = { at: 2_000, by: 'bob' };
    await portfolio.pinHostKeys('db1', [KEY], { address: null, pin: byAnn });
    await portfolio.pinHostKeys('db1', [KEY, OTHER_KEY], { address: null, pin: byBob });
    await portfolio.pinHostKeys('web1', [KEY], { address: { address: '127.0.0.1', port: 2201, user: 'range' }, pin: byAnn });
    const pinned = { [KEY]: byAnn, [OTHER_KEY]: byBob };
    expect(await portfolio.hosts(['db1', 'web1'])).toEqual([
      aHost({ key: 'db1', hostKeys: [KEY, OTHER_KEY], pinned }),
      aHost({ key: 'web1', address: '127.0.0.1', port: 2201, user: 'range', hostKeys: [KEY], pinned: { [KEY]: byAnn } }),
    ]);

    const imported = [
      aHost({ key: 'db1', address: '198.51.100.7', port: 2022, jump: 'web1', credential: 'legacy' }),
      aHost({ key: 'web1', hostKeys: [KEY, OTHER_KEY] }),
    ];
    await portfolio.replace(aPortfolio({ hosts: imported }), { at: 3_000, by: null });
    expect(await portfolio.hosts(['db1', 'web1', 'web2'])).toEqual([
      aHost({ key: 'db1', address: '198.51.100.7', port: 2022, jump: 'web1', credential: 'legacy', hostKeys: [KEY, OTHER_KEY], pinned }),
      aHost({ key: 'web1', hostKeys: [KEY, OTHER_KEY], pinned: { [KEY]: byAnn, [OTHER_KEY]: { at: 3_000, by: null } } }),
    ]);
  });

  it('does not pin keys of a host that is not registered', async () => {
    const pinning = { address: null, pin: { at: 1_000, by: 'ann' } };
    await expect(current().stores.portfolio.pinHostKeys('nobody', [KEY], pinning)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('stays as it was when a replacement fails half-way', async () => {
    const { portfolio } = current().stores;
    await portfolio.replace(whole);
    const twice = aPortfolio({ services: [aService(), aService()] });
    await expect(portfolio.replace(twice)).rejects.toThrow(/unique/i);
    expect(await portfolio.load()).toEqual(whole);
  });

  it('forgets the assessments and checks of what is gone', async () => {
    const { portfolio, readiness } = current().stores;
    await portfolio.replace(whole);
    await readiness.save(1, 'v1', [anAssessment({ service: 'shop' }), anAssessment({ service: 'Payroll' })]);
    await readiness.saveHostCheck({ host: 'db1', at: 1, isReachable: true, isKeyChanged: false, problem: null });
    await portfolio.replace(aPortfolio({ services: [aService({ key: 'Payroll' })] }));
    expect((await readiness.latest()).map((stored) => stored.assessment.service)).toEqual(['Payroll']);
    expect(await readiness.hostChecks()).toEqual([]);
    expect(await readiness.scoreHistory('shop', 0)).toHaveLength(1);
  });

  it('is loaded with the same number of statements however large it is', async () => {
    const { portfolio } = current().stores;
    const many = Array.from({ length: 1_200 }, (_, index) => String(index).padStart(4, '0'));
    const large = aPortfolio({
      services: many.map((key) => aService({ key: `s${key}`, hosts: [`h${key}`] })),
      hosts: many.map((key) => aHost({ key: `h${key}` })),
      dependencies: many.slice(1).map((key) => ({ from: `s${key}`, to: 's0000', kind: 'hard' })),
    });
    await portfolio.replace(large);
    const before = current().statements.length;
    expect(await portfolio.load()).toEqual(large);
    expect(current().statements.length - before).toBeLessThanOrEqual(9);
  });
});
