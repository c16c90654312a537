// A host as a plan freezes it: the way to it, its pins and its credential, and what keeps it from being used.
import { describe, expect, it } from 'vitest';
import type { Host } from '../../../../api/domain/catalogue/portfolio.ts';
import { hostProblems, planHostOf } from '../../../../api/domain/drill/plan-host.ts';
import { canonicalJson } from '../../../../api/domain/history/canonical-json.ts';

const KEY = 'SHA256:abc';
const OTHER_KEY = 'SHA256:def';

function host(key: string, changes: Partial<Host> = {}): Host {
  const place = { address: `${key}.example.com`, port: 22, user: 'dr' };
  return { key, name: key, ...place, site: null, labels: {}, jump: null, credential: null, hostKeys: [KEY], pinned: {}, ...changes };
}

const byKey = (...hosts: readonly Host[]): ReadonlyMap<string, Host> => new Map(hosts.map((one) => [one.key, one]));

function sentences(hosts: readonly Host[], credentials: readonly string[] | null = null): readonly string[] {
  const known = credentials === null ? null : new Set(credentials);
  return hostProblems('db-1', byKey(...hosts), known).map(({ message, remedy }) => `${message} ${remedy}`);
}

describe('a host of a plan', () => {
  it('has the way to it, the pins of its keys and its credential', () => {
    const pinned = { [OTHER_KEY]: { at: 1_000, by: 'ann' } };
    const hosts = byKey(
      host('db-1', { jump: 'inner', credential: 'legacy' }),
      host('inner', { jump: 'gate' }),
      host('gate', { hostKeys: [OTHER_KEY], pinned: { ...pinned, 'SHA256:gone': { at: 1, by: null } } }),
    );
    const hop = { port: 22, user: 'dr', hostKeys: [KEY] };
    expect(planHostOf('db-1', hosts)).toEqual({
      ...hop,
      key: 'db-1',
      address: 'db-1.example.com',
      credential: 'legacy',
      via: [
        { ...hop, key: 'gate', address: 'gate.example.com', hostKeys: [OTHER_KEY], pinned },
        { ...hop, key: 'inner', address: 'inner.example.com' },
      ],
    });
  });

  it('that is dialled directly is written as it always was, so that its hash stays', () => {
    const written = '{"address":"db-1.example.com","hostKeys":["SHA256:abc"],"key":"db-1","port":22,"user":"dr"}';
    expect(canonicalJson(planHostOf('db-1', byKey(host('db-1'))))).toBe(written);
  });
});

describe('a host that cannot be used', () => {
  it('is not there', () => {
    expect(sentences([host('db-2')])).toEqual(['Host db-1 is not in the portfolio. Did you mean `db-2`?']);
    expect(planHostOf('db-1', byKey(host('db-2')))).toBeNull();
  });

  it('is reached through one that is not there', () => {
    const hosts = [host('db-1', { jump: 'inner' }), host('inner', { jump: 'gate' })];
    expect(sentences(hosts)).toEqual([
      'Host inner is reached through gate, which is not in the portfolio. An admin corrects `jump` of the host in the portfolio.',
    ]);
    expect(planHostOf('db-1', byKey(...hosts))).toBeNull();
  });

  it('is reached through others in a circle, or through itself', () => {
    const circle = [host('db-1', { jump: 'a' }), host('a', { jump: 'b' }), host('b', { jump: 'a' })];
    expect(sentences(circle)[0]).toContain('Host db-1 cannot be reached: a goes through b goes through a.');
    expect(sentences([host('db-1', { jump: 'db-1' })])[0]).toContain('Host db-1 cannot be reached: db-1 goes through db-1.');
  });

  it('has no pinned key, or a jump host of it has none', () => {
    const hosts = [host('db-1', { jump: 'gate', hostKeys: [] }), host('gate', { hostKeys: [] })];
    expect(sentences(hosts)).toEqual([
      'Host db-1 has no pinned key. An admin pins it under Settings › Hosts.',
      'Host gate, on the way to db-1, has no pinned key. An admin pins it under Settings › Hosts.',
    ]);
  });

  it('names a credential that the installation does not have, where that is known', () => {
    const hosts = [host('db-1', { credential: 'legcy' })];
    expect(sentences(hosts, ['legacy'])).toEqual([
      'Host db-1 is signed in to with the credential legcy, and this installation has none of that name. Did you mean `legacy`?',
    ]);
    expect(sentences(hosts, ['legcy'])).toEqual([]);
    expect(sentences(hosts)).toEqual([]);
  });
});
