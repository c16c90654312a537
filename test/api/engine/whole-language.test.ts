// Drills with what the language has beyond single commands, on real hosts: what ran is told by files there.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../../api/domain/drill/plan.ts';
import type { DrillState } from '../../../api/domain/drill/state.ts';
import { databaseFile } from '../../support/database-file.ts';
import { DrillDesk } from '../../support/drill-desk.ts';
import { approve, call, check, confirm, inSequence, plan, run, sleep, wait } from '../../support/plan-builder.ts';
import { testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

let hosts: TestHosts;
let alpha: TestHost;
let desk: DrillDesk;
let place: ReturnType<typeof databaseFile>;
let name: string;
let names = 0;

beforeAll(async () => {
  hosts = testHosts();
  alpha = await hosts.add('alpha');
});
afterAll(() => hosts.close());
beforeEach(async () => {
  place = databaseFile();
  name = `log-${(names += 1)}`;
  desk = await DrillDesk.open({ file: place.file, privateKey: hosts.privateKey });
});
afterEach(async () => {
  expect(desk.log).toEqual([]);
  await desk.close();
  place.remove();
});

const planned = (steps: readonly PlanStep[], change: Partial<Plan> = {}): Plan => plan(steps, { hosts: [alpha.host], ...change });
const ended = async (steps: readonly PlanStep[], change: Partial<Plan> = {}): Promise<DrillState> =>
  desk.untilEnded(await desk.start(planned(steps, change)));
/** A command that writes its word into the log of the test. */
const says = (word: string, more = ''): { readonly command: string } => ({ command: `echo ${word} >>"$HOME/${name}"; ${more}` });
const log = (): readonly string[] => alpha.read(name).trim().split('\n');

describe('however a drill ends', () => {
  it('what is always undone is undone, after a failure and after a pass', async () => {
    const silence = run('silence', { ...says('silence'), undo: `echo lift >>"$HOME/${name}"`, isUndoAlways: true });
    const failed = await ended(inSequence([silence, run('work', says('work', 'exit 3')), run('never', says('never'))]));
    expect([failed.result, failed.steps.get('silence')?.state, log()]).toEqual(['failed', 'undone', ['silence', 'work', 'lift']]);
    const passed = await ended(inSequence([silence, run('work', says('fine'))]));
    expect([passed.result, log().slice(3)]).toEqual(['passed', ['silence', 'fine', 'lift']]);
  });

  it('the step that lifts what another one set runs, and runs once', async () => {
    const steps = inSequence([
      run('lock', { ...says('lock'), undoStep: 'unlock' }),
      run('work', says('work', 'exit 3')),
      run('unlock', { ...says('unlock'), isAlways: true }),
    ]);
    const state = await ended(steps);
    expect([state.result, state.summary?.isUnclean, log()]).toEqual(['failed', false, ['lock', 'work', 'unlock']]);
  });

  it('a failure that undoes the drill reverts what ran, backwards', async () => {
    const steps = inSequence([
      run('one', { ...says('one'), undo: `echo back-one >>"$HOME/${name}"` }),
      run('two', { ...says('two'), undo: `echo back-two >>"$HOME/${name}"` }),
      run('three', { ...says('three', 'exit 3'), onFailure: 'undo' }),
    ]);
    const state = await ended(steps);
    expect([state.result, state.abort?.by, log()]).toEqual(['failed', null, ['one', 'two', 'three', 'back-two', 'back-one']]);
  });
});

describe('a failure', () => {
  it('goes on at the step that it names, and passes over what lies between', async () => {
    const steps = inSequence([
      run('first', { ...says('first', 'exit 3'), onFailure: 'goto', goTo: 'report' }),
      run('second', says('second')),
      run('report', says('report')),
    ]);
    const state = await ended(steps);
    expect([state.result, state.steps.get('second')?.state, log()]).toEqual(['failed', 'skipped', ['first', 'report']]);
  });

  it('asks a person, who has it run again', async () => {
    const steps = inSequence([run('first', { ...says('first', `test -e "$HOME/${name}.mended"`), onFailure: 'ask' }), run('second', says('second'))]);
    const drill = await desk.start(planned(steps));
    await desk.until(drill, (state) => state.run === 'needs-decision');
    await desk.untilEnded(await desk.start(planned([run('mend', { command: `touch "$HOME/${name}.mended"` })], { locks: [] })));
    await desk.tell(drill, { type: 'step-retried', step: 'first', reason: null });
    expect(await desk.untilEnded(drill)).toMatchObject({ result: 'passed', summary: { hasDeviations: true } });
    expect(log()).toEqual(['first', 'first', 'second']);
  });
});

describe('a called runbook', () => {
  it('runs in its place with its own inputs and values, which do not mix with those of the caller', async () => {
    const scopes = { move: { runbook: 'other', revision: 'b'.repeat(64), inputs: { change: 'for ${change}', role: '${role}' } } };
    const captures = [{ name: 'role', from: 'stdout', pattern: null }] as const;
    const steps = inSequence([
      check('position', { command: 'echo primary', captures }),
      check('move/look', { command: 'echo standby', captures: [{ name: 'seen', from: 'stdout', pattern: null }] }),
      run('move/act', { command: `echo "$change $role $seen" >>"$HOME/${name}"` }),
      call('move'),
      run('after', { command: `echo "$change $role \${seen-none}" >>"$HOME/${name}"` }),
    ]);
    const state = await ended(steps, { inputs: { change: "CHG'1" }, scopes });
    expect([state.result, state.captured, log()]).toEqual([
      'passed',
      { role: 'primary', 'move/seen': 'standby' },
      ["for CHG'1 primary standby", "CHG'1 primary none"],
    ]);
  });
});

describe('steps of people and of time', () => {
  it('wait for go, which lets a point of no return pass, and for one that nobody approved before', async () => {
    const drill = await desk.start(planned(inSequence([approve('go'), run('point', { ...says('point'), isPointOfNoReturn: true })])));
    await desk.until(drill, (state) => state.steps.get('go')?.state === 'waiting');
    await desk.tell(drill, { type: 'step-confirmed', step: 'go', outcome: 'done', note: null });
    expect((await desk.untilEnded(drill)).result).toBe('passed');
    const bare = await desk.start(planned([run('point', { ...says('bare'), isPointOfNoReturn: true })]));
    await desk.until(bare, (state) => state.steps.get('point')?.state === 'waiting');
    await desk.tell(bare, { type: 'step-confirmed', step: 'point', outcome: 'failed', note: null });
    expect([(await desk.untilEnded(bare)).result, log()]).toEqual(['failed', ['point']]);
  });

  it('sleep for the rest of a time, given by what was captured', async () => {
    const cut = run('cut', { command: 'echo 1', captures: [{ name: 'ttl', from: 'stdout', pattern: null }] });
    const state = await ended(inSequence([cut, sleep('rest', 0, { since: 'cut', remainder: 'ttl' })]));
    const until = state.steps.get('rest')?.sleepUntil ?? state.steps.get('rest')?.endedAt ?? 0;
    expect(until).toBeGreaterThanOrEqual((state.steps.get('cut')?.endedAt ?? 0) + 1_000);
  });

  it('skip what a condition rules out, and repeat a look until it is steady', async () => {
    const warm = wait('warm', {
      ...says('look', `test "$(wc -l <"$HOME/${name}")" -gt 1 || sleep 0.8; sleep 0.2`),
      everyMs: 10,
      steadyPercent: 60,
      timeoutMs: 20_000,
    });
    const state = await ended(
      inSequence([run('left', { ...says('left'), when: "inputs.site == 'munich'" }), warm, confirm('hold', { when: 'false' })]),
      { inputs: { site: 'fra' } },
    );
    expect([state.result, state.steps.get('left')?.state, state.steps.get('hold')?.state]).toEqual(['passed', 'skipped', 'skipped']);
    expect(log().length).toBeGreaterThanOrEqual(2);
  });
});
