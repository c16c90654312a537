// Plans of what the language says beyond single commands: called runbooks, lists, batches, variants of a rehearsal, secrets.
import { describe, expect, it } from 'vitest';
import type { Host } from '../../../../api/domain/catalogue/portfolio.ts';
import type { CalledRevision } from '../../../../api/domain/drill/expand-runbook.ts';
import { approvalsNeeded, makePlan, touchedServices } from '../../../../api/domain/drill/make-plan.ts';
import type { PlanRequest } from '../../../../api/domain/drill/make-plan.ts';
import { planHash } from '../../../../api/domain/drill/plan.ts';
import type { Plan, PlanStep } from '../../../../api/domain/drill/plan.ts';
import { planTimeline } from '../../../../api/domain/drill/timeline.ts';
import type { Result } from '../../../../api/domain/errors.ts';
import { portfolio, service } from '../readiness/builders.ts';
import { small, valid } from '../runbook/written-runbook.ts';
import type { Written } from '../runbook/written-runbook.ts';

function host(key: string): Host {
  return {
    key,
    name: key,
    address: `${key}.example.com`,
    port: 22,
    user: 'dr',
    site: null,
    labels: { role: 'web' },
    jump: null,
    credential: null,
    hostKeys: ['SHA256:abc'],
    pinned: {},
  };
}

const TEN = Array.from({ length: 10 }, (_, index) => `web-${index + 1}`);
const HOSTS = [host('db-1'), host('db-2'), ...TEN.map(host)].map((one) => (one.key.startsWith('db') ? { ...one, labels: {} } : one));
const WORLD = portfolio([service('ledger'), service('payments', { tier: 2 })], [], { hosts: HOSTS });

type Asked = Partial<Omit<PlanRequest, 'revision'>> & { readonly calls?: Readonly<Record<string, Written>>; readonly unapproved?: readonly string[] };

function planned(written: Written, { calls = {}, unapproved = [], ...asked }: Asked = {}): Result<Plan> {
  const revisions = new Map<string, CalledRevision>(
    Object.entries(calls).map(([key, called]) => [
      key,
      { hash: key.padEnd(64, '0'), runbook: valid({ ...called, runbook: key }), isApproved: !unapproved.includes(key) },
    ]),
  );
  const findRevision = (key: string): CalledRevision | null => revisions.get(key) ?? null;
  return makePlan({
    revision: { hash: 'a'.repeat(64), runbook: valid(written) },
    mode: 'failover',
    inputs: {},
    portfolio: WORLD,
    findRevision,
    ...asked,
  });
}

function planOf(written: Written, asked: Asked = {}): Plan {
  const made = planned(written, asked);
  if (!made.ok) throw new Error(made.refusal.message);
  return made.value;
}

function problemsOf(written: Written, asked: Asked = {}): readonly string[] {
  const made = planned(written, asked);
  return made.ok ? [] : (made.refusal.problems ?? []).map(({ code }) => code);
}

function stepOf(plan: Plan, id: string): PlanStep {
  const step = plan.steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`no step ${id} among ${plan.steps.map((one) => one.id).join(', ')}`);
  return step;
}

const run = (id: string, more: Written = {}): Written => ({ id, title: id, run: 'true', on: 'db', ...more });
const WEB = { db: { host: 'db-1' }, web: { labels: { role: 'web' } } };

function inBatches(batch: number | string): PlanStep {
  return stepOf(planOf(small([run('one', { on: 'web', batch })], { targets: WEB })), 'one');
}

function rowsIn(order: string): readonly string[] {
  const step = stepOf(planOf(small([run('one', { on: 'web', order })], { targets: WEB })), 'one');
  return 'rows' in step ? (step.rows ?? []) : [];
}

function calling(key: string, inputs: Written = {}): Written {
  return small([{ id: 'go', title: 'Go', call: { runbook: key, with: inputs } }]);
}

