// What a running drill does with the parts of the language beyond single commands.
import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../../../api/domain/drill/plan.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { approve, check, confirm, inSequence, plan, run } from '../../../support/plan-builder.ts';

const started = (steps: readonly PlanStep[], change: Partial<Plan> = {}): DrillStory => DrillStory.started(plan(steps, change)).settle();
const states = (story: DrillStory): Readonly<Record<string, string>> => Object.fromEntries(story.state.steps.all.map(({ id, state }) => [id, state]));
const live = (story: DrillStory, step: string): readonly string[] =>
  story
    .step(step)
    .attempts.filter(({ state }) => state === 'launched')
    .map(({ host }) => host);

const HOSTS = ['h1', 'h2', 'h3', 'h4', 'h5'];

describe('rows', () => {
  it('start as far as the batch has room, and further ones as others end', () => {
    const story = started([run('one', { hosts: HOSTS, batch: 2 })]);
    expect(live(story, 'one')).toEqual(['h1', 'h2']);
    story.end('one', 'succeeded', { host: 'h1' });
    expect(live(story, 'one')).toEqual(['h2', 'h3']);
    for (const host of ['h2', 'h3', 'h4', 'h5']) story.end('one', 'succeeded', { host });
    expect(story.state.run).toBe('passed');
  });

  it('are kept back by one that failed, and a retry runs the failed and the unstarted', () => {
    const story = started([run('one', { hosts: HOSTS, batch: 1, onFailure: 'ask' })]).end('one');
    story.end('one', 'failed', { reason: 'No space left.' });
    expect(story.step('one')).toMatchObject({ state: 'failed', reason: 'h2: No space left. Not started on 3 more.' });
    expect(story.state.run).toBe('needs-decision');
    story.tell({ type: 'step-retried', step: 'one', reason: null }, 'a.brandt').settle();
    expect(live(story, 'one')).toEqual(['h2']);
    for (const host of ['h2', 'h3', 'h4', 'h5']) story.end('one', 'succeeded', { host });
    expect(story.state).toMatchObject({ run: 'passed', summary: { hasDeviations: true } });
  });

  it('go on past a failure where the step says so, and the step has failed all the same', () => {
    const story = started([run('one', { hosts: HOSTS, batch: 1, keepGoing: true })]).end('one', 'failed');
    for (const host of HOSTS.slice(1)) story.end('one', 'succeeded', { host });
    expect(story.state.run).toBe('failed');
    expect(story.step('one').reason).toBe('h1: It went wrong.');
  });

  it('are taken in the order of the plan', () => {
    expect(live(started([run('one', { hosts: ['a', 'b'], items: ['x', 'y'], rows: ['b#2', 'a#1', 'a#2', 'b#1'], batch: 2 })]), 'one')).toEqual([
      'b#2',
      'a#1',
    ]);
  });
});

describe('a condition', () => {
  it('that is false skips the step with its text, and what needs it goes on', () => {
    const story = started(inSequence([run('one', { when: "inputs.site == 'munich'" }), run('two')]), { inputs: { site: 'hamburg' } });
    expect(story.step('one')).toMatchObject({ state: 'skipped', reason: "`inputs.site == 'munich'` is false." });
    expect(live(story, 'two')).toEqual(['alpha']);
  });

  it('sees inputs of their type, captured values, the mode and where other steps stand', () => {
    const when = `inputs.lag < 5 && values.role == 'standby' && mode == 'failover' && steps["one"].state == 'passed'`;
    const one = run('one', { captures: [{ name: 'role', from: 'stdout', pattern: null }] });
    const story = started(inSequence([one, run('two', { when })]), { inputs: { lag: '3' }, inputTypes: { lag: 'number' } });
    story.end('one', 'succeeded', { captured: { role: 'standby' } });
    expect(live(story, 'two')).toEqual(['alpha']);
  });

  it('that cannot be judged fails the step: nothing is guessed', () => {
    const story = started([run('one', { when: 'values.role == "primary"' })]);
    expect(story.step('one').state).toBe('failed');
    expect(story.step('one').reason).toContain('Its condition `values.role == "primary"` cannot be judged');
    expect(story.state.run).toBe('failed');
  });
});

