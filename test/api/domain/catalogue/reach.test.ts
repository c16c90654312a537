// How far services reach, and in which lenses that puts them.
import { describe, expect, it } from 'vitest';
import { allCells, cellsOf, lensesOf } from '../../../../api/domain/catalogue/lens.ts';
import { pathToCustomers, reachOf } from '../../../../api/domain/catalogue/reach.ts';
import type { Portfolio } from '../../../../api/domain/catalogue/portfolio.ts';
import { hard, portfolio, service, soft } from '../readiness/builders.ts';

function reachesOf(of: Portfolio): Readonly<Record<string, string>> {
  return Object.fromEntries([...reachOf(of)].map(([key, reach]) => [key, reach.reach]));
}

describe('reach', () => {
  const shop = service('shop', { isCustomerFacing: true });

  it('spreads from customer-facing services over any number of hard dependencies', () => {
    const of = portfolio([shop, service('a'), service('b'), service('c')], [hard('shop', 'a'), hard('a', 'b'), soft('shop', 'c')]);
    expect(reachesOf(of)).toEqual({ shop: 'customer-facing', a: 'influences-customers', b: 'influences-customers', c: 'internal' });
  });

  it('keeps the shortest way to a customer-facing service as its reason', () => {
    const edges = [hard('shop', 'a'), hard('a', 'b'), hard('b', 'c'), hard('shop', 'z'), hard('z', 'c')];
    const reaches = reachOf(portfolio([shop, service('a'), service('b'), service('c'), service('z')], edges));
    expect(pathToCustomers(reaches, 'c')).toEqual(['c', 'z', 'shop']);
    expect(pathToCustomers(reaches, 'shop')).toEqual(['shop']);
  });

  it('ends in a circle, and passes by what is not in the catalogue', () => {
    const of = portfolio(
      [shop, service('a'), service('b')],
      [hard('shop', 'a'), hard('a', 'b'), hard('b', 'a'), hard('b', 'b'), hard('shop', 'ghost')],
    );
    expect(reachesOf(of)).toEqual({ shop: 'customer-facing', a: 'influences-customers', b: 'influences-customers' });
  });

  it('is overridden for the one service only, and remembers what was derived', () => {
    const override = { reach: 'internal', note: 'Only the old shop used it.' } as const;
    const reaches = reachOf(portfolio([shop, service('a', { reachOverride: override }), service('b')], [hard('shop', 'a'), hard('a', 'b')]));
    expect(reaches.get('a')).toEqual({ reach: 'internal', derived: 'influences-customers', overrideNote: override.note, towards: 'shop' });
    expect(reaches.get('b')?.reach).toBe('influences-customers');
  });

  it('walks a chain of 10,000 services', () => {
    const services = Array.from({ length: 10_000 }, (_, at) => service(`s${at}`, { isCustomerFacing: at === 0 }));
    const edges = services.slice(1).map((_, at) => hard(`s${at}`, `s${at + 1}`));
    expect(pathToCustomers(reachOf(portfolio(services, edges)), 's9999')).toHaveLength(10_000);
  });
});

describe('the lenses', () => {
  const narrow = { esmIsCompanyWide: false };

  it.each([
    ['it', 'internal', ['itsm']],
    ['it', 'influences-customers', ['itsm', 'csm']],
    ['it', 'customer-facing', ['itsm', 'csm']],
    ['it-and-department', 'internal', ['itsm', 'esm']],
    ['it-and-department', 'influences-customers', ['itsm', 'esm', 'csm']],
    ['it-and-department', 'customer-facing', ['itsm', 'esm', 'csm']],
    ['department', 'internal', ['esm']],
    ['department', 'influences-customers', ['esm', 'csm']],
    ['department', 'customer-facing', ['esm', 'csm']],
    ['outside', 'internal', []],
    ['outside', 'influences-customers', ['csm']],
    ['outside', 'customer-facing', ['csm']],
  ] as const)('what %s operates with reach %s lies in %j', (operatedBy, reach, lenses) => {
    expect(lensesOf({ operatedBy }, reach, narrow)).toEqual(lenses);
  });

  it('have one more row of cells when the enterprise lens is company-wide', () => {
    expect(cellsOf('esm', narrow)).toHaveLength(6);
    expect(cellsOf('esm', { esmIsCompanyWide: true })).toHaveLength(9);
    expect(lensesOf({ operatedBy: 'it' }, 'internal', { esmIsCompanyWide: true })).toEqual(['itsm', 'esm']);
    expect([allCells(), cellsOf('itsm', narrow), cellsOf('csm', narrow)].map((cells) => cells.length)).toEqual([12, 6, 8]);
  });
});
