// What could stop a drill before it begins, and what to do about each.
import { describe, expect, it } from 'vitest';
import { preflight, verdictOf, type PreflightPlan } from '../../../../web/components/plan/preflight.ts';
import { startBlock } from '../../../../web/components/plan/start-blocks.ts';

type Report = NonNullable<Parameters<typeof preflight>[1]>;
type Host = PreflightPlan['hosts'][number];
const AT = '2026-11-24T10:00:00Z';
const SEEN = { at: AT, isReachable: true, isKeyChanged: false, problem: null, roundTripMs: 3 };

function host(name: string, over: Partial<Host> = {}): Host {
  const { host: known, ...rest } = { host: { key: name, name, site: null }, address: '192.0.2.1', port: 22, user: 'muster' };
  return { host: known, ...rest, hostKeys: ['SHA256:x'], credential: null, via: [], check: SEEN, ...over };
}

function plan(over: Partial<PreflightPlan> = {}): PreflightPlan {
  return { planHash: 'f'.repeat(64), problems: [], approvalsNeeded: 0, locks: [{ name: 'host:a', heldBy: null }], hosts: [host('a')], ...over };
}

const verdicts = (of: PreflightPlan): Readonly<Record<string, string>> =>
  Object.fromEntries(preflight(of, null).map(({ key, verdict }) => [key, verdict]));

const report = (...problems: Report['problems']): Report => ({ at: AT, isOk: problems.every(({ isError }) => !isError), problems });
const problem = (code: string, isError: boolean) => ({ code, message: `${code}.`, remedy: 'Mend it.', isError });

describe('the preflight of a plan', () => {
  it('is in order when hosts were seen with their keys, and locks are free', () => {
    expect(verdicts(plan())).toEqual({ plan: 'ok', approvals: 'ok', keys: 'ok', hosts: 'ok', locks: 'ok' });
    expect(verdictOf(preflight(plan(), null))).toBe('ok');
    expect(preflight(plan(), null).find(({ key }) => key === 'hosts')?.checkedAt).toBe(AT);
  });

  it('does not call a host that nobody has looked at in order', () => {
    const rows = preflight(plan({ hosts: [host('a'), host('b', { check: null })] }), null);
    expect(verdictOf(rows)).toBe('unknown');
    expect(rows.find(({ key }) => key === 'hosts')).toMatchObject({
      verdict: 'unknown',
      counts: { n: 1, of: 2 },
      findings: [{ what: 'b', remedy: 'check' }],
    });
  });

  it('tells a host that does not answer from one with another key or none', () => {
    const rows = preflight(
      plan({
        hosts: [
          host('silent', { check: { ...SEEN, isReachable: false, problem: 'No route.' } }),
          host('changed', { check: { ...SEEN, isReachable: false, isKeyChanged: true, problem: 'Another key.' } }),
          host('bare', { hostKeys: [] }),
        ],
      }),
      null,
    );
    expect(rows.find(({ key }) => key === 'hosts')).toMatchObject({ verdict: 'bad', findings: [{ what: 'silent', says: 'No route.' }] });
    expect(rows.find(({ key }) => key === 'keys')?.findings).toMatchObject([
      { what: 'changed', says: 'Another key.' },
      { what: 'bare', remedy: 'pin' },
    ]);
  });

  it('names the drill that holds a lock', () => {
    const rows = preflight(plan({ locks: ['host:a', 'service:s'].map((name) => ({ name, heldBy: 'DR-7' })) }), null);
    expect(rows.at(-1)).toMatchObject({ key: 'locks', verdict: 'bad', findings: [{ what: 'host:a, service:s', drill: 'DR-7' }] });
  });

  it('says no more than why while no plan can be made, and that approvals are to come', () => {
    const none = plan({ planHash: null, problems: [{ code: 'INVALID_INPUT', field: null, message: 'No value.' }], hosts: [] });
    expect(preflight(none, null)).toMatchObject([{ key: 'plan', verdict: 'bad', findings: [{ says: 'No value.' }] }]);
    expect(verdictOf(preflight(plan({ approvalsNeeded: 2 }), null))).toBe('warn');
  });
});

describe('a look ahead', () => {
  it('adds freezes and what else only the server knows, and does not repeat hosts and locks', () => {
    const rows = preflight(plan(), report(problem('in-freeze', false), problem('host-unreachable', true), problem('locked', false)));
    expect(rows.at(-1)).toMatchObject({ key: 'closings', verdict: 'warn', findings: [{ says: 'in-freeze. Mend it.' }] });
    expect(preflight(plan(), report()).at(-1)).toMatchObject({ key: 'closings', verdict: 'ok', findings: [] });
    expect(preflight(plan(), null).map(({ key }) => key)).not.toContain('closings');
  });
});

describe('what keeps a drill from being asked for', () => {
  const free = { canRequest: true, planHash: 'f', isStale: false, missingInputs: [] };

  it('is said one thing at a time: may they, what is missing, is the plan there', () => {
    expect(startBlock(free)).toBeNull();
    expect(startBlock({ ...free, canRequest: false, planHash: null })?.key).toBe('notAllowed');
    expect(startBlock({ ...free, planHash: null, missingInputs: ['Which site', 'Why'] })).toEqual({ key: 'missing', inputs: 'Which site, Why' });
    expect(startBlock({ ...free, isStale: true })?.key).toBe('reading');
    expect(startBlock({ ...free, planHash: null })?.key).toBe('noPlan');
  });
});