describe('rows', () => {
  it('are hosts in batches, by count or by share, and never fewer than one', () => {
    expect(inBatches(5)).toMatchObject({ batch: 5 });
    expect(inBatches('25%')).toMatchObject({ batch: 3 });
    expect(inBatches('1%')).toMatchObject({ batch: 1 });
  });

  it('start in reverse, or in an order that is drawn once and stays for the revision', () => {
    const [hosts, reverse, random] = [TEN.toSorted(), rowsIn('reverse'), rowsIn('random')];
    expect(reverse).toEqual(hosts.toReversed());
    expect(random).not.toEqual(hosts);
    expect(random.toSorted()).toEqual(hosts);
    expect(rowsIn('random')).toEqual(random);
  });

  it('are each host for each item of a list', () => {
    const plan = planOf(small([run('one', { on: 'pair', foreach: ['eu', 'us'] })], { targets: { pair: { hosts: ['db-1', 'db-2'] } } }));
    expect(stepOf(plan, 'one')).toMatchObject({ items: ['eu', 'us'], hosts: ['db-1', 'db-2'], rows: ['db-1#1', 'db-2#1', 'db-1#2', 'db-2#2'] });
  });

  it('take their list from an input, and an empty list is a reason', () => {
    const written = small([run('one', { foreach: { input: 'shards' } })], { inputs: { shards: { type: 'string' } } });
    expect(stepOf(planOf(written, { inputs: { shards: 'a, b\n c' } }), 'one')).toMatchObject({ items: ['a', 'b', 'c'] });
    expect(problemsOf(written)).toEqual(['empty-list']);
  });

  it('of requests are on the machine that runs the drill', () => {
    const http = { id: 'one', title: 'One', http: { url: 'https://pay.example.com/${item}' }, foreach: ['a', 'b'] };
    expect(stepOf(planOf(small([http])), 'one')).toMatchObject({
      kind: 'http',
      hosts: ['@local'],
      rows: ['@local#1', '@local#2'],
      command: 'GET https://pay.example.com/${item}',
      isReadOnly: true,
    });
  });
});

describe('targets', () => {
  it('take a host from an input', () => {
    const written = small([run('one')], { targets: { db: { host: '${standby}' } }, inputs: { standby: { type: 'host', required: true } } });
    expect(stepOf(planOf(written, { inputs: { standby: 'db-2' } }), 'one')).toMatchObject({ hosts: ['db-2'] });
    expect(problemsOf(written, { inputs: { standby: 'db-9' } })).toContain('unknown-host');
    expect(problemsOf(written)).toEqual(['no-host-named', 'missing-input']);
  });

  it('are the own machine only where the installation allows it', () => {
    const written = small([run('one')], { targets: { db: 'local' } });
    expect(problemsOf(written)).toEqual(['local-not-allowed']);
    const plan = planOf(written, { isLocalAllowed: true });
    expect(stepOf(plan, 'one')).toMatchObject({ hosts: ['@local'] });
    expect(plan.hosts).toEqual([]);
    expect(plan.locks).toEqual(['service:ledger']);
  });
});

describe('a rehearsal', () => {
  it('takes the variants of steps, also their place in the order, and leaves out what says skip', () => {
    const written = small([
      run('open', { drill: { run: 'echo pretend', needs: ['close'] } }),
      run('close', { drill: { check: 'true', needs: [] } }),
      run('page-everybody', { drill: 'skip' }),
    ]);
    const plan = planOf(written, { mode: 'rehearsal' });
    expect(stepOf(plan, 'open')).toMatchObject({ kind: 'run', command: 'echo pretend', needs: ['close'] });
    expect(stepOf(plan, 'close')).toMatchObject({ kind: 'check', needs: [] });
    expect(stepOf(plan, 'page-everybody')).toMatchObject({ isLeftOut: true });
    expect(stepOf(planOf(written), 'open')).toMatchObject({ command: 'true', needs: [] });
  });
});

