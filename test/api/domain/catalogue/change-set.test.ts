// The preview of an import: what is new, changed and gone.
import { describe, expect, it } from 'vitest';
import { changeSet, isEmptyChangeSet } from '../../../../api/domain/catalogue/change-set.ts';
import { policyOf } from '../../../../api/domain/catalogue/default-policies.ts';
import { objectiveOf } from '../../../../api/domain/catalogue/objective.ts';
import type { Host } from '../../../../api/domain/catalogue/portfolio.ts';
import { hard, policies, portfolio, service, soft } from '../readiness/builders.ts';

function host(changes: Partial<Host>): Host {
  return {
    key: 'h',
    name: 'H',
    address: '192.0.2.1',
    port: 22,
    user: 'dr',
    site: null,
    labels: {},
    jump: null,
    credential: null,
    hostKeys: [],
    pinned: {},
    ...changes,
  };
}

describe('a change set', () => {
  it('lists new, changed and gone services with the fields that changed', () => {
    const current = portfolio([service('a', { owner: 'ann' }), service('b')]);
    const imported = portfolio([service('c'), service('a', { owner: null, rtoSeconds: 60 })]);
    expect(changeSet(current, imported).services).toEqual({
      new: ['c'],
      changed: [
        {
          key: 'a',
          fields: [
            { field: 'owner', before: 'ann', after: null },
            { field: 'rtoSeconds', before: '1800', after: '60' },
          ],
        },
      ],
      gone: ['b'],
    });
  });

  it('shows a dependency that became soft as changed', () => {
    const services = [service('a'), service('b'), service('c')];
    const changes = changeSet(portfolio(services, [hard('a', 'b'), hard('b', 'c')]), portfolio(services, [soft('a', 'b'), hard('a', 'c')]));
    expect(changes.dependencies).toEqual({
      new: ['a -> c'],
      changed: [{ key: 'a -> b', fields: [{ field: 'kind', before: 'hard', after: 'soft' }] }],
      gone: ['b -> c'],
    });
  });

  it('shows policies and settings', () => {
    const changes = changeSet(
      portfolio([]),
      portfolio([], [], { policies: policies({ approvals: { rehearsal: 0, failover: 1 } }), settings: { esmIsCompanyWide: true } }),
    );
    expect(changes.policies.changed[0]).toEqual({
      key: 'tier 1',
      fields: [{ field: 'approvals', before: 'failover: 1, rehearsal: 1', after: 'failover: 1, rehearsal: 0' }],
    });
    expect(changes.settings).toEqual([{ field: 'esmIsCompanyWide', before: 'false', after: 'true' }]);
  });

  it('leaves pinned host keys alone when the import names none', () => {
    const current = portfolio([], [], { hosts: [host({ hostKeys: ['SHA256:old'] })] });
    expect(isEmptyChangeSet(changeSet(current, portfolio([], [], { hosts: [host({})] })))).toBe(true);
    const changed = changeSet(current, portfolio([], [], { hosts: [host({ hostKeys: ['SHA256:new'] })] }));
    expect(changed.hosts.changed[0]?.fields).toEqual([{ field: 'hostKeys', before: 'SHA256:old', after: 'SHA256:new' }]);
  });

  it('counts a changed way, and not who pinned a key', () => {
    const current = portfolio([], [], { hosts: [host({ hostKeys: ['SHA256:a'], pinned: { 'SHA256:a': { at: 1, by: 'ann' } } })] });
    const changes = changeSet(current, portfolio([], [], { hosts: [host({ hostKeys: ['SHA256:a'], jump: 'bastion' })] }));
    expect(changes.hosts.changed).toEqual([{ key: 'h', fields: [{ field: 'jump', before: null, after: 'bastion' }] }]);
  });

  it('is empty against the same portfolio in another order', () => {
    const a = service('a', { hosts: ['x', 'y'] });
    const current = portfolio([a, service('b')], [hard('a', 'b'), hard('b', 'a')]);
    const imported = portfolio([service('b'), { ...a, hosts: ['y', 'x'] }], [hard('b', 'a'), hard('a', 'b')]);
    expect(isEmptyChangeSet(changeSet(current, imported))).toBe(true);
    expect(isEmptyChangeSet(changeSet(current, portfolio([a], [hard('a', 'b')])))).toBe(false);
  });
});

describe('an objective', () => {
  it('is the own one, or that of the tier', () => {
    const policy = policyOf([], 1);
    expect(objectiveOf(service('a', { rtoSeconds: 60, rpoSeconds: null }), policy)).toEqual({
      rtoSeconds: 60,
      rpoSeconds: 300,
      isRtoOwn: true,
      isRpoOwn: false,
    });
    expect(objectiveOf(service('a', { rtoSeconds: null, hasData: false }), policy)).toEqual({
      rtoSeconds: 3_600,
      rpoSeconds: null,
      isRtoOwn: false,
      isRpoOwn: false,
    });
  });

  it('prefers the policy of the portfolio to the default one', () => {
    expect(policyOf(policies({ rtoSeconds: 7 }), 2).rtoSeconds).toBe(7);
    expect(policyOf([], 4).level).toBe('tabletop');
  });
});
