// From an approved runbook and the portfolio of the day to a frozen plan, or to the reasons why there is none.
import { describe, expect, it } from 'vitest';
import type { Host, Portfolio } from '../../../../api/domain/catalogue/portfolio.ts';
import { approvalsNeeded, makePlan } from '../../../../api/domain/drill/make-plan.ts';
import { planHash } from '../../../../api/domain/drill/plan.ts';
import type { DrillMode, Plan } from '../../../../api/domain/drill/plan.ts';
import type { Result } from '../../../../api/domain/errors.ts';
import { policies, portfolio, service } from '../readiness/builders.ts';
import { LEDGER, ledger, small, valid } from '../runbook/written-runbook.ts';
import type { Written } from '../runbook/written-runbook.ts';

const PINNED = ['SHA256:abc'];

function host(key: string, changes: Partial<Host> = {}): Host {
  return {
    key,
    name: key,
    address: `${key}.example.com`,
    port: 22,
    user: 'dr',
    site: null,
    labels: {},
    jump: null,
    credential: null,
    hostKeys: PINNED,
    pinned: {},
    ...changes,
  };
}

const MUNICH = { labels: { role: 'ledger-db', site: 'munich' } };
const HOSTS = [host('ledger-muc-1', MUNICH), host('ledger-fra-1'), host('db-1'), host('other', { labels: { role: 'ledger-db', site: 'berlin' } })];

function world(changes: Partial<Portfolio> = {}): Portfolio {
  const sites = [{ key: 'munich', name: 'Munich' }];
  return portfolio([service('ledger'), service('payments', { rtoSeconds: 600, rpoSeconds: null, tier: 2 })], [], { hosts: HOSTS, sites, ...changes });
}

interface Asked {
  readonly mode?: DrillMode;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly portfolio?: Portfolio;
}

function planned(written: Written, asked: Asked = {}): Result<Plan> {
  const revision = { hash: 'a'.repeat(64), runbook: valid(written) };
  return makePlan({ revision, mode: asked.mode ?? 'failover', inputs: asked.inputs ?? {}, portfolio: asked.portfolio ?? world() });
}

function planOf(written: Written, asked: Asked = {}): Plan {
  const made = planned(written, asked);
  if (!made.ok) throw new Error(made.refusal.message);
  return made.value;
}

function refusalOf(written: Written, asked: Asked = {}): string {
  const made = planned(written, asked);
  return made.ok ? 'not refused' : made.refusal.message;
}

function shownIn(plan: Plan): readonly string[] {
  return plan.steps.filter(({ isShownOnly }) => isShownOnly).map(({ id }) => id);
}

const CHANGE = { change: 'CHG123456' };
const STEP = { id: 'one', title: 'One', run: 'true', on: 'db' };

describe('a plan', () => {
  it('freezes hosts with their keys, commands, inputs, clocks, the canary, locks and the strictest objective', () => {
    const plan = planOf(ledger({ services: ['ledger', 'payments'] }), { inputs: CHANGE });
    expect(plan).toMatchObject({
      version: 1,
      runbook: 'ledger-failover',
      revision: 'a'.repeat(64),
      mode: 'failover',
      level: 'full',
      inputs: { change: 'CHG123456', site: 'munich' },
      objective: { rtoSeconds: 600, rpoSeconds: 60 },
      hosts: [
        { key: 'ledger-fra-1', address: 'ledger-fra-1.example.com', port: 22, user: 'dr', hostKeys: PINNED },
        { key: 'ledger-muc-1', address: 'ledger-muc-1.example.com', port: 22, user: 'dr', hostKeys: PINNED },
      ],
      canary: { write: { host: 'ledger-fra-1', everyMs: 1_000 }, read: { host: 'ledger-muc-1' }, until: 'stop-writes', readAfter: 'promote' },
      locks: ['host:ledger-fra-1', 'host:ledger-muc-1', 'name:change-freeze', 'name:ledger-dns', 'service:ledger', 'service:payments'],
    });
    expect(plan.steps.map((step) => ('hosts' in step ? step.hosts : []))).toEqual([
      ['ledger-muc-1'],
      ['ledger-fra-1'],
      [],
      ['ledger-muc-1'],
      ['ledger-muc-1'],
      [],
      ['ledger-muc-1'],
    ]);
    expect(plan.steps.some((step) => step.isShownOnly)).toBe(false);
    expect(plan.steps.every((step) => !('tags' in step) && !('on' in step))).toBe(true);
  });

  it('has the same hash however the portfolio is ordered, and another when a host or key in it changes', () => {
    const hash = planHash(planOf(LEDGER, { inputs: CHANGE }));
    const hashWith = (hosts: readonly Host[]): string => planHash(planOf(LEDGER, { inputs: CHANGE, portfolio: world({ hosts }) }));
    expect(hashWith(HOSTS.toReversed())).toBe(hash);
    expect(hashWith(HOSTS.map((one) => (one.key === 'other' ? { ...one, port: 23 } : one)))).toBe(hash);
    expect(hashWith(HOSTS.map((one) => (one.key === 'ledger-fra-1' ? { ...one, address: 'elsewhere' } : one)))).not.toBe(hash);
    expect(hashWith(HOSTS.map((one) => (one.key === 'ledger-muc-1' ? { ...one, hostKeys: ['SHA256:def'] } : one)))).not.toBe(hash);
  });

  it('has no recovery point when no covered service has data', () => {
    const bare = world({ services: [service('ledger', { hasData: false, rtoSeconds: null, tier: 3 })] });
    expect(planOf(small([STEP]), { portfolio: bare }).objective).toEqual({ rtoSeconds: 86_400, rpoSeconds: null });
  });

  it('resolves only targets that something uses', () => {
    const targets = { db: { host: 'db-1' }, gone: { host: 'nowhere' } };
    expect(planOf(small([STEP], { targets })).hosts.map(({ key }) => key)).toEqual(['db-1']);
  });
});

