// What steps are expected to take: measured before estimated, with how many runs stand behind it.
import { describe, expect, it } from 'vitest';
import { estimated, expectSteps, median, type PastDuration } from '../../../../api/domain/drill/expectation.ts';
import { workOf } from '../../../../api/domain/drill/step-work.ts';
import { approve, call, check, confirm, plan, run, sleep, wait } from '../../../support/plan-builder.ts';

const seconds = (...values: readonly number[]): readonly PastDuration[] => values.map((value) => ({ workMs: value * 1_000, humanMs: 0 }));

describe('the median', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[1, 100, 3], 3],
    [[4, 1, 2, 100], 3],
  ] as const)('of %j is %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('the expectation of a step', () => {
  it('is the median of earlier runs, with their number and spread', () => {
    const made = plan([run('move', { estimateMs: 1_000 })]);
    const past = new Map([[workOf(made).get('move') ?? '', seconds(10, 30, 12)]]);
    expect(expectSteps(made, past).get('move')).toEqual({ ms: 12_000, humanMs: 0, basis: 'median', runs: 3, minMs: 10_000, maxMs: 30_000 });
  });

  it('keeps the people in it apart', () => {
    const made = plan([confirm('look')]);
    const past = new Map([[workOf(made).get('look') ?? '', [{ workMs: 0, humanMs: 40_000 }]]]);
    expect(expectSteps(made, past).get('look')).toMatchObject({ ms: 40_000, humanMs: 40_000, basis: 'median', runs: 1 });
  });

  it.each([
    ['the author’s estimate', run('a', { estimateMs: 7_000 }), { ms: 7_000, humanMs: 0, basis: 'author' }],
    ['what is usual for its kind', run('a'), { ms: 30_000, humanMs: 0, basis: 'rough' }],
    ['what a confirmation says is expected', confirm('a', { expectedMs: 60_000 }), { ms: 60_000, humanMs: 60_000, basis: 'author' }],
    ['what is usual for an approval', approve('a'), { ms: 300_000, humanMs: 300_000, basis: 'rough' }],
    ['the length of a sleep', sleep('a', 9_000), { ms: 9_000, humanMs: 0, basis: 'author' }],
    ['nothing where it is only shown', run('a', { isShownOnly: true }), { ms: 0, humanMs: 0, basis: 'none' }],
    ['nothing where a rehearsal leaves it out', run('a', { isLeftOut: true }), { ms: 0, humanMs: 0, basis: 'none' }],
    ['nothing for a call, which ends what it called', call('a'), { ms: 0, humanMs: 0, basis: 'none' }],
  ])('without earlier runs is %s', (_, step, expected) => {
    expect(estimated(step)).toMatchObject({ ...expected, runs: 0, minMs: null, maxMs: null });
  });

  it('of a sleep, and of what is not run, is not learnt', () => {
    const steps = [sleep('rest', 5_000), run('shown', { isShownOnly: true })];
    const made = plan(steps);
    const past = new Map([...workOf(made).values()].map((work) => [work, seconds(99)]));
    expect([...expectSteps(made, past).values()].map(({ ms }) => ms)).toEqual([5_000, 0]);
  });
});

const workOfOne = (step: ReturnType<typeof run>, change = {}) => workOf(plan([step], change)).get(step.id);

describe('the work of a step', () => {
  const before = workOfOne(run('a'));

  it.each([
    ['title', run('a', { title: 'Another title' })],
    ['note', run('a', { note: 'New.' })],
    ['estimate', run('a', { estimateMs: 5 })],
    ['needs', run('a', { needs: [] })],
    ['hosts, as long as they are as many', run('a', { hosts: ['beta'] })],
  ])('stays the same with another %s', (_, step) => {
    expect(workOfOne(step)).toBe(before);
  });

  it.each([
    ['command', run('a', { command: 'false' })],
    ['number of hosts', run('a', { hosts: ['alpha', 'beta'] })],
    ['id', run('b')],
    ['kind', check('a')],
    ['batch', run('a', { batch: 1 })],
  ])('is another with another %s', (_, step) => {
    expect(workOfOne(step)).not.toBe(before);
  });

  it('is another in another runbook, and the same wherever that runbook is called from', () => {
    expect(workOfOne(run('a'), { runbook: 'elsewhere' })).not.toBe(before);
    const scopes = { there: { runbook: 'test-runbook', revision: 'x', inputs: {} } };
    const calling = workOf(plan([run('there/a'), call('there', { needs: ['there/a'] })], { runbook: 'caller', scopes }));
    expect(calling.get('there/a')).toBe(before);
    expect(calling.has('there')).toBe(false);
  });

  it('of a wait is what it waits for', () => {
    const a = workOfOne(wait('a'));
    expect(workOfOne(wait('a', { stable: 3 }))).not.toBe(a);
  });
});