describe('a called runbook', () => {
  const callee = small([run('first'), run('second', { undo: { step: 'back' } }), run('back', { always: true })], {
    services: ['payments'],
    clocks: { recovery: { from: 'first', to: 'second' } },
    targets: { db: { host: 'db-2' } },
    lock: ['switch'],
    inputs: { region: { type: 'string', default: 'eu' } },
  });
  const caller = small([run('before'), { id: 'move', title: 'Move', call: { runbook: 'callee', with: { region: 'r-${region}' } } }, run('after')], {
    inputs: { region: { type: 'string', default: 'x' } },
  });

  it('stands in the plan under the id of the call, between what it needs and what needs it', () => {
    const plan = planOf(caller, { calls: { callee } });
    expect(plan.steps.map(({ id, needs }) => [id, needs])).toEqual([
      ['before', []],
      ['move/first', ['before']],
      ['move/second', ['move/first']],
      ['move/back', ['move/second']],
      ['move', ['move/back']],
      ['after', ['move']],
    ]);
    expect(stepOf(plan, 'move/second')).toMatchObject({ undoStep: 'move/back', hosts: ['db-2'] });
    expect(stepOf(plan, 'move')).toMatchObject({ kind: 'call', runbook: 'callee', revision: 'callee'.padEnd(64, '0') });
  });

  it('brings its hosts, locks, clocks and inputs', () => {
    const plan = planOf(caller, { calls: { callee } });
    expect(plan.hosts.map(({ key }) => key)).toEqual(['db-1', 'db-2']);
    expect(plan.locks).toEqual(['host:db-1', 'host:db-2', 'name:switch', 'service:ledger', 'service:payments']);
    expect(plan.clocks).toContainEqual({ name: 'move/recovery', from: 'move/first', to: 'move/second', objectiveMs: null });
    expect(plan.scopes).toEqual({ move: { runbook: 'callee', revision: 'callee'.padEnd(64, '0'), inputs: { region: 'r-${region}' } } });
    expect(touchedServices(plan)).toEqual(['ledger', 'payments']);
    expect(approvalsNeeded(plan, WORLD)).toBe(1);
  });

  it('is refused when it is missing, not approved, called in a circle, or given an input that it does not have', () => {
    expect(problemsOf(calling('nothing'))).toEqual(['unknown-call']);
    expect(problemsOf(caller, { calls: { callee }, unapproved: ['callee'] })).toEqual(['unapproved-call']);
    expect(problemsOf(caller, { calls: { callee }, unapproved: ['callee'], mode: 'dry-run' })).toEqual([]);
    expect(problemsOf(calling('a'), { calls: { a: calling('b'), b: calling('a') } })).toEqual(['call-circle']);
    expect(problemsOf(calling('callee', { place: 'x' }), { calls: { callee } })).toEqual(['unknown-input']);
  });

  it('nests, and its failures go on after the call where the call says so', () => {
    const middle = small([{ id: 'inner', title: 'Inner', call: 'callee', onFailure: 'continue' }]);
    const plan = planOf(small([{ id: 'outer', title: 'Outer', call: 'middle' }]), { calls: { callee, middle } });
    expect(plan.steps.map(({ id }) => id)).toEqual(['outer/inner/first', 'outer/inner/second', 'outer/inner/back', 'outer/inner', 'outer']);
    expect(stepOf(plan, 'outer/inner/first')).toMatchObject({ onFailure: 'goto', goTo: 'outer/inner' });
    expect(Object.keys(plan.scopes ?? {})).toEqual(['outer', 'outer/inner']);
  });
});

function calledWith(code: Written): Asked {
  return { inputs: { pin: '1234' }, calls: { callee: small([run('one')], { inputs: { code } }) } };
}

describe('secret inputs', () => {
  const written = small([run('one', { run: 'echo "$pin"' })], { inputs: { pin: { type: 'string', required: true, secret: true } } });

  it('are sealed in the plan, and do not count for its hash', () => {
    let count = 0;
    const seal = (value: string): string => `sealed ${(count += 1)} of ${value.length}`;
    const [one, two] = [planOf(written, { inputs: { pin: '1234' }, seal }), planOf(written, { inputs: { pin: '1234' }, seal })];
    expect(one.inputs).toEqual({ pin: 'sealed 1 of 4' });
    expect(one.secrets).toEqual(['pin']);
    expect(planHash(one)).toBe(planHash(two));
  });

  it('reach a called runbook only as secrets', () => {
    const pin = { type: 'string', required: true, secret: true };
    const caller = small([{ id: 'go', title: 'Go', call: { runbook: 'callee', with: { code: '${pin}' } } }], { inputs: { pin } });
    expect(problemsOf(caller, calledWith({ type: 'string' }))).toEqual(['secret-shown']);
    expect(planOf(caller, calledWith({ type: 'string', secret: true })).secrets).toEqual(['pin', 'go/code']);
  });

  it('are left out of a plan that is only looked at', () => {
    expect(JSON.stringify(planOf(written, { inputs: { pin: 'topsecret' } }))).not.toContain('topsecret');
  });
});

describe('the timeline', () => {
  it('counts the rest of a time from the end of the step that it is since', () => {
    const steps = [
      run('cut', { estimate: '10s' }),
      run('work', { estimate: '40s' }),
      { id: 'rest', title: 'Rest', sleep: { remainderOf: '60s', since: 'cut' } },
    ];
    expect(planTimeline(planOf(small(steps))).steps.map(({ id, startMs, endMs }) => [id, startMs, endMs])).toEqual([
      ['cut', 0, 10_000],
      ['work', 10_000, 50_000],
      ['rest', 50_000, 70_000],
    ]);
  });
});