describe('a failure', () => {
  it('that asks waits for a person while everything else goes on', () => {
    const story = started([run('one', { onFailure: 'ask' }), run('after', { needs: ['one'] }), run('beside')]).end('one', 'failed');
    expect(story.state.run).toBe('running');
    expect(story.state.humanWaitSince).toBe(story.now);
    story.end('beside');
    expect(story.state.run).toBe('needs-decision');
    story.tell({ type: 'step-skipped', step: 'one', reason: 'Done by hand.' }, 'a.brandt').settle().end('after');
    expect(story.state).toMatchObject({ run: 'passed', summary: { hasDeviations: true } });
  });

  it('that goes on elsewhere passes over the steps between, and the drill has failed', () => {
    const story = started(
      inSequence([run('verify', { onFailure: 'goto', goTo: 'clean' }), run('celebrate'), run('tell'), run('clean'), run('last')]),
    ).end('verify', 'failed');
    expect(states(story)).toMatchObject({ celebrate: 'skipped', tell: 'skipped', clean: 'launched' });
    expect(story.step('tell').reason).toBe('Step 1 “A step” failed and goes on at Step 4 “A step”.');
    story.end('clean').end('last');
    expect(story.state.run).toBe('failed');
  });

  it('that undoes the drill reverts what was done, and the drill has failed', () => {
    const story = started(inSequence([run('one', { undo: 'back' }), run('two', { onFailure: 'undo' }), run('three')])).end('one');
    story.end('two', 'failed');
    expect(story.state.abort).toMatchObject({ form: 'undo', by: null });
    story.end('one');
    expect(states(story)).toMatchObject({ one: 'undone', three: 'pending' });
    expect(story.state).toMatchObject({ run: 'failed', summary: { isUnclean: false } });
  });

  it('that would undo past the point of no return asks instead', () => {
    const story = started(
      inSequence([run('one', { undo: 'back' }), run('point', { isPointOfNoReturn: true }), run('two', { onFailure: 'undo' })]),
    ).end('one');
    story.tell({ type: 'step-confirmed', step: 'point', outcome: 'done', note: null }, 'a.brandt').settle().end('point').end('two', 'failed');
    expect(story.state).toMatchObject({ run: 'needs-decision', abort: null });
  });
});

const go = { type: 'step-confirmed', outcome: 'done', note: null } as const;

describe('an approval', () => {
  it('is given by as many people as it asks for, none of whom started the drill or said go before', () => {
    const story = started(inSequence([approve('go', { count: 2 }), run('one')]));
    expect(story.step('go').state).toBe('waiting');
    expect(story.offer({ ...go, step: 'go' }, 's.tarter')?.message).toContain('You started this drill, so somebody else decides');
    story.tell({ ...go, step: 'go' }, 'a.brandt');
    expect(story.step('go').state).toBe('waiting');
    expect(story.offer({ ...go, step: 'go' }, 'a.brandt')?.code).toBe('CONFLICT');
    story.tell({ ...go, step: 'go' }, 'b.ruiz').settle();
    expect(story.step('go')).toMatchObject({ state: 'succeeded', approvals: [{ by: 'a.brandt' }, { by: 'b.ruiz' }] });
    expect(live(story, 'one')).toEqual(['alpha']);
  });

  it('refused is a failure with the reason, and knows no third answer', () => {
    const story = started([approve('go')]);
    expect(story.offer({ ...go, step: 'go', outcome: 'not-applicable' }, 'a.brandt')?.code).toBe('INVALID_INPUT');
    story.tell({ ...go, step: 'go', outcome: 'failed', note: 'Lag is rising.' }, 'a.brandt').settle();
    expect(story.step('go')).toMatchObject({ state: 'failed', reason: 'a.brandt said no-go: Lag is rising.' });
    expect(story.state.run).toBe('failed');
  });
});

describe('a question that nobody answers', () => {
  it.each([confirm('ask', { timeoutMs: 60_000 }), approve('ask', { timeoutMs: 60_000 })])('is a failure once its time is up ($kind)', (step) => {
    const story = started(inSequence([step, run('one')]));
    const askedAt = story.now;
    expect(story.due()).toEqual([{ type: 'wake', at: askedAt + 60_000 }]);
    expect(story.offer({ type: 'step-failed', step: 'ask', reason: 'x' })?.code).toBe('BAD_STATE');
    story.wait(60_000);
    expect(story.step('ask')).toMatchObject({ state: 'timed-out', reason: 'Nobody answered within 1 min.' });
    expect(story.state.run).toBe('failed');
  });

  it('is not given up while the drill is paused', () => {
    const story = started([confirm('ask', { timeoutMs: 60_000 })]);
    story.tell({ type: 'paused' }, 'a.brandt').wait(120_000);
    expect(story.step('ask').state).toBe('waiting');
    story.tell({ type: 'resumed' }, 'a.brandt').settle();
    expect(story.step('ask').state).toBe('timed-out');
  });

  it('can be asked again', () => {
    const story = started([confirm('ask', { timeoutMs: 60_000, onFailure: 'ask' })]).wait(60_000);
    expect(story.state.run).toBe('needs-decision');
    story.tell({ type: 'step-retried', step: 'ask', reason: null }, 'a.brandt').settle();
    story.tell({ ...go, step: 'ask' }, 'a.brandt').settle();
    expect(story.state.run).toBe('passed');
  });
});