describe('a mode', () => {
  it.each<[DrillMode, readonly string[]]>([
    ['failover', []],
    ['rehearsal', []],
    ['dry-run', ['stop-writes', 'go', 'promote', 'open-writes', 'settle', 'can-pay']],
    ['check', ['lag', 'stop-writes', 'go', 'promote', 'open-writes', 'settle', 'can-pay']],
  ])('%s only shows %j', (mode, ids) => {
    expect(shownIn(planOf(LEDGER, { mode, inputs: CHANGE }))).toEqual(ids);
  });

  it('dry-run runs what does not wait for an action, and shows what judges one', () => {
    const look = { title: 'Look', check: 'true', on: 'db' };
    const steps = [
      { ...look, id: 'before' },
      { ...STEP, id: 'act' },
      { ...look, id: 'after' },
      { ...look, id: 'beside', needs: ['before'] },
      { id: 'pause', title: 'Pause', sleep: '1m', needs: ['before'] },
      { ...look, id: 'rested', needs: ['pause'] },
      { ...STEP, id: 'peek', readOnly: true, needs: ['before'] },
    ];
    const plan = planOf(small(steps), { mode: 'dry-run' });
    expect(shownIn(plan)).toEqual(['act', 'after', 'pause']);
  });

  it.each<[DrillMode, string, string]>([
    ['failover', 'full', 'full'],
    ['rehearsal', 'partial', 'partial'],
    ['dry-run', 'full', 'dry-run'],
    ['dry-run', 'tabletop', 'tabletop'],
    ['check', 'full', 'tabletop'],
  ])('%s of a runbook of level %s proves %s', (mode, level, proven) => {
    expect(planOf(small([STEP], { level }), { mode }).level).toBe(proven);
  });

  it.each<[DrillMode, boolean]>([
    ['failover', true],
    ['rehearsal', true],
    ['dry-run', false],
    ['check', false],
  ])('%s writes canary markers: %s', (mode, writes) => {
    expect(planOf(LEDGER, { mode, inputs: CHANGE }).canary !== null).toBe(writes);
  });
});

