// The app's own portfolio file: what it becomes, and what is said about what is wrong in it.
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICIES } from '../../../../api/domain/catalogue/default-policies.ts';
import { OPERATORS, REACHES } from '../../../../api/domain/catalogue/portfolio.ts';
import { reachOf } from '../../../../api/domain/catalogue/reach.ts';
import { parsePortfolio } from '../../../../api/import/portfolio/parse-portfolio.ts';

/** `code line:column message | remedy` of each problem. */
function problemsOf(text: string): readonly string[] {
  return parsePortfolio(text, 'p.yaml').problems.map((found) => `${found.code} ${found.line}:${found.column} ${found.message} | ${found.remedy}`);
}

/** The hostile texts take a second or two, and much longer on a machine that is busy with other things. */
const SLOW_MACHINE_MS = 120_000;

const SHOP = 'services:\n  - key: shop\n    name: Shop\n    tier: 1\n    operatedBy: it\n';

describe('a portfolio file', { timeout: SLOW_MACHINE_MS }, () => {
  it('becomes a portfolio, with what it leaves out filled in', () => {
    const { portfolio, problems } = parsePortfolio(
      `sites: [{ key: north }]
hosts:
  - { key: h1, address: 192.0.2.1, site: north, labels: { role: db }, jump: gate, credential: legacy, hostKeys: ["SHA256:${'a'.repeat(43)}"] }
  - { key: gate, address: gate.example }
policies:
  - { tier: 2, rto: 90m, drillEvery: 30d, approvals: { rehearsal: 0 } }
${SHOP}    rto: 1h30m
    rpo: 0s
    reach: { override: internal, note: Closed to customers. }
    hosts: [h1]
    dependsOn: [db, { service: mail, kind: soft }, { service: queue }]
  - { key: db, name: DB, tier: 2, operatedBy: department, department: Data, hasData: false, owner: ann }
  - { key: mail, name: Mail, tier: 4, operatedBy: outside, supplier: Someone, customerFacing: true }
  - { key: queue, name: Queue, tier: 3, operatedBy: it-and-department }
`,
      'p.yaml',
    );
    expect(problems).toEqual([]);
    expect(portfolio?.sites).toEqual([{ key: 'north', name: 'north' }]);
    expect(portfolio?.hosts).toEqual([
      {
        key: 'h1',
        name: 'h1',
        address: '192.0.2.1',
        port: 22,
        user: 'muster',
        site: 'north',
        labels: { role: 'db' },
        jump: 'gate',
        credential: 'legacy',
        hostKeys: [`SHA256:${'a'.repeat(43)}`],
        pinned: {},
      },
      {
        key: 'gate',
        name: 'gate',
        address: 'gate.example',
        port: 22,
        user: 'muster',
        site: null,
        labels: {},
        jump: null,
        credential: null,
        hostKeys: [],
        pinned: {},
      },
    ]);
    expect(portfolio?.services[0]).toMatchObject({
      key: 'shop',
      rtoSeconds: 5_400,
      rpoSeconds: 0,
      hasData: true,
      hosts: ['h1'],
      owner: null,
      isCustomerFacing: false,
      reachOverride: { reach: 'internal', note: 'Closed to customers.' },
    });
    expect(portfolio?.services[1]).toMatchObject({ hasData: false, department: 'Data', owner: 'ann', rtoSeconds: null });
    expect(portfolio?.dependencies).toEqual([
      { from: 'shop', to: 'db', kind: 'hard' },
      { from: 'shop', to: 'mail', kind: 'soft' },
      { from: 'shop', to: 'queue', kind: 'hard' },
    ]);
    expect(portfolio?.policies[0]).toEqual(DEFAULT_POLICIES[1]);
    expect(portfolio?.policies[1]).toEqual({
      ...DEFAULT_POLICIES[2],
      rtoSeconds: 5_400,
      drillEveryDays: 30,
      approvals: { rehearsal: 0, failover: 1 },
    });
  });

  it.each([
    ['an unknown key', `${SHOP}    ownr: ann\n`, ['unknown-key 6:5 The key `ownr` is not known in `services[0]`. | Did you mean `owner`?']],
    [
      'an unknown key near nothing',
      `${SHOP}colour: red\n`,
      ['unknown-key 6:1 The key `colour` is not known in the file. | Known keys are sites, hosts, policies, settings, services.'],
    ],
    [
      'a missing key',
      'services:\n  - { key: a, name: A, tier: 1 }\n',
      ['missing-key 2:5 The key `operatedBy` is missing in `services[0]`. | Add it.'],
    ],
    ['no services', 'sites: []\n', ['missing-key 1:1 The key `services` is missing in the file. | Add it.']],
    [
      'a word that is not allowed',
      SHOP.replace('it\n', 'outsid\n'),
      ['not-allowed 5:17 "outsid" is no value of `services[0].operatedBy`. | Did you mean `outside`?'],
    ],
    ['a tier that is none', SHOP.replace('1', '5'), ['not-allowed 4:11 5 is no value of `services[0].tier`. | Write one of 1, 2, 3, 4.']],
    [
      'a duration without a unit',
      `${SHOP}    rto: 30\n`,
      ['wrong-type 6:10 30 is no value of `services[0].rto`. | Write a duration in whole seconds above zero, such as 90s, 30m, 2h or 1d.'],
    ],
    [
      'a bad duration',
      `${SHOP}    rpo: 5 min\n`,
      ['bad-value 6:10 "5 min" is no valid value of `services[0].rpo`. | Write a duration in whole seconds, such as 0s, 5s, 15m or 4h.'],
    ],
    [
      'an RTO of nothing',
      `${SHOP}    rto: 0s\n`,
      ['bad-value 6:10 "0s" is no valid value of `services[0].rto`. | Write a duration in whole seconds above zero, such as 90s, 30m, 2h or 1d.'],
    ],
    [
      'half a day',
      `${SHOP}policies: [{ tier: 1, drillEvery: 36h }]\n`,
      ['bad-value 6:35 "36h" is no valid value of `policies[0].drillEvery`. | Write a duration in whole days, such as 90d.'],
    ],
    [
      'an empty value',
      `${SHOP}    owner:\n`,
      [
        'wrong-type 6:11 The value of `services[0].owner` is empty. | Write an account name of letters, digits, dots, dashes and underscores, or leave the key out where it is optional.',
      ],
    ],
    ['a doubled key', `${SHOP}    tier: 2\n`, ['duplicate-key 6:5 The key `tier` stands here a second time. | Keep one of them.']],
    [
      'a doubled service',
      `${SHOP}${SHOP.replace('services:\n', '')}`,
      ['duplicate-services 6:10 The service `shop` stands here a second time. | Keep one of them, or give it another key.'],
    ],
    [
      'a doubled policy',
      `${SHOP}policies: [{ tier: 1 }, { tier: 1 }]\n`,
      ['duplicate-policies 6:33 The policy of tier `1` stands here a second time. | Keep one of them, or give it another key.'],
    ],
    [
      'an unknown jump host',
      `hosts: [{ key: h-one, address: a.example, jump: gat }, { key: gate, address: b.example }]\n${SHOP}`,
      ['unknown-host 1:49 The host `gat` that host `h-one` names is not in the file. | Did you mean `gate`?'],
    ],
    [
      'a host that is reached through itself',
      `hosts: [{ key: h-one, address: a.example, jump: h-one }]\n${SHOP}`,
      ['jump-circle 1:49 Host `h-one` is said to be reached through itself. | Take `jump` out of the one that is dialled directly.'],
    ],
    [
      'jump hosts in a circle, once, and not what leads into it',
      `hosts:\n  - { key: a, address: a.example, jump: b }\n  - { key: b, address: b.example, jump: c }\n  - { key: c, address: c.example, jump: b }\n${SHOP}`,
      [
        'jump-circle 3:41 These hosts are reached through each other: `b` through `c` through `b`. | Take `jump` out of the one that is dialled directly.',
      ],
    ],
    [
      'an unknown host',
      `hosts: [{ key: h-one, address: a.example }]\n${SHOP}    hosts: [h-onr]\n`,
      ['unknown-host 7:13 The host `h-onr` that service `shop` names is not in the file. | Did you mean `h-one`?'],
    ],
    [
      'an unknown site',
      `hosts: [{ key: h, address: a.example, site: north }]\n${SHOP}`,
      ['unknown-site 1:45 The site `north` that host `h` names is not in the file. | Add it under `sites`, or take it out here.'],
    ],
    [
      'an address that looks like an option',
      `hosts: [{ key: h, address: "-oProxyCommand=x" }]\n${SHOP}`,
      ['bad-value 1:28 "-oProxyCommand=x" is no valid value of `hosts[0].address`. | Write a host name or an IP address.'],
    ],
    ['a list where a map is due', 'services: [[]]\n', ['wrong-type 1:12 A list is no value of `services[0]`. | Write a map of keys and values.']],
    ['an alias', `a: &x [1]\nb: *x\n`, ['yaml-alias 2:4 The alias *x is not allowed. | Write the value out in full.']],
    [
      'two documents',
      `${SHOP}---\nb: 1\n`,
      ['yaml-syntax 6:1 The file holds more than one YAML document. | Keep one document in a file, without `---` in between.'],
    ],
    ['a number as key', '1: a\n', ['yaml-key 1:1 A key must be a plain text. | Write the key as a word, in quotes if it looks like a number.']],
    ['a custom tag', 'a: !js/function x\n', ['yaml-syntax 1:4 Unresolved tag: !js/function. | Correct the YAML here.']],
    ['an empty file', '# nothing\n', ['file-empty 1:1 The file is empty. | Choose another file, or write something into this one.']],
  ])('with %s is refused, with the place and a remedy', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
    expect(parsePortfolio(text, 'p.yaml').portfolio).toBeNull();
  });

  it('keeps circles, self-references, dangling and doubled dependencies, and warns of them', () => {
    const text = `services:
  - { key: a, name: A, tier: 1, operatedBy: it, dependsOn: [b, a, ghost] }
  - { key: b, name: B, tier: 1, operatedBy: it, dependsOn: [a, { service: a, kind: soft }] }
`;
    const { portfolio, problems } = parsePortfolio(text, 'p.yaml');
    expect(problems.map((found) => [found.severity, found.code, found.line, found.column])).toEqual([
      ['warning', 'dependency-circle', 2, 61],
      ['warning', 'self-dependency', 2, 64],
      ['warning', 'dangling-dependency', 2, 67],
      ['warning', 'duplicate-dependency', 3, 64],
    ]);
    expect(portfolio?.dependencies).toEqual([
      { from: 'a', to: 'b', kind: 'hard' },
      { from: 'a', to: 'a', kind: 'hard' },
      { from: 'a', to: 'ghost', kind: 'hard' },
      { from: 'b', to: 'a', kind: 'hard' },
    ]);
  });

  it('names the file in each problem', () => {
    expect(parsePortfolio('x: [', 'dir/p.yaml').problems.every((found) => found.file === 'dir/p.yaml')).toBe(true);
  });

  it.each([
    ['deep nesting', '['.repeat(20_000)],
    ['many keys', Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['a text of nothing but errors', '}\n'.repeat(20_000)],
    ['more than 8 MiB', ' '.repeat(9 * 1_024 * 1_024)],
    ['a key of the prototype', '__proto__: { services: [] }\n'],
  ])('with %s is refused and does no harm', (_, text) => {
    const { portfolio, problems } = parsePortfolio(text, 'p.yaml');
    expect(portfolio).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
  });

  it('never throws, whatever is cut out of or put into it', () => {
    const whole = readFileSync('api/demo/portfolio.yaml', 'utf8').slice(0, 3_000);
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), fc.nat({ max: 40 }), fc.string({ maxLength: 6 }), (from, length, text) => {
        const { portfolio, problems } = parsePortfolio(whole.slice(0, from) + text + whole.slice(from + length), 'p.yaml');
        expect(portfolio === null).toBe(problems.some((found) => found.severity === 'error'));
        for (const found of problems) expect([found.line !== undefined, found.column !== undefined]).toEqual([true, true]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the demo portfolio', () => {
  const { portfolio, problems } = parsePortfolio(readFileSync('api/demo/portfolio.yaml', 'utf8'), 'portfolio.yaml');

  it('has nothing wrong in it but its one known circle', () => {
    expect(problems.map((found) => found.code)).toEqual(['dependency-circle']);
    expect(portfolio?.services).toHaveLength(24);
  });

  it('fills all twelve cells of the lens map', () => {
    const services = portfolio?.services ?? [];
    const reaches = portfolio === null ? new Map() : reachOf(portfolio);
    const cells = new Set(services.map((service) => `${service.operatedBy} ${reaches.get(service.key)?.reach}`));
    expect([...cells].toSorted()).toEqual(OPERATORS.flatMap((operator) => REACHES.map((reach) => `${operator} ${reach}`)).toSorted());
  });

  it('has the ledger that the demo drill fails over', () => {
    expect(portfolio?.services.find((service) => service.key === 'ledger')).toMatchObject({
      tier: 1,
      operatedBy: 'it',
      rtoSeconds: 300,
      rpoSeconds: 5,
      owner: 'ledger-owner',
      deputy: 'payments-duty',
      hosts: ['ledger-a', 'ledger-b', 'ledger-gate'],
    });
    expect(portfolio?.policies.map((policy) => policy.approvals)).toEqual(Array.from({ length: 4 }, () => ({ rehearsal: 0, failover: 1 })));
  });
});