describe('a point of no return', () => {
  const point = run('point', { isPointOfNoReturn: true });

  it('waits for a person to say go, and starts then', () => {
    const story = started([point]);
    expect(story.step('point')).toMatchObject({ state: 'waiting', attempts: [] });
    story.tell({ ...go, step: 'point' }, 's.tarter').settle();
    expect(live(story, 'point')).toEqual(['alpha']);
    story.end('point');
    expect(story.state.run).toBe('passed');
  });

  it('fails at a no-go', () => {
    const story = started([point]);
    story.tell({ ...go, step: 'point', outcome: 'failed', note: null }, 's.tarter').settle();
    expect(story.step('point')).toMatchObject({ state: 'failed', reason: 's.tarter said no-go.', attempts: [] });
  });

  it('does not ask again where an approval came before', () => {
    const story = started(inSequence([approve('go'), check('look'), point]));
    story
      .tell({ ...go, step: 'go' }, 'a.brandt')
      .settle()
      .end('look');
    expect(live(story, 'point')).toEqual(['alpha']);
  });
});

describe('what runs however the drill ends', () => {
  const paired = inSequence([run('lock', { undo: null, undoStep: 'unlock' }), run('work'), run('unlock', { isAlways: true })]);

  it('runs in its place when all is well', () => {
    const story = started(paired).end('lock').end('work').end('unlock');
    expect(story.state).toMatchObject({ run: 'passed', summary: { isUnclean: false } });
  });

  it('runs after a failure that stops the drill', () => {
    const story = started(paired).end('lock').end('work', 'failed');
    expect(live(story, 'unlock')).toEqual(['alpha']);
    expect(story.state.run).toBe('running');
    story.end('unlock');
    expect(story.state).toMatchObject({ run: 'failed', summary: { isUnclean: false } });
  });

  it.each(['now', 'finish', 'undo'] as const)('runs after an abort (%s), once', (form) => {
    const story = started(paired).end('lock');
    story.tell({ type: 'abort-requested', form, reason: 'x' }, 'a.brandt').settle();
    expect(live(story, 'unlock')).toEqual([]);
    story.end('work', 'cancelled');
    expect(live(story, 'unlock')).toEqual(['alpha']);
    story.end('unlock');
    expect(story.state).toMatchObject({ run: 'aborted', summary: { isUnclean: false } });
    expect(story.step('unlock').attempts).toHaveLength(1);
  });

  it('does not run when what it reverts was never touched', () => {
    const story = started(
      inSequence([run('first'), ...paired.slice(0, 1), ...paired.slice(1)]).map((step) =>
        step.id === 'lock' ? { ...step, needs: ['first'] } : step,
      ),
    );
    story.end('first', 'failed');
    expect(story.state.run).toBe('failed');
    expect(story.step('unlock').state).toBe('pending');
  });

  it('that fails leaves the drill unclean', () => {
    const story = started(paired).end('lock').end('work', 'failed').end('unlock', 'failed');
    expect(story.state).toMatchObject({ run: 'failed', summary: { isUnclean: true } });
  });

  it('is also the undo of a step that says always, when the drill passes too', () => {
    const story = started(inSequence([run('silence', { undo: 'lift', isUndoAlways: true }), run('work')]))
      .end('silence')
      .end('work');
    expect(story.live('silence')).toMatchObject({ isUndo: true });
    expect(story.state.run).toBe('running');
    story.end('silence');
    expect(story.state).toMatchObject({ run: 'passed', summary: { isUnclean: false } });
  });

  it('asks a person where the step is a question, also during an abort', () => {
    const story = started(inSequence([run('work'), confirm('tidy', { isAlways: true })]));
    story.tell({ type: 'abort-requested', form: 'now', reason: 'x' }, 'a.brandt').settle().end('work', 'cancelled');
    expect(story.step('tidy').state).toBe('waiting');
    story.tell({ ...go, step: 'tidy' }, 'a.brandt').settle();
    expect(story.state.run).toBe('aborted');
  });
});