describe('a refusal', () => {
  const without = (key: string): Portfolio => world({ hosts: HOSTS.filter((one) => one.key !== key) });

  it.each<[string, Written, Asked, string]>([
    [
      'an unknown host',
      small([STEP]),
      { portfolio: without('db-1') },
      'Host db-1 is not in the portfolio. Add it to the portfolio file and import that',
    ],
    ['a mistyped host', small([STEP], { targets: { db: { host: 'db-2' } } }), {}, 'Host db-2 is not in the portfolio. Did you mean `db-1`?'],
    [
      'a host without a pinned key',
      small([STEP]),
      { portfolio: world({ hosts: [host('db-1', { hostKeys: [] })] }) },
      'Host db-1 has no pinned key. An admin pins it under Settings › Hosts.',
    ],
    [
      'labels that match no host',
      small([STEP], { targets: { db: { labels: { role: 'db', constructor: 'x' } } } }),
      {},
      'The target db matches no host: none has the labels role=db, constructor=x.',
    ],
    ['an unknown service', small([STEP], { services: ['ledgr'] }), {}, 'the service ledgr, which is not in the portfolio'],
    ['a missing input', LEDGER, {}, 'The input change is required and has no value. Answer: Change ticket.'],
    ['an input that is empty', LEDGER, { inputs: { change: '' } }, 'The input change is required'],
    ['an input that does not match', LEDGER, { inputs: { change: 'CHG12345' } }, 'The input change does not match `CHG\\d{6}`.'],
    ['an input that matches in part', LEDGER, { inputs: { change: 'x CHG123456' } }, 'The input change does not match'],
    [
      'an input that is none of the choices',
      LEDGER,
      { inputs: { ...CHANGE, site: 'paris' } },
      'The input site must be one of `munich` or `frankfurt`.',
    ],
    ['an unknown input', LEDGER, { inputs: { ...CHANGE, sitee: 'munich' } }, 'The runbook has no input sitee. Did you mean `site`?'],
    ['an input named like a key of Object', LEDGER, { inputs: { ...CHANGE, constructor: 'x' } }, 'The runbook has no input constructor.'],
    [
      'a captured value from several hosts',
      small([{ ...STEP, capture: { lag: 'stdout' } }], { targets: { db: { hosts: ['db-1', 'other'] } } }),
      {},
      'The step one captures lag on db, which is 2 hosts.',
    ],
    [
      'a canary on several hosts',
      small([STEP], {
        targets: { db: { hosts: ['db-1', 'other'] } },
        canary: { write: { on: 'db', every: '1s', run: 'x' }, read: { on: 'db', run: 'x' }, until: 'one', readAfter: 'one' },
      }),
      {},
      'The canary writes its markers on db, which is 2 hosts.',
    ],
  ])('names %s', (...[, written, asked, said]) => {
    expect(refusalOf(written, asked)).toContain(said);
  });

  it.each([
    ['number', '-1.5', '1e5'],
    ['boolean', 'true', 'yes'],
    ['duration', '90s', '90'],
    ['host', 'db-1', 'db-9'],
    ['site', 'munich', 'paris'],
    ['string', 'a b\n"c"', 'a\0b'],
  ])('tells values of type %s: %j is one, %j is not', (type, right, wrong) => {
    const written = small([STEP], { inputs: { value: { type } } });
    expect(planOf(written, { inputs: { value: right } }).inputs).toEqual({ value: right });
    expect(refusalOf(written, { inputs: { value: wrong } })).toContain('The input value');
  });

  it('passes an optional input that is not given as empty text', () => {
    expect(planOf(small([STEP], { inputs: { value: { type: 'number' } } })).inputs).toEqual({ value: '' });
  });

  it('lists every reason with its remedy, and the first input at fault', () => {
    const made = planned(LEDGER, { inputs: { change: 'x' }, portfolio: without('ledger-fra-1') });
    expect(made).toMatchObject({ ok: false, refusal: { code: 'INVALID_INPUT', field: 'change' } });
    expect(made.ok ? [] : made.refusal.problems?.map(({ code }) => code)).toEqual(['unknown-host', 'bad-input']);
  });
});

describe('approvalsNeeded', () => {
  const strict = world({
    policies: policies().map((policy) => ({ ...policy, approvals: { rehearsal: policy.tier - 1, failover: 3 - policy.tier } })),
  });

  it.each<[DrillMode, readonly string[], number]>([
    ['check', ['ledger', 'payments'], 0],
    ['dry-run', ['ledger', 'payments'], 0],
    ['rehearsal', ['ledger'], 0],
    ['rehearsal', ['ledger', 'payments'], 1],
    ['failover', ['payments'], 1],
    ['failover', ['ledger', 'payments'], 2],
  ])('of a %s for %j is %i: the most that a tier asks for', (mode, services, needed) => {
    expect(approvalsNeeded({ mode, services, locks: [] }, strict)).toBe(needed);
  });

  it('falls back to the default policy where the portfolio has none', () => {
    expect(approvalsNeeded({ mode: 'failover', services: ['ledger'], locks: [] }, world({ policies: [] }))).toBe(1);
  });
});
